"""What is due to be deleted of closed cases, a few cases at a time.

The cases found are locked until the commit; cases locked by another are skipped. A
case under legal hold is never found.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from request_app.store import database, tables
from request_app.store.cases import Case

ROWS_OF_A_CASE = 10  # of one table, about
CONTENT_PARTS = ("request", "answer")  # sealed parts: the request, the answer's draft


@dataclass(frozen=True, kw_only=True)
class Due:
    """Cases closed before an instant, under some editions of the notice."""

    before: datetime
    notices: Collection[str] | None = None  # by their hashes; none: under any edition

    @property
    def closed(self) -> list[sa.ColumnElement[bool]]:
        conditions = [
            tables.cases.c.closed_at < self.before,
            tables.cases.c.held_at.is_(None),
        ]
        if self.notices is not None:
            conditions.append(tables.cases.c.notice_hash.in_(self.notices))
        return conditions


def cases_with_content(
    connection: sa.Connection, due: Due, *, limit: int
) -> list[Case]:
    """Cases that still have messages, old values or drafts that are due."""
    ids: set[str] = set()
    for table, condition in _content(due).items():
        case_is_due = database.exists_for(
            table, tables.cases.c.id == table.c.case_id, *due.closed
        )
        found = (
            sa.select(table.c.case_id)
            .where(condition, case_is_due)
            .limit(limit * ROWS_OF_A_CASE)  # with DISTINCT, SQLite would read all
        )
        ids.update(connection.scalars(found))
        if len(ids) >= limit:
            break
    return _locked(connection, [tables.cases.c.id.in_(sorted(ids)[:limit])], due, limit)


def due_cases(connection: sa.Connection, due: Due, *, limit: int) -> list[Case]:
    """Cases that are due to be deleted as a whole."""
    return _locked(connection, [], due, limit)


def delete_content(
    connection: sa.Connection, case: Case, due: Due
) -> Mapping[str, int]:
    """Delete the content of a case that is due; return the numbers of rows by table."""
    deleted = {}
    for table, condition in _content(due).items():
        rows = (table.c.case_id == case.id) & condition
        change = (
            sa.update(tables.steps).where(rows).values(sealed_values=None)
            if table is tables.steps
            else sa.delete(table).where(rows)
        )
        deleted[table.name] = connection.execute(change).rowcount
    return deleted


def delete_case(connection: sa.Connection, case: Case) -> Mapping[str, int]:
    """Delete a case with all its rows; return the numbers of rows of some tables."""
    counts = {
        table.name: connection.execute(
            sa.select(sa.func.count())
            .select_from(table)
            .where(table.c.case_id == case.id)
        ).scalar_one()
        for table in (tables.steps, tables.letters, tables.deliveries)
    }
    connection.execute(sa.delete(tables.cases).where(tables.cases.c.id == case.id))
    return counts


def _content(due: Due) -> Mapping[sa.Table, sa.ColumnElement[bool]]:
    """What is deleted earlier than the case: the condition for the rows of each table.

    A message written after the case was closed is kept as long from its own day.
    A package that nobody can fetch counts as a draft.
    """
    fetchable = sa.exists().where(
        tables.deliveries.c.package_id == tables.packages.c.id,
        tables.deliveries.c.withdrawn_at.is_(None),
    )
    return {
        tables.messages: tables.messages.c.written_at < due.before,
        tables.sealed_parts: tables.sealed_parts.c.kind.in_(CONTENT_PARTS)
        & (tables.sealed_parts.c.sealed_at < due.before),
        tables.steps: tables.steps.c.sealed_values.is_not(None)
        & (tables.steps.c.at < due.before),
        tables.packages: ~fetchable & (tables.packages.c.made_at < due.before),
    }


def _locked(
    connection: sa.Connection,
    conditions: list[sa.ColumnElement[bool]],
    due: Due,
    limit: int,
) -> list[Case]:
    query = (
        sa.select(tables.cases)
        .where(*conditions, *due.closed)
        .order_by(tables.cases.c.closed_at, tables.cases.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return database.read_all(connection, Case, query)
