"""The deadline of a case, its pauses and how it was calculated."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from request_app import deadlines
from request_app.cases.steps.facts import Question
from request_app.cases.steps.progress import Progress
from request_app.workdays import next_working_day

DAYS_TO_REPLY = 14


class Waited(NamedTuple):
    """A question to the person, and whether waiting for it extends the deadline."""

    question: Question
    days: int
    counts: bool


class Clock(NamedTuple):
    """The dates of a case that staff see."""

    received_on: date
    aim_on: date
    last_day: date
    days_left: int  # below zero: the answer is late
    first_day: date  # the last day before any pause and extension
    extended: bool
    promised: date | None  # to who knows that the answer is late
    waited: list[Waited]
    working: list[str]


def clock(
    progress: Progress,
    *,
    today: date,
    gettext: Callable[[str], str],
    show: Callable[[date], str],
) -> Clock:
    """The deadline as of a day; it no longer changes once the case is answered."""
    limits = progress.limits
    first, cancelled = progress.first_answer, progress.case.cancelled_at
    until = (
        first.on if first else deadlines.local_day(cancelled) if cancelled else today
    )
    explain = deadlines.explain_extended if progress.extended else deadlines.explain
    return Clock(
        received_on=limits.received_on,
        aim_on=progress.aim_on,
        last_day=progress.last_day,
        days_left=(progress.last_day - until).days,
        first_day=limits.without_pauses.due,
        extended=progress.extended is not None,
        promised=progress.late_told.by if progress.late_told else None,
        waited=[_waited(each, progress, today) for each in progress.questions],
        working=explain(limits, gettext=gettext, show=show),
    )


def stops(
    progress: Progress,
    question: deadlines.PauseKind,
    on: date,
    *,
    excused: bool = False,
) -> bool:
    """Whether the days from a question to its reply extend the deadline: EDPB ¶159."""
    trial = deadlines.Pause(
        kind=question, asked_on=on, answered_on=on + timedelta(days=1), excused=excused
    )
    limits = deadlines.time_limits(
        progress.case.received_at,
        pauses=[*(each.pause for each in progress.questions), trial],
        working_eves=progress.working_eves,
    )
    return trial in limits.credited


def reply_by(progress: Progress, today: date) -> date:
    """The day by which to ask the person to reply."""
    day = today + timedelta(days=DAYS_TO_REPLY)
    return next_working_day(day, working_eves=progress.working_eves)


def _waited(question: Question, progress: Progress, today: date) -> Waited:
    until = question.answered_on or today
    counts = (
        question.pause in progress.limits.credited
        if question.answered_on
        else stops(progress, question.kind, question.asked_on, excused=question.excused)
    )
    return Waited(question, (until - question.asked_on).days, counts)
