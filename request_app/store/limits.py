"""Rate limits in fixed windows, counted by a keyed hash of the address's prefix."""

import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import Connection, delete

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
    starts_at = window_start(now, window)
    counted = (
        insert_into(connection, rate_limits)
        .values(
            scope=scope,
            bucket=bucket(address, secret=secret, now=now),
            starts_at=starts_at,
            hits=1,
        )
        .on_conflict_do_update(
            index_elements=["scope", "bucket", "starts_at"],
            set_={"hits": rate_limits.c.hits + 1},
        )
        .returning(rate_limits.c.hits)
    )
    return int(connection.execute(counted).scalar_one())


def forget(connection: Connection, *, before: datetime) -> None:
    connection.execute(delete(rate_limits).where(rate_limits.c.starts_at < before))


def bucket(address: str, *, secret: bytes, now: datetime) -> str:
    """A name for the address's neighbourhood that means nothing after its day."""
    daily = hmac.digest(
        secret, now.astimezone(UTC).date().isoformat().encode(), "sha256"
    )
    return hmac.digest(daily, _prefix(address).encode(), "sha256").hex()[:32]


def window_start(now: datetime, window: timedelta) -> datetime:
    return now.astimezone(UTC) - (now - EPOCH) % window


def _prefix(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"  # counted together: no way around the limit
    if parsed.version == 6 and parsed.ipv4_mapped:  # noqa: PLR2004 - IPv6
        parsed = parsed.ipv4_mapped
    length = IPV4_PREFIX if parsed.version == 4 else IPV6_PREFIX  # noqa: PLR2004
    return str(ip_network((parsed, length), strict=False))
