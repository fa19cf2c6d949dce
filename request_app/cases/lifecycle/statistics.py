"""What is counted of a case: written when it is closed, so that it outlives the case.

Open cases are counted from their steps, in the same way.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.steps.progress import Progress
from request_app.cases.steps.reader import read_step
from request_app.cases.steps.step import progress_of
from request_app.deadlines import AIM_DAYS, local_day
from request_app.store import cases, statistics, steps
from request_app.store.cases import Case
from request_app.store.statistics import StatisticsRow
from request_app.workdays import Eve

BATCH = 500


class Reckoning(NamedTuple):
    """How this desk counts days."""

    working_eves: frozenset[Eve] = frozenset()
    aim_days: int = AIM_DAYS


class Counted(NamedTuple):
    """A row, whether its case is closed, and how many are like it."""

    row: StatisticsRow
    closed: bool = True
    number: int = 1


def row_of(progress: Progress, *, today: date) -> StatisticsRow:
    """What is counted of a case, as it stands today."""
    case, first = progress.case, progress.first_answer
    ended = case.cancelled_at and local_day(case.cancelled_at)
    return StatisticsRow(
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


def note(connection: Connection, progress: Progress, *, today: date) -> None:
    """Keep the row of a case while it is closed."""
    if progress.closed:
        statistics.put(connection, progress.case.id, row_of(progress, today=today))
    else:
        statistics.remove(connection, progress.case.id)


def cut_off(connection: Connection, case: Case, how: Reckoning, *, today: date) -> None:
    """Leave the row of a case that goes; one of an older version has none yet."""
    if not statistics.has(connection, case.id):
        [progress] = _progress_of(connection, [case], how)
        statistics.put(connection, case.id, row_of(progress, today=today))
    statistics.detach(connection, case.id)


def counted(
    connection: Connection, year: int, how: Reckoning, *, today: date
) -> Iterator[Counted]:
    """All that is counted of a year: cases that are gone, closed and open."""
    for row, number in statistics.of_year(connection, year):
        yield Counted(row, number=number)
    last = ""
    while batch := statistics.uncounted(connection, year, after=last, limit=BATCH):
        for progress in _progress_of(connection, batch, how):
            yield Counted(row_of(progress, today=today), progress.closed)
        last = batch[-1].id


def _progress_of(
    connection: Connection, batch: list[Case], how: Reckoning
) -> Iterator[Progress]:
    """How far some cases have come, in two queries."""
    ids = [case.id for case in batch]
    rights = cases.rights_of_each(connection, ids)
    taken = steps.facts_of_each(connection, ids)
    for case in batch:
        start = Progress(
            case=case,
            rights=rights.get(case.id, frozenset()),
            working_eves=how.working_eves,
            aim_days=how.aim_days,
        )
        facts = taken.get(case.id, ())
        yield progress_of(start, [read_step(each) for each in facts])
