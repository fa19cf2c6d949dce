"""Accounts: who gives them, and the one-time code with which a password is set.

Nobody but its owner ever knows a password (OWASP ASVS 5.0, 6.4.1 and 6.4.6).
"""

import re
import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import Connection

from request_app.sealing import AccessCode, new_code
from request_app.store import accounts, audit, sessions
from request_app.store.accounts import Account
from request_app.store.values import Role

ONE_TIME = timedelta(hours=24)
NAME = re.compile(r"[^\W_][\w.@-]{1,63}")


class AccountError(Exception):
    """What was asked of an account cannot be done."""


def actor_of(account: Account) -> str:
    return f"staff:{account.name}"


def read_name(typed: str) -> str:
    """A name as the database has it, whatever the case and spaces typed."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def find(connection: Connection, typed: str) -> Account:
    account = accounts.by_name(connection, read_name(typed))
    if account is None:
        raise AccountError(f"There is no account {typed}.")
    return account


def add(  # noqa: PLR0913 - who may do what, and who says so
    connection: Connection,
    typed: str,
    *,
    role: Role,
    language: str,
    actor: str,
    now: datetime,
) -> AccessCode:
    """Open an account; return the code with which its owner sets a password."""
    name = read_name(typed)
    if not NAME.fullmatch(name):
        raise AccountError("A name has 2 to 64 letters, digits, dots, dashes or @.")
    account = Account(
        id=secrets.token_hex(16),
        name=name,
        role=role,
        language=language,
        created_at=now,
    )
    if not accounts.add(connection, account):
        raise AccountError(f"There is an account {name} already.")
    code = _give_code(connection, account, now=now)
    _tell(connection, account, "staff.added", actor=actor, now=now, role=role)
    return code


def reset(
    connection: Connection, account: Account, *, actor: str, now: datetime
) -> AccessCode:
    """Start again: password, second factor, recovery codes and sessions are gone."""
    accounts.change(
        connection,
        account.id,
        password_hash=None,
        totp_secret=None,
        totp_last=None,
        totp_since=None,
    )
    accounts.set_recovery_codes(connection, account.id, [])
    sessions.end_all(connection, account.id)
    code = _give_code(connection, account, now=now)
    _tell(connection, account, "staff.reset", actor=actor, now=now)
    return code


def disable(
    connection: Connection, account: Account, *, actor: str, now: datetime
) -> None:
    """Close an account; whoever is signed in to it is out at once."""
    accounts.change(
        connection,
        account.id,
        disabled_at=now,
        one_time_hash=None,
        one_time_until=None,
    )
    sessions.end_all(connection, account.id)
    _tell(connection, account, "staff.disabled", actor=actor, now=now)


def enable(
    connection: Connection, account: Account, *, actor: str, now: datetime
) -> None:
    accounts.change(connection, account.id, disabled_at=None)
    _tell(connection, account, "staff.enabled", actor=actor, now=now)


def change_role(
    connection: Connection, account: Account, role: Role, *, actor: str, now: datetime
) -> None:
    """Hold from the next request on."""
    accounts.change(connection, account.id, role=role)
    _tell(connection, account, "staff.role", actor=actor, now=now, role=role)


def _give_code(
    connection: Connection, account: Account, *, now: datetime
) -> AccessCode:
    code = new_code()
    accounts.give_one_time_code(
        connection, account.id, code_hash=code.hash, until=now + ONE_TIME
    )
    return code


def _tell(
    connection: Connection,
    account: Account,
    action: str,
    *,
    actor: str,
    now: datetime,
    **facts: str,
) -> None:
    told = {"account": account.name} | {key: str(facts[key]) for key in facts}
    audit.append(connection, at=now, actor=actor, action=action, facts=told)
