"""Rate limits in fixed windows, counted by a keyed hash of the address's prefix."""

import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, func, select, update

from request_app.store.database import insert_into
from request_app.store.tables import rate_limits

IPV4_PREFIX, IPV6_PREFIX = 24, 56  # what one household or office usually has
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def hit(  # noqa: PLR0913 - what is counted, for whom and for how long
    connection: Connection,
    scope: str,
    address: str,
    *,
    secret: bytes,
    now: datetime,
    window: timedelta,
) -> int:
    """Count one more, and tell how many there are in this window."""
    name = bucket(address, secret=secret, now=now)
    return _count(connection, scope, name, window_start(now, window))


def take_back(  # noqa: PLR0913 - the same as for counting
    connection: Connection,
    scope: str,
    address: str,
    *,
    secret: bytes,
    now: datetime,
    window: timedelta,
) -> None:
    """Count one less: what was done turned out to be right."""
    connection.execute(
        update(rate_limits)
        .where(
            rate_limits.c.scope == scope,
            rate_limits.c.bucket == bucket(address, secret=secret, now=now),
            rate_limits.c.starts_at == window_start(now, window),
            rate_limits.c.hits > 0,
        )
        .values(hits=rate_limits.c.hits - 1)
    )


class Tries(NamedTuple):
    """How often something was tried lately, and when last."""

    number: int
    last: datetime | None


def tries(
    connection: Connection, scope: str, name: str, *, since: datetime, now: datetime
) -> Tries:
    """The tries until now: a clock that was put back makes nobody wait longer."""
    found = select(
        func.coalesce(func.sum(rate_limits.c.hits), 0),
        func.max(rate_limits.c.starts_at, type_=rate_limits.c.starts_at.type),
    ).where(
        rate_limits.c.scope == scope,
        rate_limits.c.bucket == name,
        rate_limits.c.starts_at > since,
        rate_limits.c.starts_at <= now,
    )
    number, last = connection.execute(found).one()
    return Tries(int(number), last)


def note_try(connection: Connection, scope: str, name: str, *, now: datetime) -> None:
    """Keep the moment of a try: delays are counted from the last one."""
    _count(connection, scope, name, now)


def claim(connection: Connection, scope: str, name: str, *, at: datetime) -> bool:
    """Whether this is the first one who wants to do something that is done once."""
    return _count(connection, scope, name, at) == 1


def is_claimed(connection: Connection, scope: str, name: str) -> bool:
    found = exists().where(rate_limits.c.scope == scope, rate_limits.c.bucket == name)
    return bool(connection.scalar(select(found)))


def forgive(connection: Connection, scope: str, name: str) -> None:
    connection.execute(
        delete(rate_limits).where(
            rate_limits.c.scope == scope, rate_limits.c.bucket == name
        )
    )


def forget(connection: Connection, *, before: datetime) -> None:
    connection.execute(delete(rate_limits).where(rate_limits.c.starts_at < before))


def bucket(address: str, *, secret: bytes, now: datetime) -> str:
    """A name for the address's neighbourhood that means nothing after its day."""
    daily = hmac.digest(
        secret, now.astimezone(UTC).date().isoformat().encode(), "sha256"
    )
    return hmac.digest(daily, _prefix(address).encode(), "sha256").hex()[:32]


def name_bucket(name: str, *, secret: bytes) -> str:
    """A name for what somebody typed as an account's name; it may be a password."""
    return hmac.digest(secret, name.encode(), "sha256").hex()[:32]


def window_start(now: datetime, window: timedelta) -> datetime:
    return now.astimezone(UTC) - (now - EPOCH) % window


def _count(connection: Connection, scope: str, name: str, starts_at: datetime) -> int:
    counted = (
        insert_into(connection, rate_limits)
        .values(scope=scope, bucket=name, starts_at=starts_at, hits=1)
        .on_conflict_do_update(
            index_elements=["scope", "bucket", "starts_at"],
            set_={"hits": rate_limits.c.hits + 1},
        )
        .returning(rate_limits.c.hits)
    )
    return int(connection.execute(counted).scalar_one())


def _prefix(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"  # counted together: no way around the limit
    if parsed.version == 6 and parsed.ipv4_mapped:  # noqa: PLR2004 - IPv6
        parsed = parsed.ipv4_mapped
    length = IPV4_PREFIX if parsed.version == 4 else IPV6_PREFIX  # noqa: PLR2004
    return str(ip_network((parsed, length), strict=False))
