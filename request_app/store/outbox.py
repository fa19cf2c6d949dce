"""Mails that wait to be sent: written with the case, sent by the worker."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from request_app.store.tables import outbox

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
_TO_TEAM = outbox.c.case_id.is_(None)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail as facts; its address is sealed to the desk."""

    id: str
    case_id: str | None
    kind: str
    language: str
    address: bytes
    facts: Mapping[str, str]
    message_id: str  # fixed, so that a mail sent twice is known as one
    created_at: datetime
    tries: int = 0
    next_try_at: datetime | None
    sent_at: datetime | None = None
    failed_at: datetime | None = None


def put(connection: Connection, mail: Mail) -> None:
    connection.execute(insert(outbox), asdict(mail))


def claim(connection: Connection, *, now: datetime) -> Mail | None:
    """The mail that has waited longest, counted as tried before it is sent.

    Commit before sending: a worker that dies leaves its mail for the next try. It is
    one mail, for the time until that try must be longer than sending may take.
    """
    due = (
        select(outbox)
        .where(outbox.c.next_try_at <= now)
        .order_by(outbox.c.next_try_at, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(due).mappings().one_or_none()
    if row is None:
        return None
    mail = Mail(**row)
    tries, again = mail.tries + 1, now + wait_after(mail.tries)
    connection.execute(
        update(outbox)
        .where(outbox.c.id == mail.id)
        .values(tries=tries, next_try_at=again)
    )
    return replace(mail, tries=tries, next_try_at=again)


def mark_sent(connection: Connection, mail_id: str, *, now: datetime) -> None:
    _settle(connection, mail_id, sent_at=now)


def give_up(connection: Connection, mail_id: str, *, now: datetime) -> None:
    """Stop trying; staff are shown what failed."""
    _settle(connection, mail_id, failed_at=now)


def recall(connection: Connection, mail_id: str) -> None:
    """Drop a mail that has not gone out yet, for it tells what holds no more."""
    waiting = outbox.c.next_try_at.is_not(None)
    connection.execute(delete(outbox).where(outbox.c.id == mail_id, waiting))


def by_id(connection: Connection, mail_id: str) -> Mail | None:
    found = select(outbox).where(outbox.c.id == mail_id)
    row = connection.execute(found).mappings().one_or_none()
    return None if row is None else Mail(**row)


def of_case(connection: Connection, case_id: str) -> list[Mail]:
    """The mails of a case, oldest first."""
    found = (
        select(outbox)
        .where(outbox.c.case_id == case_id)
        .order_by(outbox.c.created_at, outbox.c.id)
    )
    return [Mail(**row) for row in connection.execute(found).mappings()]


def last_to_team(connection: Connection, kind: str) -> datetime | None:
    """When the desk's own people were last written to."""
    newest = func.max(outbox.c.created_at, type_=outbox.c.created_at.type)
    found = select(newest).where(_TO_TEAM, outbox.c.kind == kind)
    at: datetime | None = connection.scalar(found)
    return at


def lost_to_team(connection: Connection, *, since: datetime) -> int:
    """How many mails to the desk's own people were given up since then."""
    lost = select(func.count()).where(_TO_TEAM, outbox.c.failed_at >= since)
    return connection.execute(lost).scalar_one()


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many failed tries: twice as long each time."""
    return min(FIRST_WAIT * (1 << min(tries, 10)), LONGEST_WAIT)


def _settle(connection: Connection, mail_id: str, **when: datetime) -> None:
    connection.execute(
        update(outbox).where(outbox.c.id == mail_id).values(next_try_at=None, **when)
    )
