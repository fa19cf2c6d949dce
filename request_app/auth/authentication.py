"""Signing in with password and second factor, and changing them.

Passwords are hashed outside the transactions, because hashing is slow.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from request_app import sealing
from request_app.auth import passwords, recovery, throttle, totp, visits
from request_app.auth.account_admin import actor_of, read_name
from request_app.logs import log_error
from request_app.store import accounts, audit, database, sessions

STRANGER = "stranger"  # unknown names are not stored: one may be a password
PASSWORD, FACTOR, PROOF = "password", "second-factor", "proof"


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The client making the request, and the time."""

    address: str
    browser: str
    now: datetime
    secret: bytes = field(
        repr=False
    )  # keys the pseudonyms by which attempts are counted


class Keys(NamedTuple):
    """The keys that seal and open the secrets of second factors."""

    key: sealing.SealingKey
    ring: sealing.Keyring


def sign_in(
    engine: Engine, typed: str, password: str, caller: Caller, *, next_: str
) -> visits.NewVisit | None:
    """The first step; an unknown name fails as a wrong password does, and as slowly."""
    name = read_name(typed)
    _count(engine, name, caller, scope=PASSWORD)
    with database.reading(engine) as connection:
        account = accounts.by_name(connection, name)
    stored = account.password_hash if account and not account.disabled_at else None
    right = passwords.is_right(password, stored)
    if account is None or stored is None or not right:
        _audit_failure(engine, account, caller)
        return None
    newer = passwords.hash_of(password) if passwords.is_outdated(stored) else None
    with database.writing(engine) as connection:
        if newer:
            accounts.set_password(connection, account.id, newer)
        return _begin(connection, account, caller, next_=next_)


def set_first_password(
    engine: Engine, typed: str, code: str, password: str, caller: Caller
) -> visits.NewVisit | None:
    """Set a password with a one-time code, which is used up by it."""
    name = read_name(typed)
    _count(engine, name, caller, scope=PASSWORD)
    hashed = passwords.hash_of(password)  # also for an unknown name, to take as long
    with database.writing(engine) as connection:
        account = accounts.by_name(connection, name)
        if account and _accepts_one_time_code(connection, account, code, caller.now):
            accounts.set_password(connection, account.id, hashed)
            sessions.end_all(connection, account.id)
            new_visit = _begin(connection, account, caller, next_="")
            _audit(connection, account, "staff.password-set", caller.now)
            return new_visit
    _audit_failure(engine, account, caller)
    return None


class SecondFactorPassed(NamedTuple):
    new_visit: visits.NewVisit
    by_app: bool  # and not by a recovery code


def give_second_factor(
    engine: Engine, visit: visits.Visit, typed: str, caller: Caller, keys: Keys
) -> SecondFactorPassed | None:
    """The second step: a code of the app, or one of the recovery codes."""
    account = visit.account
    _count(engine, account.id, caller, scope=FACTOR)
    with database.writing(engine) as connection:
        by_app = _accepts_app_code(connection, account, typed, caller.now, keys)
        if not by_app and not accounts.use_recovery_code(
            connection, account.id, recovery.hash_of(typed), now=caller.now
        ):
            _audit(connection, account, "staff.sign-in-failed", caller.now)
            return None
        _reset_count(connection, account.id, caller, scope=FACTOR)
        notes = dict(visit.session.notes)
        new_visit = visits.renew(connection, visit, now=caller.now, notes=notes)
        action = "staff.signed-in" if by_app else "staff.signed-in-by-recovery-code"
        _audit(connection, account, action, caller.now)
        return SecondFactorPassed(new_visit, by_app)


class FirstCode(NamedTuple):
    """A new secret, and the code that the app made from it."""

    secret: str
    typed: str


class Enrolled(NamedTuple):
    new_visit: visits.NewVisit
    codes: list[str]  # shown only once


def enrol(
    engine: Engine, visit: visits.Visit, proof: FirstCode, caller: Caller, keys: Keys
) -> Enrolled | None:
    """Store a new secret after its first right code; other sessions end."""
    account = visit.account
    counter = totp.counter_of(proof.secret, proof.typed, now=caller.now)
    if counter is None:
        return None
    place = sealing.places.totp_secret(account.id)
    sealed = sealing.seal(proof.secret.encode(), key=keys.key, place=place)
    codes = recovery.new_codes()
    notes = dict(visit.session.notes)
    with database.writing(engine) as connection:
        accounts.set_totp(
            connection, account.id, sealed, counter=counter, now=caller.now
        )
        hashes = [recovery.hash_of(code) for code in codes]
        accounts.set_recovery_codes(connection, account.id, hashes)
        new_visit = visits.renew(connection, visit, now=caller.now, notes=notes)
        sessions.end_all(connection, account.id, keep=new_visit.visit.session.id)
        _audit(connection, account, "staff.totp-enrolled", caller.now)
        if not visit.is_signed_in:
            _audit(connection, account, "staff.signed-in", caller.now)
    return Enrolled(new_visit, codes)


