"""The way in: name and password, the second factor, and what an owner changes.

Slow work – a password's hash – is done outside the transactions.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from request_app.auth import passwords, recovery, sessions, throttle, totp
from request_app.auth.accounts import actor_of, read_name
from request_app.auth.sessions import Begun, Visit
from request_app.logs import fault
from request_app.sealing import (
    CodeMistypedError,
    Keyring,
    SealingError,
    SealingKey,
    key_id_of,
    places,
    read_code,
    seal,
    unseal,
)
from request_app.store import accounts, audit
from request_app.store import sessions as rows
from request_app.store.accounts import Account
from request_app.store.database import reading, writing

STRANGER = "stranger"  # names that nobody has are not kept: one may be a password
PASSWORD, FACTOR, PROOF = "password", "second-factor", "proof"


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who knocks, and when."""

    address: str
    browser: str
    now: datetime
    secret: bytes = field(repr=False)  # names for what is counted are made with it


class Keys(NamedTuple):
    """What seals and opens the secrets of second factors."""

    key: SealingKey
    ring: Keyring


def sign_in(
    engine: Engine, typed: str, password: str, caller: Caller, *, next_: str
) -> Begun | None:
    """The first step. Who is not there is told the same, after the same time."""
    name = read_name(typed)
    _count(engine, name, caller, scope=PASSWORD)
    with reading(engine) as connection:
        account = accounts.by_name(connection, name)
    stored = account.password_hash if account and not account.disabled_at else None
    right = passwords.is_right(password, stored)
    if account is None or stored is None or not right:
        _tell_failure(engine, account, caller)
        return None
    newer = passwords.hash_of(password) if passwords.is_outdated(stored) else None
    with writing(engine) as connection:
        if newer:
            accounts.set_password(connection, account.id, newer)
        return _begun(connection, account, caller, next_=next_)


def set_first_password(
    engine: Engine, typed: str, code: str, password: str, caller: Caller
) -> Begun | None:
    """Set a password with a one-time code, which is used up by it."""
    name = read_name(typed)
    _count(engine, name, caller, scope=PASSWORD)
    hashed = passwords.hash_of(password)  # for who is not there as well
    with writing(engine) as connection:
        account = accounts.by_name(connection, name)
        if account and _takes_one_time_code(connection, account, code, caller.now):
            accounts.set_password(connection, account.id, hashed)
            rows.end_all(connection, account.id)
            begun = _begun(connection, account, caller, next_="")
            _tell(connection, account, "staff.password-set", caller.now)
            return begun
    _tell_failure(engine, account, caller)
    return None


class Entered(NamedTuple):
    begun: Begun
    by_app: bool  # or by a recovery code


def give_second_factor(
    engine: Engine, visit: Visit, typed: str, caller: Caller, keys: Keys
) -> Entered | None:
    """The second step: a code of the app, or one of the recovery codes."""
    account = visit.account
    _count(engine, account.id, caller, scope=FACTOR)
    with writing(engine) as connection:
        by_app = _takes_app_code(connection, account, typed, caller.now, keys)
        if not by_app and not accounts.use_recovery_code(
            connection, account.id, recovery.hash_of(typed), now=caller.now
        ):
            _tell(connection, account, "staff.sign-in-failed", caller.now)
            return None
        _forgive(connection, account.id, caller, scope=FACTOR)
        notes = dict(visit.session.notes)
        begun = sessions.renew(connection, visit, now=caller.now, notes=notes)
        action = "staff.signed-in" if by_app else "staff.signed-in-by-recovery-code"
        _tell(connection, account, action, caller.now)
        return Entered(begun, by_app)


class FirstCode(NamedTuple):
    """A new secret, and what its owner's app made of it."""

    secret: str
    typed: str


class Enrolled(NamedTuple):
    begun: Begun
    codes: list[str]  # shown this once


def enrol(
    engine: Engine, visit: Visit, proof: FirstCode, caller: Caller, keys: Keys
) -> Enrolled | None:
    """Take a new secret once a code of it was right; other sessions end."""
    account = visit.account
    counter = totp.counter_of(proof.secret, proof.typed, now=caller.now)
    if counter is None:
        return None
    place = places.totp_secret(account.id)
    sealed = seal(proof.secret.encode(), key=keys.key, place=place)
    codes = recovery.new_codes()
    notes = dict(visit.session.notes)
    with writing(engine) as connection:
        accounts.set_totp(
            connection, account.id, sealed, counter=counter, now=caller.now
        )
        hashes = [recovery.hash_of(code) for code in codes]
        accounts.set_recovery_codes(connection, account.id, hashes)
        begun = sessions.renew(connection, visit, now=caller.now, notes=notes)
        rows.end_all(connection, account.id, but=begun.visit.session.id)
        _tell(connection, account, "staff.totp-enrolled", caller.now)
        if not visit.is_signed_in:
            _tell(connection, account, "staff.signed-in", caller.now)
    return Enrolled(begun, codes)


