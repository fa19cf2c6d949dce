"""Tries are slowed down, by account and by network; nobody is shut out for good.

After OWASP ASVS 5.0, 6.3.1. A try that comes too early is not looked at, so that the
right password is refused like a wrong one, and it does not make the wait longer.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from request_app.store import limits

FREE_TRIES = 5
LATELY = timedelta(minutes=15)
LONGEST_WAIT = timedelta(seconds=60)
PREFIX_HOUR = 20
HOUR = timedelta(hours=1)
SCOPE = "sign-in"


class TooEarlyError(Exception):
    """A try is not looked at before this time has passed."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


def take(
    connection: Connection, name: str, *, scope: str, secret: bytes, now: datetime
) -> None:
    """Count a try for a name, before it is looked at."""
    bucket = limits.name_bucket(name, secret=secret)
    tries = limits.tries(connection, scope, bucket, since=now - LATELY, now=now)
    if tries.last and (until := tries.last + wait_after(tries.number)) > now:
        raise TooEarlyError(until - now)
    limits.note_try(connection, scope, bucket, now=now)


def forgive(connection: Connection, name: str, *, scope: str, secret: bytes) -> None:
    """It was right: the tries before it count no more."""
    limits.forgive(connection, scope, limits.name_bucket(name, secret=secret))


def wait_after(tries: int) -> timedelta:
    """2, 4, 8 … seconds after the fifth try; a minute at the most."""
    if tries < FREE_TRIES:
        return timedelta()
    seconds = 2 ** min(tries - FREE_TRIES + 1, 6)
    return min(timedelta(seconds=seconds), LONGEST_WAIT)


def take_address(
    connection: Connection, address: str, *, secret: bytes, now: datetime
) -> None:
    """Count a try from a network; many networks may still try one name."""
    hits = limits.hit(connection, SCOPE, address, secret=secret, now=now, window=HOUR)
    if hits > PREFIX_HOUR:
        raise TooEarlyError(limits.window_start(now, HOUR) + HOUR - now)


def give_back_address(
    connection: Connection, address: str, *, secret: bytes, now: datetime
) -> None:
    """A whole office may sign in from one network."""
    limits.take_back(connection, SCOPE, address, secret=secret, now=now, window=HOUR)
