"""The queue: the pages of its views, the earliest due first, and their totals.

A page takes the same number of queries however many cases there are: the open ones
have an index of their own, and a page begins where the one before it ended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa

from request_app.store import absences, database, tables
from request_app.store.cases import rights_of_each
from request_app.store.tables import LAST_DAY, OPEN, accounts, cases, deliveries
from request_app.store.values import Right, Role, Sender, State

PAGE = 50
WEEK = timedelta(days=7)


class View(StrEnum):
    """A selection of the cases in the queue."""

    OPEN = "open"
    MINE = "mine"
    UNTAKEN = "untaken"  # it has no handler yet
    UNCOVERED = "uncovered"  # its handler is absent without a deputy at work
    LATE = "late"
    WEEK = "week"  # the last lawful day is within seven days
    WAITING = "waiting"  # for the requester
    NEWS = "news"  # the requester has written
    DENIED = "denied"  # somebody says that they did not make the request
    UNFETCHED = "unfetched"  # the answer was not fetched yet, or was withdrawn
    FAILED = "failed"  # a mail was given up
    SUSPECTS = "suspects"
    HELD = "held"  # under legal hold, open or closed
    CLOSED = "closed"


class QueueReader(NamedTuple):
    """The account that reads the queue; a restricted case is for its named readers."""

    account_id: str
    sees_all: bool  # that restricted cases exist, not what they contain


class Cursor(NamedTuple):
    """Where the next page begins."""

    key: str  # a day, or an instant in the views sorted by one
    case_id: str


@dataclass(frozen=True, kw_only=True)
class QueueEntry:
    """A case as the queue shows it, without personal data."""

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


class QueuePage(NamedTuple):
    entries: list[QueueEntry]
    following: Cursor | None


def has(
    case_id: sa.ColumnElement[str], *conditions: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Whether a case has a row that matches the conditions."""
    return database.exists_for(cases, case_id == cases.c.id, *conditions)


LET_IN = cases.c.suspicion.is_(None)
DUE = sa.and_(LET_IN, cases.c.answered_on.is_(None), cases.c.cancelled_at.is_(None))
# The views sorted by an instant; the others have open cases, sorted by the desk's aim.
BY_INSTANT = {View.CLOSED: cases.c.closed_at, View.HELD: cases.c.held_at}
# A case whose handler's account was disabled counts as not taken.
UNTAKEN = sa.or_(
    cases.c.handler_id.is_(None),
    sa.exists().where(
        accounts.c.id == cases.c.handler_id, accounts.c.disabled_at.is_not(None)
    ),
)
NEWS = has(
    tables.messages.c.case_id,
    tables.messages.c.sender == Sender.PERSON,
    tables.messages.c.read_at.is_(None),
)
FAILED = has(tables.outbox.c.case_id, tables.outbox.c.failed_at.is_not(None))
UNFETCHED = has(
    deliveries.c.case_id,
    deliveries.c.fetched_at.is_(None),
    deliveries.c.handed_on.is_(None),
    deliveries.c.withdrawn_at.is_(None),
)
UNDELIVERED = sa.and_(  # every delivery was withdrawn
    cases.c.state == State.READY,
    ~has(deliveries.c.case_id, deliveries.c.withdrawn_at.is_(None)),
)


COLUMNS = [
    *(cases.c[name] for name in QueueEntry.__annotations__ if name in cases.c),
    NEWS.label("news"),
    FAILED.label("failed"),
]


def uncovered(today: date) -> sa.ColumnElement[bool]:
    """Whether the handler is absent, with no deputy who is present and may open it."""
    deputy = sa.exists().where(
        accounts.c.disabled_at.is_(None),
        accounts.c.role != Role.VIEWER,
        accounts.c.id.not_in(absences.absent(today)),
        cases.c.handler_id.in_(absences.absent_with_deputy(accounts.c.id, today)),
        _readable(accounts.c.id),
    )
    return sa.and_(cases.c.handler_id.in_(absences.absent(today)), ~UNTAKEN, ~deputy)


def page(
    connection: sa.Connection,
    view: View,
    *,
    reader: QueueReader,
    today: date,
    after: Cursor | None = None,
) -> QueuePage:
    """Read one page of a view."""
    condition = _condition(view, reader, today)
    query = sa.select(*COLUMNS).where(condition)
    query = _in_order(query, view, after).limit(PAGE + 1)
    rows = connection.execute(query).mappings().all()
    rights = rights_of_each(connection, [row["id"] for row in rows])
    entries = [
        QueueEntry(**row, rights=rights.get(row["id"], frozenset())) for row in rows
    ]
    return QueuePage(entries[:PAGE], _following(view, entries))


