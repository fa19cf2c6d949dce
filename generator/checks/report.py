"""The report of a check: as text for people, as JSON for programs."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from itertools import groupby

from generator.checks.answers import Answer
from generator.checks.explanations import WEIGHT
from generator.checks.findings import ElementState, Finding, Severity, problem_as_json
from generator.content.problems import Problem
from generator.languages import N_

WIDTH = 96

COUNTED = {
    ElementState.GIVEN: N_("given %(count)s"),
    ElementState.NOT_APPLICABLE: N_("not applicable %(count)s"),
    ElementState.MISSING: N_("missing %(count)s"),
}

# By register (None: the notice as a whole) and element
States = Mapping[tuple[str | None, str], ElementState]


@dataclass(frozen=True)
class AnsweredFinding:
    finding: Finding
    answer: Answer


@dataclass(frozen=True)
class CheckReport:
    """What the check found, what its author has answered, and the state of elements."""

    findings: tuple[Finding, ...]
    answered: tuple[AnsweredFinding, ...]
    states: States
    expired: tuple[Answer, ...] = ()
    unused: tuple[Answer, ...] = ()  # answers to nothing that was found

    def count(self, state: ElementState) -> int:
        return Counter(self.states.values())[state]

    @property
    def gaps(self) -> int:
        return sum(f.severity is not Severity.WARNING for f in self.findings)


def as_json(findings: Iterable[Finding], messages: NullTranslations) -> str:
    return _json([finding.as_json(messages) for finding in findings])


def problems_as_json(problems: Iterable[Problem], messages: NullTranslations) -> str:
    return _json([problem_as_json(problem, messages) for problem in problems])


def _json(findings: list[dict[str, object]]) -> str:
    return json.dumps(findings, ensure_ascii=False, indent=2)


def as_text(report: CheckReport, messages: NullTranslations) -> Iterator[str]:
    """Yield the lines of a report: findings by file, then answers, then counts."""
    for path, findings in groupby(report.findings, key=lambda each: each.path):
        yield path
        for finding in findings:
            yield from _finding(finding, messages)
        yield ""
    if report.answered:
        yield messages.gettext("Answered, and listed until the date given:")
        for answered in report.answered:
            yield _answered(answered, messages)
        yield ""
    yield from _answers(report.expired, N_("Answers whose date has passed:"), messages)
    yield from _answers(
        report.unused, N_("Answers to nothing that was found; they can go:"), messages
    )
    yield _severities(report, messages)
    yield " · ".join(
        messages.gettext(counted) % {"count": report.count(state)}
        for state, counted in COUNTED.items()
    )


def _finding(finding: Finding, messages: NullTranslations) -> Iterator[str]:
    weight = messages.gettext(WEIGHT[finding.severity])
    place = f"{finding.line}:{finding.column}"
    yield f"  {place}  {weight} · {finding.rule} · {finding.article}"
    indent = " " * (len(place) + 4)
    yield textwrap.fill(
        finding.translated(messages),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _answered(answered: AnsweredFinding, messages: NullTranslations) -> str:
    finding = answered.finding
    place = f"{finding.path}:{finding.line}:{finding.column}"
    return f"  {place} {_answer(answered.answer, finding.rule, messages)}"


def _answers(
    answers: Sequence[Answer], heading: str, messages: NullTranslations
) -> Iterator[str]:
    if answers:
        yield messages.gettext(heading)
        for answer in answers:
            named = (answer.rule, answer.of_register, answer.entry)
            yield f"  {_answer(answer, ' '.join(filter(None, named)), messages)}"
        yield ""


def _answer(answer: Answer, named: str, messages: NullTranslations) -> str:
    until = messages.gettext("until %s") % answer.until.isoformat()
    return f"{named}: {answer.reason} ({until})"


def _severities(report: CheckReport, messages: NullTranslations) -> str:
    """Count the gaps and the warnings."""
    count = sum(f.severity is Severity.WARNING for f in report.findings)
    if not report.findings:
        return messages.gettext("Nothing to remark.")
    gaps = messages.ngettext("%(count)s gap", "%(count)s gaps", report.gaps)
    warnings = messages.ngettext("%(count)s warning", "%(count)s warnings", count)
    return f"{gaps % {'count': report.gaps}} · {warnings % {'count': count}}"
