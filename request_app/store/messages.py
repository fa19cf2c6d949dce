"""Messages between the person and the desk, each sealed to both of them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from request_app.store.database import insert_into
from request_app.store.tables import messages
from request_app.store.values import Sender


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message; neither envelope opens with the form's key."""

    id: str
    case_id: str
    sender: Sender
    for_desk: bytes
    for_person: bytes
    written_at: datetime
    read_at: datetime | None = None


def add(connection: Connection, message: Message) -> bool:
    """Write a message once; tell whether it was new."""
    written = connection.execute(
        insert_into(connection, messages)
        .values(asdict(message))
        .on_conflict_do_nothing()
        .returning(messages.c.id)
    )
    return written.one_or_none() is not None


def of_case(connection: Connection, case_id: str) -> list[Message]:
    """The messages of a case, oldest first."""
    found = (
        select(messages)
        .where(messages.c.case_id == case_id)
        .order_by(messages.c.written_at, messages.c.id)
    )
    return [Message(**row) for row in connection.execute(found).mappings()]


def unread(connection: Connection, case_id: str, *, sender: Sender) -> int:
    """How many messages of one side the other has not seen yet."""
    found = (
        select(func.count())
        .select_from(messages)
        .where(messages.c.case_id == case_id, messages.c.sender == sender)
        .where(messages.c.read_at.is_(None))
    )
    return connection.execute(found).scalar_one()


def mark_read(
    connection: Connection,
    case_id: str,
    *,
    sender: Sender,
    now: datetime,
    until: datetime | None = None,
) -> None:
    """Note that the other side has seen what one side wrote; the first time holds.

    What was written after `until` came after the page that was read.
    """
    connection.execute(
        update(messages)
        .where(messages.c.case_id == case_id, messages.c.sender == sender)
        .where(messages.c.read_at.is_(None), messages.c.written_at <= (until or now))
        .values(read_at=now)
    )