def totals(
    connection: sa.Connection, *, reader: QueueReader, today: date
) -> Mapping[View, int]:
    """How many cases each view has; the view of closed cases is left out."""
    views = [view for view in View if view not in BY_INSTANT]
    counts = [
        sa.func.count().filter(_condition(view, reader, today)).label(view)
        for view in views
    ]
    held = sa.select(sa.func.count()).where(_condition(View.HELD, reader, today))
    held_count = held.select_from(cases).correlate(None).scalar_subquery()
    query = sa.select(*counts, held_count).select_from(cases).where(OPEN)
    row = connection.execute(query).one()
    return dict(zip([*views, View.HELD], row, strict=True))


def cases_closed_to_deputy(
    connection: sa.Connection, absence: absences.Absence, *, sees_all: bool
) -> list[str]:
    """The references of open cases of an absent handler that the deputy may not open.

    Without `sees_all` they are only those that the absent handler may see.
    """
    if absence.deputy_id is None:
        return []
    query = sa.select(cases.c.reference).where(
        OPEN,
        cases.c.handler_id == absence.account_id,
        _visible_to(QueueReader(absence.account_id, sees_all)),
        ~_readable(absence.deputy_id),
    )
    return list(connection.scalars(query.order_by(cases.c.aim_on, cases.c.id)))


def conditions(today: date) -> Mapping[View, sa.ColumnElement[bool]]:
    """The condition of each view that is the same for every reader."""
    return {
        View.OPEN: LET_IN,
        View.UNTAKEN: sa.and_(LET_IN, UNTAKEN),
        View.UNCOVERED: sa.and_(LET_IN, uncovered(today)),
        View.LATE: sa.and_(DUE, today > LAST_DAY),
        View.WEEK: sa.and_(DUE, LAST_DAY.between(today, today + WEEK)),
        View.WAITING: sa.and_(LET_IN, cases.c.state == State.WAITING),
        View.NEWS: sa.and_(LET_IN, NEWS),
        View.DENIED: sa.and_(LET_IN, cases.c.denied_at.is_not(None)),
        View.UNFETCHED: sa.and_(LET_IN, sa.or_(UNFETCHED, UNDELIVERED)),
        View.FAILED: sa.and_(LET_IN, FAILED),
        View.SUSPECTS: ~LET_IN,
        View.HELD: cases.c.held_at.is_not(None),
        View.CLOSED: cases.c.closed_at.is_not(None),
    }


def _condition(view: View, reader: QueueReader, today: date) -> sa.ColumnElement[bool]:
    own = sa.and_(LET_IN, _own(reader.account_id, today))
    condition = own if view is View.MINE else conditions(today)[view]
    if view not in BY_INSTANT:
        condition = sa.and_(OPEN, condition)
    return sa.and_(condition, _visible_to(reader))


def _own(account_id: str, today: date) -> sa.ColumnElement[bool]:
    """The cases of a handler: their own, and those of absent ones they deputise for."""
    return sa.or_(
        cases.c.handler_id == account_id,
        cases.c.handler_id.in_(absences.absent_with_deputy(account_id, today)),
    )


def _visible_to(reader: QueueReader) -> sa.ColumnElement[bool]:
    return sa.true() if reader.sees_all else _readable(reader.account_id)


def _readable(account_id: sa.ColumnElement[str] | str) -> sa.ColumnElement[bool]:
    named = sa.exists().where(
        tables.case_readers.c.case_id == cases.c.id,
        tables.case_readers.c.account_id == account_id,
    )
    return sa.or_(~cases.c.restricted, named)


def _in_order(
    found: sa.Select[tuple[object, ...]], view: View, after: Cursor | None
) -> sa.Select[tuple[object, ...]]:
    """The earliest due or first held case first; of closed cases, the last closed."""
    key = BY_INSTANT.get(view, cases.c.aim_on)
    place = sa.tuple_(key, cases.c.id)
    newest_first = view is View.CLOSED
    if after:
        read = datetime if view in BY_INSTANT else date
        here = (read.fromisoformat(after.key), after.case_id)
        found = found.where(place < here if newest_first else place > here)
    if newest_first:
        return found.order_by(key.desc(), cases.c.id.desc())
    return found.order_by(key, cases.c.id)


def _following(view: View, entries: list[QueueEntry]) -> Cursor | None:
    if len(entries) <= PAGE:
        return None
    last = entries[PAGE - 1]
    key = getattr(last, BY_INSTANT.get(view, cases.c.aim_on).key)
    return Cursor(key.isoformat(), last.id)
