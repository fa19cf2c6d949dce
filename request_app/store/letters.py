"""Letters: what was sent to the requester and to recipients of the data."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa

from request_app.store.database import read_all
from request_app.store.tables import letters
from request_app.store.values import Correspondent, LetterKind, Way


@dataclass(frozen=True, kw_only=True)
class StoredLetter:
    """One letter as it was sent; its text is in an envelope."""

    id: str
    case_id: str
    kind: LetterKind
    addressee: Correspondent
    recipient: str | None = None
    language: str
    way: Way
    sealed: bytes
    actor: str
    entered_at: datetime
    sent_on: date


def add(connection: sa.Connection, letter: StoredLetter) -> None:
    connection.execute(sa.insert(letters), asdict(letter))


def of_case(connection: sa.Connection, case_id: str) -> list[StoredLetter]:
    """The letters of a case, oldest first."""
    query = (
        sa.select(letters)
        .where(letters.c.case_id == case_id)
        .order_by(letters.c.entered_at, letters.c.id)
    )
    return read_all(connection, StoredLetter, query)
