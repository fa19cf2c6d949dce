"""Keyed hashes of contacts, by which cases of one person are found."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from request_app.store.cases import Case
from request_app.store.database import exists_for, insert_into
from request_app.store.tables import OPEN, cases, contact_hashes


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
    sharing = (  # a list of a few; asked of each case, it would be asked of them all
        select(contact_hashes.c.case_id)
        .join(own, own.c.hash == contact_hashes.c.hash)
        .where(own.c.case_id == case_id)
    )
    found = (
        select(cases)
        .where(cases.c.id != case_id, cases.c.id.in_(sharing))
        .order_by(cases.c.received_at.desc(), cases.c.id)
        .limit(limit)
    )
    return [Case(**row) for row in connection.execute(found).mappings()]


def cases_without(connection: Connection) -> list[str]:
    """The ids of open cases that have no hashes yet, oldest first."""
    hashed = exists_for(cases, contact_hashes.c.case_id == cases.c.id)
    found = (
        select(cases.c.id).where(OPEN, ~hashed).order_by(cases.c.entered_at, cases.c.id)
    )
    return list(connection.scalars(found))
