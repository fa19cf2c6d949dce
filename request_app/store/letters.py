"""Letters: what was written to the person and to recipients of the data."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from request_app.store.tables import letters
from request_app.store.values import Correspondent, LetterKind, Way


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter; its words are in an envelope."""

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


def add(connection: Connection, letter: Letter) -> None:
    connection.execute(insert(letters), asdict(letter))


def of_case(connection: Connection, case_id: str) -> list[Letter]:
    """The letters of a case, oldest first."""
    found = (
        select(letters)
        .where(letters.c.case_id == case_id)
        .order_by(letters.c.entered_at, letters.c.id)
    )
    return [Letter(**row) for row in connection.execute(found).mappings()]
