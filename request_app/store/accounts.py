"""Accounts of staff. They are disabled, never removed: the audit trail names them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from request_app.store.database import insert_into
from request_app.store.tables import accounts, recovery_codes
from request_app.store.values import Role


@dataclass(frozen=True, kw_only=True)
class Account:
    """A member of staff. Without a password hash nobody can sign in."""

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


def add(connection: Connection, account: Account) -> bool:
    """Write an account, unless the name is taken."""
    written = connection.execute(
        insert_into(connection, accounts)
        .values(asdict(account))
        .on_conflict_do_nothing(index_elements=["name"])
        .returning(accounts.c.id)
    )
    return written.one_or_none() is not None


def by_id(connection: Connection, account_id: str) -> Account | None:
    return _one(connection, accounts.c.id == account_id)


def by_name(connection: Connection, name: str) -> Account | None:
    return _one(connection, accounts.c.name == name)


def everyone(connection: Connection) -> list[Account]:
    found = select(accounts).order_by(accounts.c.name)
    return [Account(**row) for row in connection.execute(found).mappings()]


def handlers(connection: Connection) -> list[Account]:
    """Those who may answer cases."""
    return [
        each
        for each in everyone(connection)
        if each.disabled_at is None and each.role is not Role.VIEWER
    ]


def change(connection: Connection, account_id: str, **values: object) -> None:
    """Write columns of an account: its role, language, or whether it is disabled."""
    _change(connection, accounts.c.id == account_id, values)


def set_password(connection: Connection, account_id: str, password_hash: str) -> None:
    change(connection, account_id, password_hash=password_hash)


def set_totp(
    connection: Connection,
    account_id: str,
    secret: bytes,
    *,
    counter: int,
    now: datetime,
) -> None:
    """Keep a new secret, with the counter of the code that proved it."""
    values = {"totp_secret": secret, "totp_last": counter, "totp_since": now}
    change(connection, account_id, **values)


def use_counter(connection: Connection, account_id: str, counter: int) -> bool:
    """Accept a code once: of two requests with the same one, the database takes one."""
    fresh = or_(accounts.c.totp_last.is_(None), accounts.c.totp_last < counter)
    here = (accounts.c.id == account_id) & fresh
    return _change(connection, here, {"totp_last": counter})


def give_one_time_code(
    connection: Connection, account_id: str, *, code_hash: str, until: datetime
) -> None:
    change(connection, account_id, one_time_hash=code_hash, one_time_until=until)


def use_one_time_code(
    connection: Connection, account_id: str, code_hash: str, *, now: datetime
) -> bool:
    """Take the code away from whoever comes second, and from who comes too late."""
    here = (
        (accounts.c.id == account_id)
        & (accounts.c.one_time_hash == code_hash)
        & (accounts.c.one_time_until > now)
        & accounts.c.disabled_at.is_(None)
    )
    return _change(connection, here, {"one_time_hash": None, "one_time_until": None})


def set_recovery_codes(
    connection: Connection, account_id: str, hashes: Iterable[str]
) -> None:
    """Put these in the place of all former ones."""
    connection.execute(
        delete(recovery_codes).where(recovery_codes.c.account_id == account_id)
    )
    rows = [{"account_id": account_id, "code_hash": each} for each in hashes]
    if rows:
        connection.execute(insert(recovery_codes), rows)


def use_recovery_code(
    connection: Connection, account_id: str, code_hash: str, *, now: datetime
) -> bool:
    used = connection.execute(
        update(recovery_codes)
        .where(
            recovery_codes.c.account_id == account_id,
            recovery_codes.c.code_hash == code_hash,
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return used.rowcount == 1


def recovery_codes_left(connection: Connection, account_id: str) -> int:
    left = select(func.count()).where(
        recovery_codes.c.account_id == account_id, recovery_codes.c.used_at.is_(None)
    )
    return connection.execute(left).scalar_one()


def _change(
    connection: Connection, here: ColumnElement[bool], values: dict[str, object]
) -> bool:
    changed = connection.execute(update(accounts).where(here).values(values))
    return changed.rowcount == 1


def _one(connection: Connection, here: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(accounts).where(here)).mappings().one_or_none()
    return None if row is None else Account(**row)
