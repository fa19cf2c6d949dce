"""Deleting data whose retention time in the notice has passed: GDPR Art. 5(1)(e).

It runs in batches, each a short transaction; an interrupted round continues at the
next. Only closed cases are deleted, never held ones; the trail has counts only.
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
MOST_BATCHES = 40  # of each kind in a round, as mails have to wait
A_DAY = timedelta(days=1)


class Promise(NamedTuple):
    """The retention times that people were promised, and by which notices."""

    times: Times
    notices: Collection[str] | None = None  # hashes; None: today's times, for all cases


@dataclass(frozen=True, kw_only=True)
class Deleter:
    """What deletion needs between rounds."""

    engine: Engine
    settings: CaseSettings
    batch: int = BATCH
    kept_times: dict[str, Times | None] = field(default_factory=dict)  # by notice hash


class Deleted(NamedTuple):
    """The number of items deleted in a round."""

    packages: int = 0
    emptied: int = 0
    cases: int = 0
    notices: int = 0


def delete_expired(
    deleter: Deleter, edition: Edition, times: Times, *, now: datetime
) -> Deleted:
    """Delete what is due by today's notice, or by that of the day of receipt.

    The shorter time applies, as a later, longer one was never promised to the person.
    Which one is shorter depends on the day: a month may be shorter than 30 days.
    """
    done: dict[str, int] = defaultdict(int)
    for promise in _promises(deleter, times):
        for name, act in _DELETIONS.items():
            done[name] += _repeated(deleter, act, promise, now)
    with database.writing(deleter.engine) as connection:
        done["notices"] = notices.delete_unused(
            connection, before=now - A_DAY, current=edition.notice.hash
        )
    return Deleted(**done)


def kept_until(
    connection: Connection, case: Case, fetched_on: date, published: Published
) -> date | None:
    """The last day on which an answer can be fetched again after `fetched_on`.

    It follows the times of deletion: today's, those of the day of receipt, and that of
    the closed case itself. None if none of them sets a day.
    """
    with suppress(ContentError, RetentionError):
        today = times_of(published.edition().content.registers)
        before = _times_of_notice(connection, case.notice_hash)
        applicable = [times for times in (today, before) if today and times]
        days = [each.delivered_package.last_day(fetched_on) for each in applicable]
        if case.closed_at:
            closed_on = local_day(case.closed_at)
            days += [each.case_and_letters.last_day(closed_on) for each in applicable]
        return min(days, default=None)
    return None


def check(published: Published) -> None:
    """Refuse at start a notice whose retention times cannot be carried out."""
    with suppress(ContentError):  # reported elsewhere
        times_of(published.edition().content.registers)


def _promises(deleter: Deleter, times: Times) -> list[Promise]:
    """Today's times for all cases, and earlier times for the cases promised them."""
    with database.reading(deleter.engine) as connection:
        hashes = notices.hashes(connection)
        for each in hashes:
            if each not in deleter.kept_times:
                deleter.kept_times[each] = _times_of_notice(connection, each)
    others = defaultdict(set)
    for each in hashes:
        before = deleter.kept_times[each]
        if before and before != times:
            others[before].add(each)
    return [Promise(times), *(Promise(*each) for each in others.items())]


def _times_of_notice(connection: Connection, notice_hash: str) -> Times | None:
    """The retention times of a kept notice, if it has usable ones.

    Cases of a damaged notice follow today's times.
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
    deleter: Deleter, deletion: Deletion, promise: Promise, now: datetime
) -> int:
    """Run batches until nothing is due or the limit of a round is reached."""
    done = 0
    for _ in range(MOST_BATCHES):
        with database.writing(deleter.engine) as connection:
            action = Action(connection, WORKER, now, deleter.settings)
            some = deletion(action, promise, deleter.batch)
        done += some
        if not some:
            break
    return done


def _remove_packages(action: Action, promise: Promise, limit: int) -> int:
    before = promise.times.delivered_package.due_before(action.today)
    return remove_fetched(action, before, notices=promise.notices, limit=limit)


def _empty(action: Action, promise: Promise, limit: int) -> int:
    """Delete messages, the words of the request and old values; dates stay."""
    before = promise.times.messages_and_old_values.due_before(action.today)
    due = deletion.Due(before=before, notices=promise.notices)
    found = deletion.cases_with_content(action.connection, due, limit=limit)
    deleted = [
        (case, deletion.delete_content(action.connection, case, due)) for case in found
    ]
    return _audited(action, "case.emptied", deleted)


def _delete(action: Action, promise: Promise, limit: int) -> int:
    """Delete cases with all that belongs to them, except their statistics."""
    before = promise.times.case_and_letters.due_before(action.today)
    due = deletion.Due(before=before, notices=promise.notices)
    deleted = []
    for case in deletion.due_cases(action.connection, due, limit=limit):
        case_statistics.cut_off(action, case)
        deleted.append((case, deletion.delete_case(action.connection, case)))
    return _audited(action, "case.deleted", deleted)


_DELETIONS: Mapping[str, Deletion] = {
    "packages": _remove_packages,
    "emptied": _empty,
    "cases": _delete,
}


def _audited(
    action: Action, what: str, deleted: Sequence[tuple[Case, Mapping[str, int]]]
) -> int:
    """Write audit entries at the end of the transaction: other writers must wait."""
    for case, counted in deleted:
        facts = {name: str(count) for name, count in counted.items() if count}
        action.audit(case, what, facts)
    return len(deleted)
