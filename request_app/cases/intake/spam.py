"""How many requests are let in, and which of them are put aside as suspected spam.

A lost request is worse than spam: suspects are filed, with their own receipt, and
staff see them. Only a flood is turned away, with the other ways to ask.
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
EVERYONE = "everyone"  # no address, so all are counted together


class FullError(Exception):
    """No more is taken now; it tells for how long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Full for {wait}.")
        self.wait = wait


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many requests a network may send in an hour, and all together in a day."""

    hour: int
    day: int

    @property
    def many(self) -> int:
        """More than this from one network in an hour is put aside."""
        return max(1, self.hour // 4)


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What can be seen of a sender without asking anything of them."""

    address: str = field(repr=False)
    shown_at: datetime
    sent_at: datetime
    trap: bool  # the field was filled that people do not see
    foreign: bool  # another site made the browser send it


@dataclass(frozen=True)
class Admission:
    """Why a request is put aside, if it is, and how full the day is."""

    suspicion: str | None
    today: int


def admit(
    connection: Connection, signs: Signs, *, limits_: Limits, secret: bytes
) -> Admission:
    """Count a request; turn it away only where there are far too many."""
    now = signs.sent_at
    today = limits.hit(connection, "day", EVERYONE, secret=secret, now=now, window=DAY)
    if today > limits_.day:
        raise FullError(_left(now, DAY))
    near = limits.hit(
        connection, "hour", signs.address, secret=secret, now=now, window=HOUR
    )
    if near > limits_.hour:
        raise FullError(_left(now, HOUR))
    reasons = [*_reasons(signs), *(["many"] if near > limits_.many else [])]
    return Admission(" ".join(reasons) or None, today)


def try_code(
    connection: Connection, address: str, *, secret: bytes, now: datetime
) -> None:
    """Count a wrong code; after ten in an hour the network has to wait."""
    tried = limits.hit(connection, "code", address, secret=secret, now=now, window=HOUR)
    if tried > WRONG_CODES_AN_HOUR:
        raise FullError(_left(now, HOUR))


def try_reply(
    connection: Connection, case_id: str, address: str, *, secret: bytes, now: datetime
) -> None:
    """Count a message to the desk, of its network and of its case."""
    for scope, sender in (("reply", address), (f"reply {case_id}", EVERYONE)):
        sent = limits.hit(
            connection, scope, sender, secret=secret, now=now, window=HOUR
        )
        if sent > REPLIES_AN_HOUR:
            raise FullError(_left(now, HOUR))


def _reasons(signs: Signs) -> Iterator[str]:
    if signs.trap:
        yield "trap"
    if signs.foreign:
        yield "foreign"
    if signs.sent_at - signs.shown_at < SECONDS_TO_FILL:
        yield "fast"


def _left(now: datetime, window: timedelta) -> timedelta:
    return limits.window_start(now, window) + window - now
