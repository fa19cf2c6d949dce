"""Limiting the number of requests, and setting suspected spam aside.

A lost request is worse than spam: suspected spam is filed with a receipt, and staff see
it. Only a flood is rejected, with the other ways to make a request.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from request_app.store import limits

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECONDS_TO_FILL = timedelta(seconds=3)
WRONG_CODES_AN_HOUR = 10
REPLIES_AN_HOUR = 20
EVERYONE = "everyone"  # in place of an address: all are counted together


class FullError(Exception):
    """A limit is reached; `wait` is the time until the next attempt."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Full for {wait}.")
        self.wait = wait


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits: requests of one network in an hour, and of all in a day."""

    hour: int
    day: int

    @property
    def many(self) -> int:
        """The hourly number of requests of a network above which they are suspect."""
        return max(1, self.hour // 4)


@dataclass(frozen=True, kw_only=True)
class Signs:
    """Signs of spam that are visible without asking the sender anything."""

    address: str = field(repr=False)
    shown_at: datetime
    sent_at: datetime
    trap: bool  # the hidden field was filled in
    foreign: bool  # another site made the browser send it


@dataclass(frozen=True)
class Admission:
    """The reasons to suspect spam, if any, and the number of requests today."""

    suspicion: str | None
    today: int


def admit(
    connection: Connection, signs: Signs, *, limits_: Limits, secret: bytes
) -> Admission:
    """Count a request, and reject it if a limit is exceeded."""
    now = signs.sent_at
    today = limits.hit(connection, "day", EVERYONE, secret=secret, now=now, window=DAY)
    if today > limits_.day:
        raise FullError(_time_left(now, DAY))
    near = limits.hit(
        connection, "hour", signs.address, secret=secret, now=now, window=HOUR
    )
    if near > limits_.hour:
        raise FullError(_time_left(now, HOUR))
    reasons = [*_reasons(signs), *(["many"] if near > limits_.many else [])]
    return Admission(" ".join(reasons) or None, today)


def try_code(
    connection: Connection, address: str, *, secret: bytes, now: datetime
) -> None:
    """Count a wrong code; after ten in an hour the network must wait."""
    tried = limits.hit(connection, "code", address, secret=secret, now=now, window=HOUR)
    if tried > WRONG_CODES_AN_HOUR:
        raise FullError(_time_left(now, HOUR))


def try_reply(
    connection: Connection, case_id: str, address: str, *, secret: bytes, now: datetime
) -> None:
    """Count a message to the desk by its network and by its case."""
    for scope, sender in (("reply", address), (f"reply {case_id}", EVERYONE)):
        sent = limits.hit(
            connection, scope, sender, secret=secret, now=now, window=HOUR
        )
        if sent > REPLIES_AN_HOUR:
            raise FullError(_time_left(now, HOUR))


def _reasons(signs: Signs) -> Iterator[str]:
    if signs.trap:
        yield "trap"
    if signs.foreign:
        yield "foreign"
    if signs.sent_at - signs.shown_at < SECONDS_TO_FILL:
        yield "fast"


def _time_left(now: datetime, window: timedelta) -> timedelta:
    return limits.window_start(now, window) + window - now
