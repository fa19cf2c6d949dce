"""Sessions: a random token in the browser, its hash in the database, two ends in time.

After OWASP ASVS 5.0: 7.2.3 (tokens), 7.2.4 (a new one at each stage), 7.3 (ends).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from request_app.store import accounts, sessions
from request_app.store.accounts import Account
from request_app.store.sessions import Session
from request_app.store.values import Stage

TOKEN_BYTES = 32
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
PROVED = timedelta(minutes=10)  # for how long a password given opens what is delicate
BROWSER_CHARACTERS = 200


@dataclass(frozen=True)
class Visit:
    """A session that holds, and whose it is. The account is as it is now."""

    session: Session
    account: Account

    @property
    def is_signed_in(self) -> bool:
        return self.session.stage is Stage.SIGNED_IN

    def is_proved(self, now: datetime) -> bool:
        """Whether the password was given a moment ago."""
        proved_at = self.session.proved_at
        return proved_at is not None and now < proved_at + PROVED


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What the database keeps of a token; 256 bits need no slow hash."""
    return sha256(b"seloste session\0" + token.encode()).hexdigest()


def find(connection: Connection, token: str, *, now: datetime) -> Visit | None:
    """The visit that a token belongs to, unless it is over or the account disabled."""
    session = sessions.by_token_hash(connection, token_hash(token))
    if session is None or is_over(session, now):
        return None
    account = accounts.by_id(connection, session.account_id)
    if account is None or account.disabled_at is not None:
        return None
    return Visit(session, account)


def is_over(session: Session, now: datetime) -> bool:
    return now >= min(session.seen_at + IDLE, session.started_at + LONGEST)


@dataclass(frozen=True)
class Begun:
    """A visit that begins, with the token that is in no other place."""

    token: str
    visit: Visit


def begin(
    connection: Connection,
    account: Account,
    *,
    browser: str,
    now: datetime,
    notes: Mapping[str, str],
) -> Begun:
    """The password was right: the second factor is still to come."""
    session = Session(
        id=secrets.token_hex(16),
        token_hash="",
        account_id=account.id,
        stage=Stage.PASSWORD,
        notes=notes,
        browser=browser[:BROWSER_CHARACTERS],
        started_at=now,
        seen_at=now,
        proved_at=now,
    )
    return _written(connection, session, account)


def renew(
    connection: Connection, visit: Visit, *, now: datetime, notes: Mapping[str, str]
) -> Begun:
    """The second factor was right: the same browser goes on with a new token."""
    sessions.end(connection, visit.session.id, account_id=visit.account.id)
    session = replace(
        visit.session,
        id=secrets.token_hex(16),
        stage=Stage.SIGNED_IN,
        started_at=now,
        seen_at=now,
        notes=notes,
    )
    return _written(connection, session, visit.account)


def prove(connection: Connection, visit: Visit, *, now: datetime) -> Begun:
    """The password was right once more: the session goes on with a new token."""
    token = new_token()
    session = replace(visit.session, token_hash=token_hash(token), proved_at=now)
    sessions.prove(connection, session.id, token_hash=session.token_hash, now=now)
    return Begun(token, Visit(session, visit.account))


def forget_ended(connection: Connection, *, now: datetime) -> None:
    sessions.forget(connection, seen_before=now - IDLE, started_before=now - LONGEST)


def _written(connection: Connection, session: Session, account: Account) -> Begun:
    token = new_token()
    session = replace(session, token_hash=token_hash(token))
    sessions.add(connection, session)
    return Begun(token, Visit(session, account))