def prove(engine: Engine, visit: Visit, password: str, caller: Caller) -> Begun | None:
    """The password once more, before something delicate."""
    account = visit.account
    with writing(engine) as connection:
        throttle.take(
            connection, account.id, scope=PROOF, secret=caller.secret, now=caller.now
        )
    if not passwords.is_right(password, account.password_hash):
        _tell_failure(engine, account, caller, action="staff.proof-failed")
        return None
    with writing(engine) as connection:
        throttle.forgive(connection, account.id, scope=PROOF, secret=caller.secret)
        return sessions.prove(connection, visit, now=caller.now)


def change_password(engine: Engine, visit: Visit, new: str, caller: Caller) -> None:
    """Set another password; every other session ends. The old one was proved."""
    hashed = passwords.hash_of(new)
    with writing(engine) as connection:
        accounts.set_password(connection, visit.account.id, hashed)
        rows.end_all(connection, visit.account.id, but=visit.session.id)
        _tell(connection, visit.account, "staff.password-set", caller.now)


def renew_recovery_codes(engine: Engine, visit: Visit, *, now: datetime) -> list[str]:
    codes = recovery.new_codes()
    with writing(engine) as connection:
        hashes = [recovery.hash_of(code) for code in codes]
        accounts.set_recovery_codes(connection, visit.account.id, hashes)
        _tell(connection, visit.account, "staff.recovery-codes-renewed", now)
    return codes


def end_session(
    engine: Engine, visit: Visit, session_id: str, *, now: datetime
) -> bool:
    """End one of the account's own sessions."""
    with writing(engine) as connection:
        ended = rows.end(connection, session_id, account_id=visit.account.id)
        if ended:
            _tell(connection, visit.account, "staff.session-ended", now)
    return ended


def sign_out(engine: Engine, visit: Visit, *, now: datetime) -> None:
    with writing(engine) as connection:
        rows.end(connection, visit.session.id, account_id=visit.account.id)
        _tell(connection, visit.account, "staff.signed-out", now)


def _count(engine: Engine, name: str, caller: Caller, *, scope: str) -> None:
    """Each in a transaction of its own: a try too early counts for its network."""
    secret, now = caller.secret, caller.now
    with writing(engine) as connection:
        throttle.take_address(connection, caller.address, secret=secret, now=now)
    with writing(engine) as connection:
        throttle.take(connection, name, scope=scope, secret=secret, now=now)


def _forgive(connection: Connection, name: str, caller: Caller, *, scope: str) -> None:
    secret, now = caller.secret, caller.now
    throttle.give_back_address(connection, caller.address, secret=secret, now=now)
    throttle.forgive(connection, name, scope=scope, secret=secret)


def _begun(
    connection: Connection, account: Account, caller: Caller, *, next_: str
) -> Begun:
    _forgive(connection, account.name, caller, scope=PASSWORD)
    notes = {"next": next_} if next_ else {}
    return sessions.begin(
        connection, account, browser=caller.browser, now=caller.now, notes=notes
    )


def _takes_one_time_code(
    connection: Connection, account: Account, typed: str, now: datetime
) -> bool:
    try:
        code = read_code(typed)
    except CodeMistypedError:
        return False
    return accounts.use_one_time_code(connection, account.id, code.hash, now=now)


def _takes_app_code(
    connection: Connection, account: Account, typed: str, now: datetime, keys: Keys
) -> bool:
    """A right code, the first time; the secret follows when the desk's key changes."""
    if account.totp_secret is None:
        return False
    place = places.totp_secret(account.id)
    try:
        secret = unseal(account.totp_secret, ring=keys.ring, place=place).decode()
    except SealingError as error:
        fault("second-factor-sealed", error)  # a recovery code still opens
        return False
    counter = totp.counter_of(secret, typed, now=now)
    if counter is None or not accounts.use_counter(connection, account.id, counter):
        return False
    if key_id_of(account.totp_secret) != keys.key.id:
        sealed = seal(secret.encode(), key=keys.key, place=place)
        accounts.change(connection, account.id, totp_secret=sealed)
    return True


def _tell_failure(
    engine: Engine,
    account: Account | None,
    caller: Caller,
    *,
    action: str = "staff.sign-in-failed",
) -> None:
    actor = actor_of(account) if account else STRANGER
    with writing(engine) as connection:
        audit.append(connection, at=caller.now, actor=actor, action=action)


def _tell(connection: Connection, account: Account, action: str, now: datetime) -> None:
    audit.append(connection, at=now, actor=actor_of(account), action=action)
