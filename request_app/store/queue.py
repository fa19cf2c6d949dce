"""The queue: what is due first at the top, a page at a time, and what it adds up to.

A page takes the same number of queries however many cases there are: the open ones
have an index of their own, and a page begins where the one before it ended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
)

from request_app.store import absences
from request_app.store.absences import Absence
from request_app.store.database import exists_for
from request_app.store.tables import (
    LAST_DAY,
    OPEN,
    accounts,
    case_readers,
    case_rights,
    cases,
    deliveries,
    messages,
    outbox,
)
from request_app.store.values import Right, Role, Sender, State

PAGE = 50
WEEK = timedelta(days=7)


class View(StrEnum):
    """Which cases of the queue somebody wants to see."""

    OPEN = "open"
    MINE = "mine"
    UNTAKEN = "untaken"  # nobody answers for it yet
    UNCOVERED = "uncovered"  # its handler is away, and nobody deputises
    LATE = "late"
    WEEK = "week"  # the last lawful day is within seven days
    WAITING = "waiting"  # for the person
    NEWS = "news"  # the person has written
    DENIED = "denied"  # somebody says that it is not theirs
    UNFETCHED = "unfetched"  # the answer is on its way, or was withdrawn
    FAILED = "failed"  # a mail was given up
    SUSPECTS = "suspects"
    HELD = "held"  # open or closed, nothing of it is deleted
    CLOSED = "closed"


class Reader(NamedTuple):
    """Who looks: restricted cases are for their named readers."""

    account_id: str
    sees_all: bool  # that a case is there, not what is in it


class Cursor(NamedTuple):
    """Where the next page begins."""

    key: str  # a day, or an instant where the view goes by one
    case_id: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A case as the queue shows it: nothing personal."""

    id: str
    reference: str
    state: State
    channel: str
    language: str
    restricted: bool
    suspicion: str | None
    received_on: date
    due: date
    extended_to: date | None
    aim_on: date
    answered_on: date | None
    cancelled_at: datetime | None
    closed_at: datetime | None
    held_at: datetime | None
    denied_at: datetime | None
    handler_id: str | None
    news: bool
    failed: bool
    rights: frozenset[Right] = frozenset()

    @property
    def last_day(self) -> date:
        return self.extended_to or self.due


class Page(NamedTuple):
    entries: list[Entry]
    following: Cursor | None


