"""The outbox: mails stored with their case and sent later by the worker."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from request_app.store.database import read_all, read_one
from request_app.store.tables import outbox

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
_TO_TEAM = outbox.c.case_id.is_(None)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail as the facts it is written from; its address is sealed to the desk."""

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


def put(connection: sa.Connection, mail: Mail) -> None:
    connection.execute(sa.insert(outbox), asdict(mail))


def claim(connection: sa.Connection, *, now: datetime) -> Mail | None:
    """Take the mail that has waited longest, and count a try before it is sent.

    Commit before sending: if the worker dies, the mail is sent at its next try. One
    mail at a time, because sending must end before that next try begins.
    """
    query = (
        sa.select(outbox)
        .where(outbox.c.next_try_at <= now)
        .order_by(outbox.c.next_try_at, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    mail = read_one(connection, Mail, query)
    if mail is None:
        return None
    tries, again = mail.tries + 1, now + wait_after(mail.tries)
    connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == mail.id)
        .values(tries=tries, next_try_at=again)
    )
    return replace(mail, tries=tries, next_try_at=again)


def mark_sent(connection: sa.Connection, mail_id: str, *, now: datetime) -> None:
    _settle(connection, mail_id, sent_at=now)


def give_up(connection: sa.Connection, mail_id: str, *, now: datetime) -> None:
    """Stop trying; the desk shows the failure to staff."""
    _settle(connection, mail_id, failed_at=now)


def recall(connection: sa.Connection, mail_id: str) -> None:
    """Delete a mail that was not sent yet, because its content is no longer true."""
    waiting = outbox.c.next_try_at.is_not(None)
    connection.execute(sa.delete(outbox).where(outbox.c.id == mail_id, waiting))


def by_id(connection: sa.Connection, mail_id: str) -> Mail | None:
    return read_one(connection, Mail, sa.select(outbox).where(outbox.c.id == mail_id))


def of_case(connection: sa.Connection, case_id: str) -> list[Mail]:
    """The mails of a case, oldest first."""
    query = (
        sa.select(outbox)
        .where(outbox.c.case_id == case_id)
        .order_by(outbox.c.created_at, outbox.c.id)
    )
    return read_all(connection, Mail, query)


def last_to_team(connection: sa.Connection, kind: str) -> datetime | None:
    """When the last mail of a kind to the desk's own team was written."""
    newest = sa.func.max(outbox.c.created_at, type_=outbox.c.created_at.type)
    found = sa.select(newest).where(_TO_TEAM, outbox.c.kind == kind)
    at: datetime | None = connection.scalar(found)
    return at


def failed_to_team(connection: sa.Connection, *, since: datetime) -> int:
    """How many mails to the desk's own team were given up since an instant."""
    failed = sa.select(sa.func.count()).where(_TO_TEAM, outbox.c.failed_at >= since)
    return connection.execute(failed).scalar_one()


def delete_team_mails(connection: sa.Connection, *, before: datetime) -> None:
    """Delete old mails to the desk's own team; those of a case go with the case."""
    old = outbox.c.created_at < before
    connection.execute(sa.delete(outbox).where(_TO_TEAM, old))


def wait_after(tries: int) -> timedelta:
    """How long to wait after a number of failed tries: twice as long each time."""
    return min(FIRST_WAIT * (1 << min(tries, 10)), LONGEST_WAIT)


def _settle(connection: sa.Connection, mail_id: str, **when: datetime) -> None:
    connection.execute(
        sa.update(outbox).where(outbox.c.id == mail_id).values(next_try_at=None, **when)
    )