def confirm_password(
    engine: Engine, visit: visits.Visit, password: str, caller: Caller
) -> visits.NewVisit | None:
    """Check the password again, before a sensitive change."""
    account = visit.account
    with database.writing(engine) as connection:
        throttle.count(
            connection, account.id, scope=PROOF, secret=caller.secret, now=caller.now
        )
    if not passwords.is_right(password, account.password_hash):
        _audit_failure(engine, account, caller, action="staff.proof-failed")
        return None
    with database.writing(engine) as connection:
        throttle.reset(connection, account.id, scope=PROOF, secret=caller.secret)
        return visits.confirm(connection, visit, now=caller.now)


def change_password(
    engine: Engine, visit: visits.Visit, new: str, caller: Caller
) -> None:
    """Set a new password after the old one was confirmed; other sessions end."""
    hashed = passwords.hash_of(new)
    with database.writing(engine) as connection:
        accounts.set_password(connection, visit.account.id, hashed)
        sessions.end_all(connection, visit.account.id, keep=visit.session.id)
        _audit(connection, visit.account, "staff.password-set", caller.now)


def renew_recovery_codes(
    engine: Engine, visit: visits.Visit, *, now: datetime
) -> list[str]:
    codes = recovery.new_codes()
    with database.writing(engine) as connection:
        hashes = [recovery.hash_of(code) for code in codes]
        accounts.set_recovery_codes(connection, visit.account.id, hashes)
        _audit(connection, visit.account, "staff.recovery-codes-renewed", now)
    return codes


def end_session(
    engine: Engine, visit: visits.Visit, session_id: str, *, now: datetime
) -> bool:
    """End one of the account's own sessions."""
    with database.writing(engine) as connection:
        ended = sessions.end(connection, session_id, account_id=visit.account.id)
        if ended:
            _audit(connection, visit.account, "staff.session-ended", now)
    return ended


def sign_out(engine: Engine, visit: visits.Visit, *, now: datetime) -> None:
    with database.writing(engine) as connection:
        sessions.end(connection, visit.session.id, account_id=visit.account.id)
        _audit(connection, visit.account, "staff.signed-out", now)


def _count(engine: Engine, name: str, caller: Caller, *, scope: str) -> None:
    """Count in two transactions: an attempt too early still counts for its network."""
    secret, now = caller.secret, caller.now
    with database.writing(engine) as connection:
        throttle.count_address(connection, caller.address, secret=secret, now=now)
    with database.writing(engine) as connection:
        throttle.count(connection, name, scope=scope, secret=secret, now=now)


def _reset_count(
    connection: Connection, name: str, caller: Caller, *, scope: str
) -> None:
    secret, now = caller.secret, caller.now
    throttle.uncount_address(connection, caller.address, secret=secret, now=now)
    throttle.reset(connection, name, scope=scope, secret=secret)


def _begin(
    connection: Connection, account: accounts.Account, caller: Caller, *, next_: str
) -> visits.NewVisit:
    _reset_count(connection, account.name, caller, scope=PASSWORD)
    notes = {"next": next_} if next_ else {}
    return visits.begin(
        connection, account, browser=caller.browser, now=caller.now, notes=notes
    )


def _accepts_one_time_code(
    connection: Connection, account: accounts.Account, typed: str, now: datetime
) -> bool:
    try:
        code = sealing.read_code(typed)
    except sealing.CodeMistypedError:
        return False
    return accounts.use_one_time_code(connection, account.id, code.hash, now=now)


def _accepts_app_code(
    connection: Connection,
    account: accounts.Account,
    typed: str,
    now: datetime,
    keys: Keys,
) -> bool:
    """Accept a code of the app once; seal the secret anew after a change of keys."""
    if account.totp_secret is None:
        return False
    place = sealing.places.totp_secret(account.id)
    try:
        secret = sealing.unseal(
            account.totp_secret, ring=keys.ring, place=place
        ).decode()
    except sealing.SealingError as error:
        log_error("second-factor-sealed", error)  # a recovery code still works
        return False
    counter = totp.counter_of(secret, typed, now=now)
    if counter is None or not accounts.use_counter(connection, account.id, counter):
        return False
    if sealing.key_id_of(account.totp_secret) != keys.key.id:
        sealed = sealing.seal(secret.encode(), key=keys.key, place=place)
        accounts.change(connection, account.id, totp_secret=sealed)
    return True


def _audit_failure(
    engine: Engine,
    account: accounts.Account | None,
    caller: Caller,
    *,
    action: str = "staff.sign-in-failed",
) -> None:
    actor = actor_of(account) if account else STRANGER
    with database.writing(engine) as connection:
        audit.append(connection, at=caller.now, actor=actor, action=action)


def _audit(
    connection: Connection, account: accounts.Account, action: str, now: datetime
) -> None:
    audit.append(connection, at=now, actor=actor_of(account), action=action)