def has(
    case_id: ColumnElement[str], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether a case has such a row."""
    return exists_for(cases, case_id == cases.c.id, *conditions)


LET_IN = cases.c.suspicion.is_(None)
DUE = and_(LET_IN, cases.c.answered_on.is_(None), cases.c.cancelled_at.is_(None))
# The views that go by an instant; the others hold open cases, by the desk's own aim.
BY_INSTANT = {View.CLOSED: cases.c.closed_at, View.HELD: cases.c.held_at}
# Who has left answers for nothing any more.
UNTAKEN = or_(
    cases.c.handler_id.is_(None),
    exists().where(
        accounts.c.id == cases.c.handler_id, accounts.c.disabled_at.is_not(None)
    ),
)
NEWS = has(
    messages.c.case_id,
    messages.c.sender == Sender.PERSON,
    messages.c.read_at.is_(None),
)
FAILED = has(outbox.c.case_id, outbox.c.failed_at.is_not(None))
UNFETCHED = has(
    deliveries.c.case_id,
    deliveries.c.fetched_at.is_(None),
    deliveries.c.handed_on.is_(None),
    deliveries.c.withdrawn_at.is_(None),
)


UNDELIVERED = and_(  # it was withdrawn, and none took its place
    cases.c.state == State.READY,
    ~has(deliveries.c.case_id, deliveries.c.withdrawn_at.is_(None)),
)


def uncovered(today: date) -> ColumnElement[bool]:
    """Its handler is away, and nobody who is at work and may open it deputises."""
    deputy = exists().where(
        accounts.c.disabled_at.is_(None),
        accounts.c.role != Role.VIEWER,
        accounts.c.id.not_in(absences.away(today)),
        cases.c.handler_id.in_(absences.replaced(accounts.c.id, today)),
        _readable(accounts.c.id),
    )
    return and_(cases.c.handler_id.in_(absences.away(today)), ~UNTAKEN, ~deputy)


def page(
    connection: Connection,
    view: View,
    *,
    reader: Reader,
    today: date,
    after: Cursor | None = None,
) -> Page:
    """Read one page of a view."""
    wanted = _condition(view, reader, today)
    found = select(cases, NEWS.label("news"), FAILED.label("failed")).where(wanted)
    rows = (
        connection.execute(_in_order(found, view, after).limit(PAGE + 1))
        .mappings()
        .all()
    )
    rights = _rights(connection, [row["id"] for row in rows])
    entries = [
        Entry(
            **{name: row[name] for name in Entry.__annotations__ if name in row},
            rights=rights.get(row["id"], frozenset()),
        )
        for row in rows
    ]
    return Page(entries[:PAGE], _following(view, entries))


def sums(connection: Connection, *, reader: Reader, today: date) -> Mapping[View, int]:
    """How many cases each view holds; the closed ones are not counted."""
    views = [view for view in View if view not in BY_INSTANT]
    counted = [
        func.count().filter(_condition(view, reader, today)).label(view)
        for view in views
    ]
    held = select(func.count()).where(_condition(View.HELD, reader, today))
    found = select(*counted, held.select_from(cases).correlate(None).scalar_subquery())
    row = connection.execute(found.select_from(cases).where(OPEN)).one()
    return dict(zip([*views, View.HELD], row, strict=True))


def shut_to_deputy(
    connection: Connection, absence: Absence, *, sees_all: bool
) -> list[str]:
    """Open cases of who is away, as far as they know of them, that wait meanwhile."""
    if absence.deputy_id is None:
        return []
    found = select(cases.c.reference).where(
        OPEN,
        cases.c.handler_id == absence.account_id,
        _known(Reader(absence.account_id, sees_all)),
        ~_readable(absence.deputy_id),
    )
    return list(connection.scalars(found.order_by(cases.c.aim_on, cases.c.id)))


def kinds(today: date) -> Mapping[View, ColumnElement[bool]]:
    """What makes a case one of a view, whoever looks."""
    return {
        View.OPEN: LET_IN,
        View.UNTAKEN: and_(LET_IN, UNTAKEN),
        View.UNCOVERED: and_(LET_IN, uncovered(today)),
        View.LATE: and_(DUE, today > LAST_DAY),
        View.WEEK: and_(DUE, LAST_DAY.between(today, today + WEEK)),
        View.WAITING: and_(LET_IN, cases.c.state == State.WAITING),
        View.NEWS: and_(LET_IN, NEWS),
        View.DENIED: and_(LET_IN, cases.c.denied_at.is_not(None)),
        View.UNFETCHED: and_(LET_IN, or_(UNFETCHED, UNDELIVERED)),
        View.FAILED: and_(LET_IN, FAILED),
        View.SUSPECTS: ~LET_IN,
        View.HELD: cases.c.held_at.is_not(None),
        View.CLOSED: cases.c.closed_at.is_not(None),
    }


def _condition(view: View, reader: Reader, today: date) -> ColumnElement[bool]:
    own = and_(LET_IN, _own(reader.account_id, today))
    condition = own if view is View.MINE else kinds(today)[view]
    if view not in BY_INSTANT:
        condition = and_(OPEN, condition)
    return and_(condition, _known(reader))


def _own(account_id: str, today: date) -> ColumnElement[bool]:
    """What somebody answers for: their own, and those of whom they replace."""
    return or_(
        cases.c.handler_id == account_id,
        cases.c.handler_id.in_(absences.replaced(account_id, today)),
    )


def _known(reader: Reader) -> ColumnElement[bool]:
    return true() if reader.sees_all else _readable(reader.account_id)


def _readable(account_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    named = exists().where(
        case_readers.c.case_id == cases.c.id,
        case_readers.c.account_id == account_id,
    )
    return or_(~cases.c.restricted, named)


def _in_order(
    found: Select[tuple[object, ...]], view: View, after: Cursor | None
) -> Select[tuple[object, ...]]:
    """What is due first, or was held first; of the closed ones the last comes first."""
    key = BY_INSTANT.get(view, cases.c.aim_on)
    place = tuple_(key, cases.c.id)
    newest_first = view is View.CLOSED
    if after:
        read = datetime if view in BY_INSTANT else date
        here = (read.fromisoformat(after.key), after.case_id)
        found = found.where(place < here if newest_first else place > here)
    if newest_first:
        return found.order_by(key.desc(), cases.c.id.desc())
    return found.order_by(key, cases.c.id)


def _following(view: View, entries: list[Entry]) -> Cursor | None:
    if len(entries) <= PAGE:
        return None
    last = entries[PAGE - 1]
    key = getattr(last, BY_INSTANT.get(view, cases.c.aim_on).key)
    return Cursor(key.isoformat(), last.id)


def _rights(
    connection: Connection, case_ids: Iterable[str]
) -> Mapping[str, frozenset[Right]]:
    found = select(case_rights).where(case_rights.c.case_id.in_(list(case_ids)))
    rights: dict[str, frozenset[Right]] = {}
    for row in connection.execute(found).mappings():
        before = rights.get(row["case_id"], frozenset())
        rights[row["case_id"]] = before | {row["kind"]}
    return rights
