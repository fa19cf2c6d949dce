"""What a rule is, and the two sets in which the modules of `rules` register theirs.

An element is something that the law asks for: its function returns a verdict. A quality
is any other rule: its function yields observations.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from generator.checks.findings import Finding, Observation, Severity, Verdict
from generator.checks.messages import MESSAGES
from generator.checks.notice_view import NoticeView, RegisterView

Subject = TypeVar("Subject", NoticeView, RegisterView)


class Articles(NamedTuple):
    """The articles of the law that a rule rests on."""

    article: str
    elsewhere: str | None = None  # the same duty in Art. 14: data from elsewhere
    besides: str | None = None  # applies wherever the data come from

    def cited(self, register: RegisterView | None = None) -> str:
        """Cite the articles that apply to the data of a register, or all of them."""
        article, elsewhere = self.article, self.elsewhere
        if register and elsewhere:
            article = article if register.from_person else ""
            elsewhere = elsewhere if register.from_elsewhere else ""
        return ", ".join(filter(None, [article, elsewhere, self.besides]))


@dataclass(frozen=True)
class Rule:
    """What every rule has."""

    id: str
    articles: Articles
    severity: Severity
    sentence: str  # the docstring of its function

    def finding(self, seen: Observation, register: RegisterView | None) -> Finding:
        """Make a finding that cites the articles that apply to the register."""
        return Finding(
            rule=self.id,
            article=self.articles.cited(register),
            severity=self.severity,
            register=register.id if register else None,
            path=seen.location.path,
            line=seen.location.line,
            column=seen.location.column,
            message=MESSAGES["/".join(filter(None, [self.id, seen.variant]))],
            values=seen.values,
            entry=seen.entry,
        )


@dataclass(frozen=True)
class Element(Rule, Generic[Subject]):
    judge: Callable[[Subject], Verdict]


@dataclass(frozen=True)
class Quality(Rule, Generic[Subject]):
    inspect: Callable[[Subject], Iterator[Observation]]


@dataclass(frozen=True)
class RuleSet(Generic[Subject]):
    """The rules that are applied to the same kind of subject."""

    elements: list[Element[Subject]] = field(default_factory=list)
    qualities: list[Quality[Subject]] = field(default_factory=list)

    def element(
        self, name: str, articles: Articles, severity: Severity = Severity.GAP
    ) -> Callable[[Callable[[Subject], Verdict]], Callable[[Subject], Verdict]]:
        """Register a function as an element that the law asks for."""

        def add(judge: Callable[[Subject], Verdict]) -> Callable[[Subject], Verdict]:
            rule = Element(name, articles, severity, _sentence(judge), judge)
            self.elements.append(rule)
            return judge

        return add

    def quality(
        self, name: str, articles: Articles, severity: Severity = Severity.WARNING
    ) -> Callable[
        [Callable[[Subject], Iterator[Observation]]],
        Callable[[Subject], Iterator[Observation]],
    ]:
        """Register a generator as a rule about quality."""

        def add(
            inspect: Callable[[Subject], Iterator[Observation]],
        ) -> Callable[[Subject], Iterator[Observation]]:
            rule = Quality(name, articles, severity, _sentence(inspect), inspect)
            self.qualities.append(rule)
            return inspect

        return add


NOTICE_RULES: RuleSet[NoticeView] = RuleSet()  # applied to the notice as a whole
REGISTER_RULES: RuleSet[RegisterView] = RuleSet()  # applied to each register


def _sentence(function: Callable[..., object]) -> str:
    return " ".join((function.__doc__ or "").split())
