"""Sessions of staff: the browser has a token, the database its hash."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

import sqlalchemy as sa

from request_app.store.database import read_all, read_one
from request_app.store.tables import staff_sessions
from request_app.store.values import SignInStage


@dataclass(frozen=True, kw_only=True)
class Session:
    """A browser in which the password of an account was given."""

    id: str
    token_hash: str = field(repr=False)
    account_id: str
    stage: SignInStage
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)
    browser: str
    started_at: datetime
    seen_at: datetime
    proved_at: datetime | None = None


def add(connection: sa.Connection, session: Session) -> None:
    connection.execute(sa.insert(staff_sessions), asdict(session))


def by_token_hash(connection: sa.Connection, token_hash: str) -> Session | None:
    query = sa.select(staff_sessions).where(staff_sessions.c.token_hash == token_hash)
    return read_one(connection, Session, query)


def of_account(connection: sa.Connection, account_id: str) -> list[Session]:
    """The signed-in sessions of an account, the last used first."""
    query = (
        sa.select(staff_sessions)
        .where(
            staff_sessions.c.account_id == account_id,
            staff_sessions.c.stage == SignInStage.SIGNED_IN,
        )
        .order_by(staff_sessions.c.seen_at.desc(), staff_sessions.c.id)
    )
    return read_all(connection, Session, query)


def touch(connection: sa.Connection, session_id: str, *, now: datetime) -> None:
    """Note when a session was last used."""
    _update(connection, session_id, seen_at=now)


def confirm(
    connection: sa.Connection, session_id: str, *, token_hash: str, now: datetime
) -> None:
    """Note when the password was given again, and change the token."""
    _update(connection, session_id, token_hash=token_hash, proved_at=now)


def set_notes(
    connection: sa.Connection, session_id: str, notes: Mapping[str, str]
) -> None:
    """Store what a page of the desk keeps for the next one."""
    _update(connection, session_id, notes=notes)


def end(connection: sa.Connection, session_id: str, *, account_id: str) -> bool:
    """End a session if it is one of this account; tell whether it was."""
    own = staff_sessions.c.account_id == account_id
    return bool(_delete(connection, own & (staff_sessions.c.id == session_id)))


def end_all(
    connection: sa.Connection, account_id: str, *, keep: str | None = None
) -> int:
    """End every session of an account, except the one with the id `keep`."""
    own = staff_sessions.c.account_id == account_id
    ended = own if keep is None else own & (staff_sessions.c.id != keep)
    return _delete(connection, ended)


def delete_expired(
    connection: sa.Connection, *, seen_before: datetime, started_before: datetime
) -> None:
    """Delete the sessions that were last used, or started, too long ago."""
    _delete(
        connection,
        (staff_sessions.c.seen_at <= seen_before)
        | (staff_sessions.c.started_at <= started_before),
    )


def _update(connection: sa.Connection, session_id: str, **values: object) -> None:
    connection.execute(
        sa.update(staff_sessions)
        .where(staff_sessions.c.id == session_id)
        .values(values)
    )


def _delete(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.delete(staff_sessions).where(condition)).rowcount
