"""Accounts of staff. They are disabled, never deleted: the audit trail names them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

import sqlalchemy as sa

from request_app.store import database
from request_app.store.tables import accounts, recovery_codes
from request_app.store.values import Role


@dataclass(frozen=True, kw_only=True)
class Account:
    """The account of a member of staff; without a password hash nobody signs in."""

    id: str
    name: str
    role: Role
    language: str
    created_at: datetime
    password_hash: str | None = field(default=None, repr=False)
    totp_secret: bytes | None = field(default=None, repr=False)  # sealed to the desk
    totp_last: int | None = None
    totp_since: datetime | None = None
    one_time_hash: str | None = field(default=None, repr=False)
    one_time_until: datetime | None = None
    disabled_at: datetime | None = None

    @property
    def is_enrolled(self) -> bool:
        return self.totp_since is not None


def add(connection: sa.Connection, account: Account) -> bool:
    """Add an account, unless the name is taken; tell whether it was added."""
    return database.insert_missing(connection, accounts, asdict(account))


def by_id(connection: sa.Connection, account_id: str) -> Account | None:
    query = sa.select(accounts).where(accounts.c.id == account_id)
    return database.read_one(connection, Account, query)


def by_name(connection: sa.Connection, name: str) -> Account | None:
    query = sa.select(accounts).where(accounts.c.name == name)
    return database.read_one(connection, Account, query)


def everyone(connection: sa.Connection) -> list[Account]:
    return database.read_all(
        connection, Account, sa.select(accounts).order_by(accounts.c.name)
    )


def handlers(connection: sa.Connection) -> list[Account]:
    """The enabled accounts whose role may answer cases."""
    return [
        each
        for each in everyone(connection)
        if each.disabled_at is None and each.role is not Role.VIEWER
    ]


def change(connection: sa.Connection, account_id: str, **values: object) -> None:
    """Set columns of an account: its role, language, or whether it is disabled."""
    _update(connection, accounts.c.id == account_id, values)


def set_password(
    connection: sa.Connection, account_id: str, password_hash: str
) -> None:
    change(connection, account_id, password_hash=password_hash)


def set_totp(
    connection: sa.Connection,
    account_id: str,
    secret: bytes,
    *,
    counter: int,
    now: datetime,
) -> None:
    """Store a new TOTP secret, with the counter of the code that confirmed it."""
    values = {"totp_secret": secret, "totp_last": counter, "totp_since": now}
    change(connection, account_id, **values)


def use_counter(connection: sa.Connection, account_id: str, counter: int) -> bool:
    """Accept a TOTP code only once, also when two requests send it at once."""
    unused = sa.or_(accounts.c.totp_last.is_(None), accounts.c.totp_last < counter)
    condition = (accounts.c.id == account_id) & unused
    return _update(connection, condition, {"totp_last": counter})


def set_one_time_code(
    connection: sa.Connection, account_id: str, *, code_hash: str, until: datetime
) -> None:
    change(connection, account_id, one_time_hash=code_hash, one_time_until=until)


def use_one_time_code(
    connection: sa.Connection, account_id: str, code_hash: str, *, now: datetime
) -> bool:
    """Accept a one-time code once and in time; tell whether it was accepted."""
    condition = (
        (accounts.c.id == account_id)
        & (accounts.c.one_time_hash == code_hash)
        & (accounts.c.one_time_until > now)
        & accounts.c.disabled_at.is_(None)
    )
    return _update(
        connection, condition, {"one_time_hash": None, "one_time_until": None}
    )


def set_recovery_codes(
    connection: sa.Connection, account_id: str, hashes: Iterable[str]
) -> None:
    """Replace all recovery codes of an account."""
    owner = {"account_id": account_id}
    database.replace_rows(connection, recovery_codes, owner, "code_hash", hashes)


def use_recovery_code(
    connection: sa.Connection, account_id: str, code_hash: str, *, now: datetime
) -> bool:
    """Accept a recovery code once; tell whether it was accepted."""
    used = connection.execute(
        sa.update(recovery_codes)
        .where(
            recovery_codes.c.account_id == account_id,
            recovery_codes.c.code_hash == code_hash,
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return used.rowcount == 1


def recovery_codes_left(connection: sa.Connection, account_id: str) -> int:
    left = sa.select(sa.func.count()).where(
        recovery_codes.c.account_id == account_id, recovery_codes.c.used_at.is_(None)
    )
    return connection.execute(left).scalar_one()


def _update(
    connection: sa.Connection,
    condition: sa.ColumnElement[bool],
    values: dict[str, object],
) -> bool:
    updated = connection.execute(sa.update(accounts).where(condition).values(values))
    return updated.rowcount == 1
