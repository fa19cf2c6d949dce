"""Sealed parts of a case: what the person wrote, readable with the desk's key only."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from request_app.store.tables import sealed_parts


@dataclass(frozen=True, kw_only=True)
class Part:
    """One envelope of a case."""

    id: str
    case_id: str
    kind: str
    envelope: bytes
    sealed_at: datetime


def add(connection: Connection, part: Part) -> None:
    connection.execute(insert(sealed_parts), asdict(part))


def put(connection: Connection, part: Part) -> None:
    """Write an envelope in the place of the one of its kind."""
    connection.execute(
        delete(sealed_parts).where(
            sealed_parts.c.case_id == part.case_id, sealed_parts.c.kind == part.kind
        )
    )
    add(connection, part)


def remove(connection: Connection, case_id: str, kind: str) -> None:
    """Remove the envelope of a kind."""
    connection.execute(
        delete(sealed_parts).where(
            sealed_parts.c.case_id == case_id, sealed_parts.c.kind == kind
        )
    )


def of_case(connection: Connection, case_id: str) -> dict[str, Part]:
    """The envelopes of a case by their kind."""
    found = select(sealed_parts).where(sealed_parts.c.case_id == case_id)
    parts = (Part(**row) for row in connection.execute(found).mappings())
    return {part.kind: part for part in parts}
