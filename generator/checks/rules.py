"""The rules of the check, each a small function that tells what it found.

An element is something that the law asks for: its function gives its state. Any other
rule is a generator. Both are entered here by a decorator with their article and weight.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from generator.checks.findings import Finding, Found, Severity, State
from generator.checks.messages import MESSAGES
from generator.checks.views import RegisterView, View

Subject = TypeVar("Subject", View, RegisterView)


@dataclass(frozen=True)
class Verdict:
    """The state of an element, and what is missing of it."""

    state: State
    found: tuple[Found, ...] = ()


GIVEN = Verdict(State.GIVEN)
NOT_REQUIRED = Verdict(State.NOT_REQUIRED)
NOT_APPLICABLE = Verdict(State.NOT_APPLICABLE)


def missing(*found: Found) -> Verdict:
    return Verdict(State.MISSING, found)


def given_but(found: Iterable[Found]) -> Verdict:
    """Take an element as given, unless something of it was found wanting."""
    wanting = tuple(found)
    return missing(*wanting) if wanting else GIVEN


class Law(NamedTuple):
    """Where the law asks for something."""

    article: str
    elsewhere: str | None = None  # its twin in Art. 14: data from elsewhere
    besides: str | None = None  # another place, wherever the data come from

    def articles(self, register: RegisterView | None = None) -> str:
        """Give the places that concern the data of a register, or all."""
        article, elsewhere = self.article, self.elsewhere
        if register and elsewhere:
            article = article if register.from_person else ""
            elsewhere = elsewhere if register.from_elsewhere else ""
        return ", ".join(filter(None, [article, elsewhere, self.besides]))


@dataclass(frozen=True)
class Rule:
    """What every rule has: a name, its place in the law, its weight, a sentence."""

    id: str
    law: Law
    severity: Severity
    sentence: str

    def finding(self, found: Found, register: RegisterView | None) -> Finding:
        """Make a finding; its articles are those of the register that it concerns."""
        return Finding(
            rule=self.id,
            article=self.law.articles(register),
            severity=self.severity,
            register=register.id if register else None,
            path=found.place.path,
            line=found.place.line,
            column=found.place.column,
            message=MESSAGES["/".join(filter(None, [self.id, found.variant]))],
            values=found.values,
            entry=found.entry,
        )


@dataclass(frozen=True)
class Element(Rule, Generic[Subject]):
    judge: Callable[[Subject], Verdict]


@dataclass(frozen=True)
class Quality(Rule, Generic[Subject]):
    look: Callable[[Subject], Iterator[Found]]


ELEMENTS: list[Element[View]] = []  # asked of the notice as a whole
REGISTER_ELEMENTS: list[Element[RegisterView]] = []
QUALITIES: list[Quality[View]] = []
REGISTER_QUALITIES: list[Quality[RegisterView]] = []


def rules() -> list[Rule]:
    return [*ELEMENTS, *REGISTER_ELEMENTS, *QUALITIES, *REGISTER_QUALITIES]


def asked(
    where: list[Element[Subject]],
    name: str,
    law: Law,
    severity: Severity = Severity.GAP,
) -> Callable[[Callable[[Subject], Verdict]], Callable[[Subject], Verdict]]:
    """Enter a function as an element that the law asks for."""

    def enter(judge: Callable[[Subject], Verdict]) -> Callable[[Subject], Verdict]:
        sentence = _sentence(judge)
        where.append(Element(name, law, severity, sentence, judge))
        return judge

    return enter


def rule(
    where: list[Quality[Subject]],
    name: str,
    law: Law,
    severity: Severity = Severity.WARNING,
) -> Callable[
    [Callable[[Subject], Iterator[Found]]], Callable[[Subject], Iterator[Found]]
]:
    """Enter a generator as a rule."""

    def enter(
        look: Callable[[Subject], Iterator[Found]],
    ) -> Callable[[Subject], Iterator[Found]]:
        sentence = _sentence(look)
        where.append(Quality(name, law, severity, sentence, look))
        return look

    return enter


def _sentence(function: Callable[..., object]) -> str:
    return " ".join((function.__doc__ or "").split())
