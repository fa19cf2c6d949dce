"""The statistics of a case: stored at its closing, so that they outlive the case.

Those of open cases are computed from their steps in the same way.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from request_app.cases.action import Action
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.reader import read_step
from request_app.cases.steps.step import progress_of
from request_app.deadlines import local_day
from request_app.store import cases, statistics, steps

BATCH = 500


class Counted(NamedTuple):
    """A row of statistics, whether its case is closed, and the number of such cases."""

    row: statistics.StatisticsRow
    closed: bool = True
    number: int = 1


def row_of(progress: Progress, *, today: date) -> statistics.StatisticsRow:
    """The statistics of a case as of today."""
    case, first = progress.case, progress.first_answer
    ended = case.cancelled_at and local_day(case.cancelled_at)
    return statistics.StatisticsRow(
        year=case.received_on.year,
        month=case.received_on.month,
        channel=case.channel,
        language=case.language,
        rights={
            right.value: progress.result(right).value
            for right in sorted(progress.rights)
        },
        days=(first.on - case.received_on).days if first else None,
        in_aim=first.in_aim if first else False,
        late=first.late if first else (ended or today) > progress.last_day,
        extension=progress.extended.reason if progress.extended else None,
        paused=progress.limits.pause_days,
        suspicion=case.suspicion,
    )


def note(action: Action, progress: Progress) -> None:
    """Store the row of a closed case; remove that of an open one."""
    connection, case = action.connection, progress.case
    if progress.closed:
        statistics.put(connection, case.id, row_of(progress, today=action.today))
    else:
        statistics.remove(connection, case.id)


def cut_off(action: Action, case: cases.Case) -> None:
    """Detach the row of a case to be deleted; add it where an older version did not."""
    connection = action.connection
    if not statistics.has(connection, case.id):
        [progress] = _progress_of(action, [case])
        statistics.put(connection, case.id, row_of(progress, today=action.today))
    statistics.detach(connection, case.id)


def counted(action: Action, year: int) -> Iterator[Counted]:
    """The statistics of a year: of deleted, closed and open cases."""
    connection = action.connection
    for row, number in statistics.of_year(connection, year):
        yield Counted(row, number=number)
    last = ""
    while batch := statistics.uncounted(connection, year, after=last, limit=BATCH):
        for progress in _progress_of(action, batch):
            yield Counted(row_of(progress, today=action.today), progress.closed)
        last = batch[-1].id


def _progress_of(action: Action, batch: list[cases.Case]) -> Iterator[Progress]:
    """The progress of several cases, read in two queries."""
    ids = [case.id for case in batch]
    rights = cases.rights_of_each(action.connection, ids)
    taken = steps.facts_of_each(action.connection, ids)
    for case in batch:
        start = Progress(
            case=case,
            rights=rights.get(case.id, frozenset()),
            working_eves=action.settings.working_eves,
            aim_days=action.settings.aim_days,
        )
        facts = taken.get(case.id, ())
        yield progress_of(start, [read_step(each) for each in facts])
