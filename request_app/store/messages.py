"""Messages between the requester and the desk, each sealed to both of them."""

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from request_app.store.database import insert_missing, read_all
from request_app.store.tables import messages
from request_app.store.values import Sender


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message; the form's key opens neither of its envelopes."""

    id: str
    case_id: str
    sender: Sender
    for_desk: bytes
    for_person: bytes
    written_at: datetime
    read_at: datetime | None = None


def add(connection: sa.Connection, message: Message) -> bool:
    """Add a message once, by its id; tell whether it was new."""
    return insert_missing(connection, messages, asdict(message))


def of_case(connection: sa.Connection, case_id: str) -> list[Message]:
    """The messages of a case, oldest first."""
    query = (
        sa.select(messages)
        .where(messages.c.case_id == case_id)
        .order_by(messages.c.written_at, messages.c.id)
    )
    return read_all(connection, Message, query)


def unread(connection: sa.Connection, case_id: str, *, sender: Sender) -> int:
    """How many messages of one side the other side has not read yet."""
    found = (
        sa.select(sa.func.count())
        .select_from(messages)
        .where(messages.c.case_id == case_id, messages.c.sender == sender)
        .where(messages.c.read_at.is_(None))
    )
    return connection.execute(found).scalar_one()


def mark_read(
    connection: sa.Connection,
    case_id: str,
    *,
    sender: Sender,
    now: datetime,
    until: datetime | None = None,
) -> None:
    """Note when the other side read the messages of one side; the first time stays.

    Messages written after `until` were not yet on the page that was read.
    """
    connection.execute(
        sa.update(messages)
        .where(messages.c.case_id == case_id, messages.c.sender == sender)
        .where(messages.c.read_at.is_(None), messages.c.written_at <= (until or now))
        .values(read_at=now)
    )
