"""Managing accounts: each starts with a one-time code that sets its password.

Nobody but the owner ever knows a password (OWASP ASVS 5.0, 6.4.1 and 6.4.6).
"""

import re
import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import Connection

from request_app.sealing import AccessCode, new_code
from request_app.store import accounts, audit, sessions
from request_app.store.values import Role

ONE_TIME = timedelta(hours=24)
NAME = re.compile(r"[^\W_][\w.@-]{1,63}")


class AccountError(Exception):
    """The change of an account is not possible; the message is a sentence."""


def actor_of(account: accounts.Account) -> str:
    return f"staff:{account.name}"


def read_name(typed: str) -> str:
    """Normalise a typed account name: its case and the spaces around it."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def find(connection: Connection, typed: str) -> accounts.Account:
    account = accounts.by_name(connection, read_name(typed))
    if account is None:
        raise AccountError(f"There is no account {typed}.")
    return account


def add(  # noqa: PLR0913 - an account, and who adds it when
    connection: Connection,
    typed: str,
    *,
    role: Role,
    language: str,
    actor: str,
    now: datetime,
) -> AccessCode:
    """Add an account; return the code with which its owner sets a password."""
    name = read_name(typed)
    if not NAME.fullmatch(name):
        raise AccountError("A name has 2 to 64 letters, digits, dots, dashes or @.")
    account = accounts.Account(
        id=secrets.token_hex(16),
        name=name,
        role=role,
        language=language,
        created_at=now,
    )
    if not accounts.add(connection, account):
        raise AccountError(f"There is an account {name} already.")
    code = _new_one_time_code(connection, account, now=now)
    _audit(connection, account, "staff.added", actor=actor, now=now, role=role)
    return code


def reset(
    connection: Connection, account: accounts.Account, *, actor: str, now: datetime
) -> AccessCode:
    """Delete all secrets and sessions of an account; return a new one-time code."""
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
    code = _new_one_time_code(connection, account, now=now)
    _audit(connection, account, "staff.reset", actor=actor, now=now)
    return code


def disable(
    connection: Connection, account: accounts.Account, *, actor: str, now: datetime
) -> None:
    """Disable an account, and end its sessions at once."""
    accounts.change(
        connection, account.id, disabled_at=now, one_time_hash=None, one_time_until=None
    )
    sessions.end_all(connection, account.id)
    _audit(connection, account, "staff.disabled", actor=actor, now=now)


def enable(
    connection: Connection, account: accounts.Account, *, actor: str, now: datetime
) -> None:
    accounts.change(connection, account.id, disabled_at=None)
    _audit(connection, account, "staff.enabled", actor=actor, now=now)


def change_role(
    connection: Connection,
    account: accounts.Account,
    role: Role,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Change what an account may do, from its next request on."""
    accounts.change(connection, account.id, role=role)
    _audit(connection, account, "staff.role", actor=actor, now=now, role=role)


def _new_one_time_code(
    connection: Connection, account: accounts.Account, *, now: datetime
) -> AccessCode:
    code = new_code()
    accounts.set_one_time_code(
        connection, account.id, code_hash=code.hash, until=now + ONE_TIME
    )
    return code


def _audit(
    connection: Connection,
    account: accounts.Account,
    action: str,
    *,
    actor: str,
    now: datetime,
    **facts: str,
) -> None:
    named = {"account": account.name} | {key: str(facts[key]) for key in facts}
    audit.append(connection, at=now, actor=actor, action=action, facts=named)
