"""Delays between attempts to sign in, by account and by network; never a lockout.

After OWASP ASVS 5.0, 6.3.1. An attempt before its delay is over is not checked: a right
password is refused like a wrong one, and the delay does not get longer.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from request_app.store import limits

FREE_ATTEMPTS = 5
RECENT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(seconds=60)
PREFIX_HOUR = 20
HOUR = timedelta(hours=1)
SCOPE = "sign-in"


class TooEarlyError(Exception):
    """The attempt came before its delay was over, and was not checked."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


def count(
    connection: Connection, name: str, *, scope: str, secret: bytes, now: datetime
) -> None:
    """Count an attempt for a name, before the attempt is checked."""
    bucket = limits.name_bucket(name, secret=secret)
    attempts = limits.attempts(connection, scope, bucket, since=now - RECENT, now=now)
    if attempts.last and (until := attempts.last + wait_after(attempts.number)) > now:
        raise TooEarlyError(until - now)
    limits.record_attempt(connection, scope, bucket, now=now)


def reset(connection: Connection, name: str, *, scope: str, secret: bytes) -> None:
    """Delete the earlier attempts for a name after a right one."""
    limits.delete_attempts(connection, scope, limits.name_bucket(name, secret=secret))


def wait_after(attempts: int) -> timedelta:
    """2, 4, 8 … seconds after the fifth attempt; a minute at the most."""
    if attempts < FREE_ATTEMPTS:
        return timedelta()
    seconds = 2 ** min(attempts - FREE_ATTEMPTS + 1, 6)
    return min(timedelta(seconds=seconds), LONGEST_WAIT)


def count_address(
    connection: Connection, address: str, *, secret: bytes, now: datetime
) -> None:
    """Count an attempt from a network, beside the count for the name."""
    hits = limits.hit(connection, SCOPE, address, secret=secret, now=now, window=HOUR)
    if hits > PREFIX_HOUR:
        raise TooEarlyError(limits.window_start(now, HOUR) + HOUR - now)


def uncount_address(
    connection: Connection, address: str, *, secret: bytes, now: datetime
) -> None:
    """Undo the count of a right attempt: a whole office may use one network."""
    limits.undo_hit(connection, SCOPE, address, secret=secret, now=now, window=HOUR)
