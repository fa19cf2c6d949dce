"""The report of a check: text for people, JSON for programs."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from gettext import NullTranslations
from itertools import groupby

from generator.checks.answers import Answer
from generator.checks.explained import WEIGHT
from generator.checks.findings import Finding, Severity, State, of_problem
from generator.checks.inspection import Answered, Report
from generator.content.problems import Problem
from generator.languages import N_

WIDTH = 96

COUNTED = {
    State.GIVEN: N_("given %(count)s"),
    State.NOT_APPLICABLE: N_("not applicable %(count)s"),
    State.MISSING: N_("missing %(count)s"),
}


def as_json(findings: Iterable[Finding], texts: NullTranslations) -> str:
    return _json([finding.as_json(texts) for finding in findings])


def problems_as_json(problems: Iterable[Problem], texts: NullTranslations) -> str:
    return _json([of_problem(problem, texts) for problem in problems])


def _json(findings: list[dict[str, object]]) -> str:
    return json.dumps(findings, ensure_ascii=False, indent=2)


def as_text(report: Report, texts: NullTranslations) -> Iterator[str]:
    """Give the lines of a report: by file, then what is known, then the counts."""
    for path, findings in groupby(report.findings, key=lambda each: each.path):
        yield path
        for finding in findings:
            yield from _finding(finding, texts)
        yield ""
    if report.answered:
        yield texts.gettext("Answered, and listed until the date given:")
        for answered in report.answered:
            yield _answered(answered, texts)
        yield ""
    yield from _answers(report.over, N_("Answers whose date has passed:"), texts)
    yield from _answers(
        report.idle, N_("Answers to nothing that was found; they can go:"), texts
    )
    yield _weights(report, texts)
    yield " · ".join(
        texts.gettext(counted) % {"count": report.count(state)}
        for state, counted in COUNTED.items()
    )


def _finding(finding: Finding, texts: NullTranslations) -> Iterator[str]:
    weight = texts.gettext(WEIGHT[finding.severity])
    place = f"{finding.line}:{finding.column}"
    yield f"  {place}  {weight} · {finding.rule} · {finding.article}"
    indent = " " * (len(place) + 4)
    yield textwrap.fill(
        finding.said(texts),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _answered(answered: Answered, texts: NullTranslations) -> str:
    finding = answered.finding
    place = f"{finding.path}:{finding.line}:{finding.column}"
    return f"  {place} {_answer(answered.answer, finding.rule, texts)}"


def _answers(
    answers: Sequence[Answer], heading: str, texts: NullTranslations
) -> Iterator[str]:
    if answers:
        yield texts.gettext(heading)
        for answer in answers:
            named = (answer.rule, answer.of_register, answer.entry)
            yield f"  {_answer(answer, ' '.join(filter(None, named)), texts)}"
        yield ""


def _answer(answer: Answer, named: str, texts: NullTranslations) -> str:
    until = texts.gettext("until %s") % answer.until.isoformat()
    return f"{named}: {answer.reason} ({until})"


def _weights(report: Report, texts: NullTranslations) -> str:
    """Count the findings of each weight."""
    count = sum(f.severity is Severity.WARNING for f in report.findings)
    if not report.findings:
        return texts.gettext("Nothing to remark.")
    gaps = texts.ngettext("%(count)s gap", "%(count)s gaps", report.gaps)
    warnings = texts.ngettext("%(count)s warning", "%(count)s warnings", count)
    return f"{gaps % {'count': report.gaps}} · {warnings % {'count': count}}"
