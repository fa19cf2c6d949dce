"""The check as a whole: every rule over the notice and over each register."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from generator.checks import (
    bases,
    elements,
    languages,
    recipients,
    upkeep,
    wording,
)
from generator.checks.answers import Answer, read_answers
from generator.checks.findings import Finding, Severity, State
from generator.checks.known import known
from generator.checks.rules import (
    ELEMENTS,
    QUALITIES,
    REGISTER_ELEMENTS,
    REGISTER_QUALITIES,
    Element,
    Quality,
)
from generator.checks.views import RegisterView, View
from generator.content.places import Places
from generator.content.reader import Content

MODULES = (
    elements,
    bases,
    recipients,
    wording,
    upkeep,
    languages,
)  # each enters its rules

States = Mapping[tuple[str | None, str], State]  # by register (None: all) and element
Step = Callable[[dict[tuple[str | None, str], State]], Iterable[Finding]]
Progress = Callable[[Sequence[Step]], Iterable[Step]]


@dataclass(frozen=True)
class Answered:
    """A finding that its author knows of, and what they said."""

    finding: Finding
    answer: Answer


@dataclass(frozen=True)
class Report:
    """What the check found, what is known already, and what was asked at all."""

    findings: tuple[Finding, ...]
    answered: tuple[Answered, ...]
    states: States
    over: tuple[Answer, ...] = ()  # answers whose date has passed
    idle: tuple[Answer, ...] = ()  # answers to nothing that was found

    def count(self, state: State) -> int:
        return Counter(self.states.values())[state]

    @property
    def gaps(self) -> int:
        return sum(f.severity is not Severity.WARNING for f in self.findings)


def check(content: Content, *, today: date, progress: Progress = iter) -> Report:
    """Look at the content by every rule; `progress` wraps the walk over the work."""
    notice = View(content, Places(content), known(), today)
    states: dict[tuple[str | None, str], State] = {(None, "controller"): State.GIVEN}
    states.update({(None, name): State.GIVEN for name in elements.PUBLISHED})
    findings: list[Finding] = []
    for step in progress([*_work(notice)]):
        findings += step(states)
    return _settled(_once(findings), read_answers(content), states, today)


def _work(notice: View) -> Iterator[Step]:
    """Give the steps of a check: each rule on the whole notice, then each register."""
    yield from (partial(_element, each, notice) for each in ELEMENTS)
    yield from (partial(_quality, each, notice) for each in QUALITIES)
    yield from (partial(_register, each) for each in notice.registers)


def _element(
    element: Element[View], notice: View, states: dict[tuple[str | None, str], State]
) -> Iterator[Finding]:
    verdict = element.judge(notice)
    states[None, element.id] = verdict.state
    for each in verdict.found:
        yield element.finding(each, notice.owners.get(each.register))


def _quality(quality: Quality[View], notice: View, _: object) -> Iterator[Finding]:
    for each in quality.look(notice):
        yield quality.finding(each, notice.owners.get(each.register))


def _register(
    register: RegisterView, states: dict[tuple[str | None, str], State]
) -> Iterator[Finding]:
    for element in REGISTER_ELEMENTS:
        verdict = element.judge(register)
        states[register.id, element.id] = verdict.state
        yield from (element.finding(each, register) for each in verdict.found)
    for quality in REGISTER_QUALITIES:
        yield from (quality.finding(each, register) for each in quality.look(register))


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Tell what several registers share once, and of none of them."""
    told: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (*finding.order, finding.message)
        other = told.setdefault(key, finding)
        if other.register != finding.register:
            told[key] = replace(other, register=None)
    return sorted(told.values(), key=lambda finding: finding.order)


def _settled(
    findings: list[Finding], answers: Sequence[Answer], states: States, today: date
) -> Report:
    over = tuple(answer for answer in answers if answer.is_over(today))
    holding = [answer for answer in answers if answer not in over]
    answered = [
        Answered(finding, answer)
        for finding in findings
        for answer in holding
        if answer.fits(finding)
    ]
    used = [each.answer for each in answered]
    idle = tuple(answer for answer in holding if answer not in used)
    settled = {id(each.finding) for each in answered}
    open_ones = tuple(each for each in findings if id(each) not in settled)
    return Report(open_ones, tuple(answered), states, over, idle)
