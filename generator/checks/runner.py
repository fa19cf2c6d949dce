"""The check as a whole: applies every rule to the notice and to each register."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from generator.checks.answers import Answer, read_answers
from generator.checks.findings import ElementState, Finding, Observation, Verdict
from generator.checks.notice_view import NoticeView, RegisterView
from generator.checks.reference_data import reference_data
from generator.checks.registry import NOTICE_RULES, REGISTER_RULES, Element, Quality
from generator.checks.report import AnsweredFinding, CheckReport, States
from generator.checks.rules.required_elements import ALWAYS_GIVEN
from generator.content import locations, reader

MutableStates = dict[tuple[str | None, str], ElementState]
Step = Callable[[MutableStates], Iterable[Finding]]
Progress = Callable[[Sequence[Step]], Iterable[Step]]


def check(
    content: reader.Content, *, today: date, progress: Progress = iter
) -> CheckReport:
    """Apply every rule to the content; `progress` may show the steps as they pass."""
    notice = NoticeView(content, locations.Locations(content), reference_data(), today)
    states: MutableStates = {(None, name): ElementState.GIVEN for name in ALWAYS_GIVEN}
    findings: list[Finding] = []
    for step in progress([*_steps(notice)]):
        findings += step(states)
    return _with_answers(_once(findings), read_answers(content), states, today)


def _steps(notice: NoticeView) -> Iterator[Step]:
    """Yield a step for each rule on the whole notice, then one for each register."""
    yield from (partial(_element, each, notice) for each in NOTICE_RULES.elements)
    yield from (partial(_quality, each, notice) for each in NOTICE_RULES.qualities)
    yield from (partial(_register, each) for each in notice.registers)


def _element(
    element: Element[NoticeView], notice: NoticeView, states: MutableStates
) -> Iterator[Finding]:
    for each in _missing(element.judge(notice), states, (None, element.id)):
        yield element.finding(each, notice.registers_by_id.get(each.register))


def _quality(
    quality: Quality[NoticeView], notice: NoticeView, _: object
) -> Iterator[Finding]:
    for each in quality.inspect(notice):
        yield quality.finding(each, notice.registers_by_id.get(each.register))


def _register(register: RegisterView, states: MutableStates) -> Iterator[Finding]:
    for element in REGISTER_RULES.elements:
        key = register.id, element.id
        for each in _missing(element.judge(register), states, key):
            yield element.finding(each, register)
    for quality in REGISTER_RULES.qualities:
        for each in quality.inspect(register):
            yield quality.finding(each, register)


def _missing(
    verdict: Verdict, states: MutableStates, key: tuple[str | None, str]
) -> list[Observation]:
    """Record the state of an element, and return what is missing of it."""
    if isinstance(verdict, ElementState):
        states[key] = verdict
        return []
    states[key] = ElementState.MISSING
    return verdict


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Merge equal findings of several registers into one that names no register."""
    merged: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (*finding.order, finding.message)
        other = merged.setdefault(key, finding)
        if other.register != finding.register:
            merged[key] = replace(other, register=None)
    return sorted(merged.values(), key=lambda finding: finding.order)


def _with_answers(
    findings: list[Finding], answers: Sequence[Answer], states: States, today: date
) -> CheckReport:
    """Set aside the findings that have an answer whose date has not passed."""
    expired = tuple(answer for answer in answers if answer.is_over(today))
    valid = [answer for answer in answers if answer not in expired]
    answered = [
        AnsweredFinding(finding, answer)
        for finding in findings
        for answer in valid
        if answer.fits(finding)
    ]
    used = [each.answer for each in answered]
    unused = tuple(answer for answer in valid if answer not in used)
    set_aside = {id(each.finding) for each in answered}
    left = tuple(each for each in findings if id(each) not in set_aside)
    return CheckReport(left, tuple(answered), states, expired, unused)
