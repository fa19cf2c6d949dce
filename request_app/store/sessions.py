"""Sessions of staff: the browser holds a token, the database its hash."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from request_app.store.tables import staff_sessions
from request_app.store.values import Stage


@dataclass(frozen=True, kw_only=True)
class Session:
    """One browser in which somebody gave a password."""

    id: str
    token_hash: str = field(repr=False)
    account_id: str
    stage: Stage
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)
    browser: str
    started_at: datetime
    seen_at: datetime
    proved_at: datetime | None = None


def add(connection: Connection, session: Session) -> None:
    connection.execute(insert(staff_sessions), asdict(session))


def by_token_hash(connection: Connection, token_hash: str) -> Session | None:
    found = select(staff_sessions).where(staff_sessions.c.token_hash == token_hash)
    row = connection.execute(found).mappings().one_or_none()
    return None if row is None else Session(**row)


def of_account(connection: Connection, account_id: str) -> list[Session]:
    """Where an account is signed in, the newest use first."""
    found = (
        select(staff_sessions)
        .where(
            staff_sessions.c.account_id == account_id,
            staff_sessions.c.stage == Stage.SIGNED_IN,
        )
        .order_by(staff_sessions.c.seen_at.desc(), staff_sessions.c.id)
    )
    return [Session(**row) for row in connection.execute(found).mappings()]


def touch(connection: Connection, session_id: str, *, now: datetime) -> None:
    _change(connection, session_id, seen_at=now)


def prove(
    connection: Connection, session_id: str, *, token_hash: str, now: datetime
) -> None:
    _change(connection, session_id, token_hash=token_hash, proved_at=now)


def keep_notes(
    connection: Connection, session_id: str, notes: Mapping[str, str]
) -> None:
    _change(connection, session_id, notes=notes)


def end(connection: Connection, session_id: str, *, account_id: str) -> bool:
    """End a session of this account; one of another is not there for it."""
    here = staff_sessions.c.id == session_id
    return bool(_drop(connection, here & (staff_sessions.c.account_id == account_id)))


def end_all(connection: Connection, account_id: str, *, but: str | None = None) -> int:
    """End every session of an account, but for the one that asks for it."""
    here = staff_sessions.c.account_id == account_id
    return _drop(
        connection, here if but is None else here & (staff_sessions.c.id != but)
    )


def forget(
    connection: Connection, *, seen_before: datetime, started_before: datetime
) -> None:
    """Drop what nobody can use any more."""
    _drop(
        connection,
        (staff_sessions.c.seen_at <= seen_before)
        | (staff_sessions.c.started_at <= started_before),
    )


def _change(connection: Connection, session_id: str, **values: object) -> None:
    connection.execute(
        update(staff_sessions).where(staff_sessions.c.id == session_id).values(values)
    )


def _drop(connection: Connection, here: ColumnElement[bool]) -> int:
    return connection.execute(delete(staff_sessions).where(here)).rowcount
