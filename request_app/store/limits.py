"""Rate limits in fixed windows, by a keyed hash of the address's prefix.

The same table counts attempts to sign in, and records what is done once only.
"""

import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import NamedTuple

import sqlalchemy as sa

from request_app.store.database import insert_into
from request_app.store.tables import rate_limits

IPV4_PREFIX, IPV6_PREFIX = 24, 56  # what one household or office usually has
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def hit(  # noqa: PLR0913 - what is counted, for whom and in which window
    connection: sa.Connection,
    scope: str,
    address: str,
    *,
    secret: bytes,
    now: datetime,
    window: timedelta,
) -> int:
    """Count one more request, and return the number in this window."""
    name = bucket(address, secret=secret, now=now)
    return _count(connection, scope, name, window_start(now, window))


def undo_hit(  # noqa: PLR0913 - the same as for counting
    connection: sa.Connection,
    scope: str,
    address: str,
    *,
    secret: bytes,
    now: datetime,
    window: timedelta,
) -> None:
    """Subtract a request that should not count after all."""
    connection.execute(
        sa.update(rate_limits)
        .where(
            rate_limits.c.scope == scope,
            rate_limits.c.bucket == bucket(address, secret=secret, now=now),
            rate_limits.c.starts_at == window_start(now, window),
            rate_limits.c.hits > 0,
        )
        .values(hits=rate_limits.c.hits - 1)
    )


class Attempts(NamedTuple):
    """The number of recent attempts, and the time of the last one."""

    number: int
    last: datetime | None


def attempts(
    connection: sa.Connection, scope: str, name: str, *, since: datetime, now: datetime
) -> Attempts:
    """The attempts until now; later ones, after a clock change, do not count."""
    found = sa.select(
        sa.func.coalesce(sa.func.sum(rate_limits.c.hits), 0),
        sa.func.max(rate_limits.c.starts_at, type_=rate_limits.c.starts_at.type),
    ).where(
        rate_limits.c.scope == scope,
        rate_limits.c.bucket == name,
        rate_limits.c.starts_at > since,
        rate_limits.c.starts_at <= now,
    )
    number, last = connection.execute(found).one()
    return Attempts(int(number), last)


def record_attempt(
    connection: sa.Connection, scope: str, name: str, *, now: datetime
) -> None:
    """Record the time of an attempt: the delay runs from the last one."""
    _count(connection, scope, name, now)


def claim(connection: sa.Connection, scope: str, name: str, *, at: datetime) -> bool:
    """Claim what is done once only; tell whether this caller is the first."""
    return _count(connection, scope, name, at) == 1


def is_claimed(connection: sa.Connection, scope: str, name: str) -> bool:
    found = sa.exists().where(
        rate_limits.c.scope == scope, rate_limits.c.bucket == name
    )
    return bool(connection.scalar(sa.select(found)))


def delete_attempts(connection: sa.Connection, scope: str, name: str) -> None:
    connection.execute(
        sa.delete(rate_limits).where(
            rate_limits.c.scope == scope, rate_limits.c.bucket == name
        )
    )


def delete_old(connection: sa.Connection, *, before: datetime) -> None:
    connection.execute(sa.delete(rate_limits).where(rate_limits.c.starts_at < before))


def bucket(address: str, *, secret: bytes, now: datetime) -> str:
    """A pseudonym of the address's network that changes every day."""
    daily = hmac.digest(
        secret, now.astimezone(UTC).date().isoformat().encode(), "sha256"
    )
    return hmac.digest(daily, _prefix(address).encode(), "sha256").hex()[:32]


def name_bucket(name: str, *, secret: bytes) -> str:
    """A pseudonym of a typed account name, which may be a password by mistake."""
    return hmac.digest(secret, name.encode(), "sha256").hex()[:32]


def window_start(now: datetime, window: timedelta) -> datetime:
    return now.astimezone(UTC) - (now - EPOCH) % window


def _count(
    connection: sa.Connection, scope: str, name: str, starts_at: datetime
) -> int:
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
        return "unknown"  # all counted together, so that none gets past the limit
    if parsed.version == 6 and parsed.ipv4_mapped:  # noqa: PLR2004 - IPv6
        parsed = parsed.ipv4_mapped
    length = IPV4_PREFIX if parsed.version == 4 else IPV6_PREFIX  # noqa: PLR2004
    return str(ip_network((parsed, length), strict=False))
