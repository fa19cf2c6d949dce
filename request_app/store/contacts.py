"""Keyed hashes of contacts, by which cases of one person are found."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, select

from request_app.store.cases import Case
from request_app.store.database import insert_into
from request_app.store.tables import cases, contact_hashes


def add(connection: Connection, case_id: str, hashes: Iterable[str]) -> None:
    """Write the hashes of a case; those that are there already stay."""
    rows = [{"case_id": case_id, "hash": each} for each in sorted(set(hashes))]
    if rows:
        connection.execute(
            insert_into(connection, contact_hashes)
            .values(rows)
            .on_conflict_do_nothing()
        )


def sharing(connection: Connection, case_id: str, *, limit: int) -> list[Case]:
    """Other cases with a hash of this one, the newest first."""
    own = contact_hashes.alias()
    shared = (
        exists()
        .where(contact_hashes.c.case_id == cases.c.id)
        .where(own.c.case_id == case_id, own.c.hash == contact_hashes.c.hash)
    )
    found = (
        select(cases)
        .where(cases.c.id != case_id, shared)
        .order_by(cases.c.received_at.desc(), cases.c.id)
        .limit(limit)
    )
    return [Case(**row) for row in connection.execute(found).mappings()]


def cases_without(connection: Connection) -> list[str]:
    """The ids of cases that have no hashes yet, oldest first."""
    hashed = exists().where(contact_hashes.c.case_id == cases.c.id)
    found = select(cases.c.id).where(~hashed).order_by(cases.c.entered_at, cases.c.id)
    return list(connection.scalars(found))
