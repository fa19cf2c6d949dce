"""Sealed parts of a case: what the requester wrote, readable with the desk's key."""

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from request_app.store.database import read_all
from request_app.store.tables import sealed_parts


@dataclass(frozen=True, kw_only=True)
class Part:
    """One envelope of a case."""

    id: str
    case_id: str
    kind: str
    envelope: bytes
    sealed_at: datetime


def add(connection: sa.Connection, part: Part) -> None:
    connection.execute(sa.insert(sealed_parts), asdict(part))


def put(connection: sa.Connection, part: Part) -> None:
    """Replace the envelope of its kind."""
    remove(connection, part.case_id, part.kind)
    add(connection, part)


def remove(connection: sa.Connection, case_id: str, kind: str) -> None:
    """Remove the envelope of a kind."""
    connection.execute(
        sa.delete(sealed_parts).where(
            sealed_parts.c.case_id == case_id, sealed_parts.c.kind == kind
        )
    )


def of_case(connection: sa.Connection, case_id: str) -> dict[str, Part]:
    """The envelopes of a case by their kind."""
    query = sa.select(sealed_parts).where(sealed_parts.c.case_id == case_id)
    return {part.kind: part for part in read_all(connection, Part, query)}
