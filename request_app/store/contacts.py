"""Keyed hashes of contact details, by which other cases of a person are found."""

from collections.abc import Iterable

import sqlalchemy as sa

from request_app.store import database
from request_app.store.cases import Case
from request_app.store.tables import OPEN, cases, contact_hashes


def add(connection: sa.Connection, case_id: str, hashes: Iterable[str]) -> None:
    """Add the hashes of a case that are not there yet."""
    rows = [{"case_id": case_id, "hash": each} for each in sorted(set(hashes))]
    if rows:
        database.insert_missing(connection, contact_hashes, *rows)


def sharing(connection: sa.Connection, case_id: str, *, limit: int) -> list[Case]:
    """Other cases that share a hash with this one, the newest first."""
    own = contact_hashes.alias()
    sharing = (  # uncorrelated, so that it runs once and not for every case
        sa.select(contact_hashes.c.case_id)
        .join(own, own.c.hash == contact_hashes.c.hash)
        .where(own.c.case_id == case_id)
    )
    query = (
        sa.select(cases)
        .where(cases.c.id != case_id, cases.c.id.in_(sharing))
        .order_by(cases.c.received_at.desc(), cases.c.id)
        .limit(limit)
    )
    return database.read_all(connection, Case, query)


def cases_without(connection: sa.Connection) -> list[str]:
    """The ids of the open cases without hashes, oldest first."""
    hashed = database.exists_for(cases, contact_hashes.c.case_id == cases.c.id)
    found = (
        sa.select(cases.c.id)
        .where(OPEN, ~hashed)
        .order_by(cases.c.entered_at, cases.c.id)
    )
    return list(connection.scalars(found))
