"""Deleting what has been kept for as long as the notice says: GDPR Art. 5(1)(e).

In batches, each a short transaction of its own: what was cut short goes on at the next
round. Only closed cases, never held ones; the trail tells how much went, and not what.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from generator.content.problems import ContentError
from request_app.cases.action import WORKER, Action, CaseSettings
from request_app.cases.delivery.delivery_code import remove_fetched
from request_app.cases.lifecycle import case_statistics
from request_app.deadlines import local_day
from request_app.logs import log_error
from request_app.published import Edition, Published, kept
from request_app.retention import RetentionError, Times, times_of
from request_app.store import database, deletion, notices
from request_app.store.cases import Case

BATCH = 50  # cases in one transaction
MOST_BATCHES = 40  # of each kind in one round: mails wait meanwhile
A_DAY = timedelta(days=1)


class Promise(NamedTuple):
    """Times that people were told, and by which editions of the notice."""

    times: Times
    notices: Collection[str] | None = None  # by their hashes; none: today's, for all


@dataclass(frozen=True, kw_only=True)
class Forgetter:
    """What deletes, by the notice as it is and as it was."""

    engine: Engine
    settings: CaseSettings
    batch: int = BATCH
    told: dict[str, Times | None] = field(default_factory=dict)  # by kept notices


class Forgotten(NamedTuple):
    """How much was deleted in a round."""

    packages: int = 0
    emptied: int = 0
    cases: int = 0
    notices: int = 0


def forget(
    forgetter: Forgetter, edition: Edition, times: Times, *, now: datetime
) -> Forgotten:
    """Delete what is due by today's notice, or by that of the day of receipt.

    The shorter time holds: a longer one that came later was never promised to them.
    Which one that is depends on the day: over February a month is shorter than 30 days.
    """
    done: dict[str, int] = defaultdict(int)
    for promise in _promises(forgetter, times):
        for name, act in _DELETIONS.items():
            done[name] += _repeated(forgetter, act, promise, now)
    with database.writing(forgetter.engine) as connection:
        done["notices"] = notices.delete_unused(
            connection, before=now - A_DAY, current=edition.notice.hash
        )
    return Forgotten(**done)


def kept_until(
    connection: Connection, case: Case, fetched_on: date, published: Published
) -> date | None:
    """The last day on which an answer fetched then can be fetched again.

    The times that delete hold: today's, the shorter ones of the day of receipt, and
    that of the closed case itself. None, where nothing sets a day.
    """
    with suppress(ContentError, RetentionError):
        today = times_of(published.edition().content.registers)
        before = _told(connection, case.notice_hash)
        held = [times for times in (today, before) if today and times]
        days = [each.delivered_package.last_day(fetched_on) for each in held]
        if case.closed_at:
            closed_on = local_day(case.closed_at)
            days += [each.case_and_letters.last_day(closed_on) for each in held]
        return min(days, default=None)
    return None


def check(published: Published) -> None:
    """Refuse times that cannot be kept, before a program starts with them."""
    with suppress(ContentError):  # that is told elsewhere, until it is mended
        times_of(published.edition().content.registers)


def _promises(forgetter: Forgetter, times: Times) -> list[Promise]:
    """Today's times for every case; other ones for those who were told them."""
    with database.reading(forgetter.engine) as connection:
        hashes = notices.hashes(connection)
        for each in hashes:
            if each not in forgetter.told:
                forgetter.told[each] = _told(connection, each)
    others = defaultdict(set)
    for each in hashes:
        before = forgetter.told[each]
        if before and before != times:
            others[before].add(each)
    return [Promise(times), *(Promise(*each) for each in others.items())]


def _told(connection: Connection, notice_hash: str) -> Times | None:
    """The times of a kept notice, where it has any to go by; a damaged one stops none.

    Its cases go by the times of today.
    """
    try:
        return times_of(kept(notices.load(connection, notice_hash)).registers)
    except RetentionError:
        return None
    except ValueError as error:
        log_error("notice-damaged", error)
        return None


Deletion = Callable[[Action, Promise, int], int]


def _repeated(
    forgetter: Forgetter, deletion: Deletion, promise: Promise, now: datetime
) -> int:
    """One batch after the other, until nothing is due or others have to have a turn."""
    done = 0
    for _ in range(MOST_BATCHES):
        with database.writing(forgetter.engine) as connection:
            action = Action(connection, WORKER, now, forgetter.settings)
            some = deletion(action, promise, forgetter.batch)
        done += some
        if not some:
            break
    return done


def _remove_packages(action: Action, promise: Promise, limit: int) -> int:
    before = promise.times.delivered_package.due_before(action.today)
    return remove_fetched(action, before, notices=promise.notices, limit=limit)


def _empty(action: Action, promise: Promise, limit: int) -> int:
    """Messages, what was asked in words, and old values; dates and reasons stay."""
    before = promise.times.messages_and_old_values.due_before(action.today)
    due = deletion.Due(before=before, notices=promise.notices)
    found = deletion.cases_with_content(action.connection, due, limit=limit)
    gone = [
        (case, deletion.delete_content(action.connection, case, due)) for case in found
    ]
    return _audited(action, "case.emptied", gone)


def _delete(action: Action, promise: Promise, limit: int) -> int:
    """A case with all that belongs to it. What is counted of it stays, without it."""
    before = promise.times.case_and_letters.due_before(action.today)
    due = deletion.Due(before=before, notices=promise.notices)
    gone = []
    for case in deletion.due_cases(action.connection, due, limit=limit):
        case_statistics.cut_off(action, case)
        gone.append((case, deletion.delete_case(action.connection, case)))
    return _audited(action, "case.deleted", gone)


_DELETIONS: Mapping[str, Deletion] = {
    "packages": _remove_packages,
    "emptied": _empty,
    "cases": _delete,
}


def _audited(
    action: Action, what: str, gone: Sequence[tuple[Case, Mapping[str, int]]]
) -> int:
    """At the end of the transaction: the trail makes others wait."""
    for case, counted in gone:
        facts = {name: str(count) for name, count in counted.items() if count}
        action.audit(case, what, facts)
    return len(gone)
