"""Visits: valid sessions with their accounts, limited in idle and in total time.

After OWASP ASVS 5.0: 7.2.3 (random tokens), 7.2.4 (a new token at each stage), 7.3
(time limits).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from request_app.store import accounts, sessions
from request_app.store.values import SignInStage

TOKEN_BYTES = 32
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
PROVED = timedelta(minutes=10)  # how long a given password allows sensitive changes
BROWSER_CHARACTERS = 200


@dataclass(frozen=True)
class Visit:
    """A valid session, and its account as it is now."""

    session: sessions.Session
    account: accounts.Account

    @property
    def is_signed_in(self) -> bool:
        return self.session.stage is SignInStage.SIGNED_IN

    def is_proved(self, now: datetime) -> bool:
        """Whether the password was given within the last ten minutes."""
        proved_at = self.session.proved_at
        return proved_at is not None and now < proved_at + PROVED


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """The hash that is stored of a token; 256 random bits need no slow hash."""
    return sha256(b"seloste session\0" + token.encode()).hexdigest()


def find(connection: Connection, token: str, *, now: datetime) -> Visit | None:
    """Find the visit of a token, unless it has expired or the account is disabled."""
    session = sessions.by_token_hash(connection, token_hash(token))
    if session is None or is_expired(session, now):
        return None
    account = accounts.by_id(connection, session.account_id)
    if account is None or account.disabled_at is not None:
        return None
    return Visit(session, account)


def is_expired(session: sessions.Session, now: datetime) -> bool:
    return now >= min(session.seen_at + IDLE, session.started_at + LONGEST)


@dataclass(frozen=True)
class NewVisit:
    """A new visit, with its token, which is stored nowhere else."""

    token: str
    visit: Visit


def begin(
    connection: Connection,
    account: accounts.Account,
    *,
    browser: str,
    now: datetime,
    notes: Mapping[str, str],
) -> NewVisit:
    """Start a visit after a right password, before the second factor."""
    session = sessions.Session(
        id=secrets.token_hex(16),
        token_hash="",
        account_id=account.id,
        stage=SignInStage.PASSWORD,
        notes=notes,
        browser=browser[:BROWSER_CHARACTERS],
        started_at=now,
        seen_at=now,
        proved_at=now,
    )
    return _add(connection, session, account)


def renew(
    connection: Connection, visit: Visit, *, now: datetime, notes: Mapping[str, str]
) -> NewVisit:
    """Sign in after a right second factor, with a new session and token."""
    sessions.end(connection, visit.session.id, account_id=visit.account.id)
    session = replace(
        visit.session,
        id=secrets.token_hex(16),
        stage=SignInStage.SIGNED_IN,
        started_at=now,
        seen_at=now,
        notes=notes,
    )
    return _add(connection, session, visit.account)


def confirm(connection: Connection, visit: Visit, *, now: datetime) -> NewVisit:
    """Note that the password was given again, and continue with a new token."""
    token = new_token()
    session = replace(visit.session, token_hash=token_hash(token), proved_at=now)
    sessions.confirm(connection, session.id, token_hash=session.token_hash, now=now)
    return NewVisit(token, Visit(session, visit.account))


def delete_expired(connection: Connection, *, now: datetime) -> None:
    sessions.delete_expired(
        connection, seen_before=now - IDLE, started_before=now - LONGEST
    )


def _add(
    connection: Connection, session: sessions.Session, account: accounts.Account
) -> NewVisit:
    token = new_token()
    session = replace(session, token_hash=token_hash(token))
    sessions.add(connection, session)
    return NewVisit(token, Visit(session, account))
