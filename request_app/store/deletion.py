"""What is due to be deleted of closed cases, some of it at a time.

What is found here is held until the commit, and passed by while another holds it. A
case that is held for a claim is never among it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    exists,
    func,
    select,
    update,
)

from request_app.store.cases import Case
from request_app.store.database import exists_for
from request_app.store.tables import (
    cases,
    deliveries,
    letters,
    messages,
    packages,
    sealed_parts,
    steps,
)

ROWS_OF_A_CASE = 10  # of one table, about
WORDS = ("request", "answer")  # kinds of sealed parts: what was asked, and drafts


@dataclass(frozen=True, kw_only=True)
class Due:
    """Which cases are meant: closed before then, under some editions of the notice."""

    before: datetime
    notices: Collection[str] | None = None  # by their hashes; none: under any

    @property
    def closed(self) -> list[ColumnElement[bool]]:
        meant = [cases.c.closed_at < self.before, cases.c.held_at.is_(None)]
        if self.notices is not None:
            meant.append(cases.c.notice_hash.in_(self.notices))
        return meant


def with_words(connection: Connection, due: Due, *, limit: int) -> list[Case]:
    """Cases that still hold messages, old values or drafts that are due."""
    ids: set[str] = set()
    for table, condition in _words(due).items():
        of_it = exists_for(table, cases.c.id == table.c.case_id, *due.closed)
        found = (
            select(table.c.case_id)
            .where(condition, of_it)
            .limit(limit * ROWS_OF_A_CASE)  # with DISTINCT, SQLite would read all
        )
        ids.update(connection.scalars(found))
        if len(ids) >= limit:
            break
    return _held(connection, [cases.c.id.in_(sorted(ids)[:limit])], due, limit)


def over(connection: Connection, due: Due, *, limit: int) -> list[Case]:
    """Cases whose whole time is over."""
    return _held(connection, [], due, limit)


def empty(connection: Connection, case: Case, due: Due) -> Mapping[str, int]:
    """Delete the words of a case that are due; tell how many of each kind."""
    gone = {}
    for table, condition in _words(due).items():
        of_it = (table.c.case_id == case.id) & condition
        change = (
            update(steps).where(of_it).values(sealed_values=None)
            if table is steps
            else delete(table).where(of_it)
        )
        gone[table.name] = connection.execute(change).rowcount
    return gone


def delete_case(connection: Connection, case: Case) -> Mapping[str, int]:
    """Delete a case with all that belongs to it; tell how much of some kinds."""
    counted = {
        table.name: connection.execute(
            select(func.count()).select_from(table).where(table.c.case_id == case.id)
        ).scalar_one()
        for table in (steps, letters, deliveries)
    }
    connection.execute(delete(cases).where(cases.c.id == case.id))
    return counted


def _words(due: Due) -> Mapping[Table, ColumnElement[bool]]:
    """What goes before the case: of each table, the rows that are due.

    What a person writes after the case was closed is kept as long from then on.
    A package that nobody can fetch any more, or ever could, is a draft.
    """
    fetchable = exists().where(
        deliveries.c.package_id == packages.c.id, deliveries.c.withdrawn_at.is_(None)
    )
    return {
        messages: messages.c.written_at < due.before,
        sealed_parts: sealed_parts.c.kind.in_(WORDS)
        & (sealed_parts.c.sealed_at < due.before),
        steps: steps.c.sealed_values.is_not(None) & (steps.c.at < due.before),
        packages: ~fetchable & (packages.c.made_at < due.before),
    }


def _held(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    due: Due,
    limit: int,
) -> list[Case]:
    found = (
        select(cases)
        .where(*conditions, *due.closed)
        .order_by(cases.c.closed_at, cases.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Case(**row) for row in connection.execute(found).mappings()]
