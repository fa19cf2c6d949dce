"""The audit trail: rows are only ever added, each chained to the one before it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple, Self

from sqlalchemy import Connection, insert, select, text

from request_app.store.columns import canonical
from request_app.store.tables import audit

CHAIN_START = "0" * 64
POSTGRES_LOCK = 0x5E1057E  # any number, the same everywhere


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What happened, when, by whom. No personal data: it outlives the case."""

    seq: int
    at: datetime
    actor: str
    action: str
    case_id: str | None
    facts: Mapping[str, str]
    previous: str
    digest: str = ""


class Head(NamedTuple):
    """The end of the trail at one time; note it where the database's users cannot.

    Whoever cuts the end of the chain leaves one that is good as far as it goes.
    """

    seq: int
    digest: str

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"

    @classmethod
    def all_of(cls, text: str) -> list[Self]:
        """Every head in a text: a list of them, a mail, the top of a backup."""
        found = re.findall(r"\b(\d{1,18}) ([0-9a-f]{64})\b", text)
        return [cls(int(seq), digest) for seq, digest in found]


EMPTY = Head(0, CHAIN_START)


def append(  # noqa: PLR0913 - who did what to which case, when
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    action: str,
    case_id: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> Entry:
    """Add a row to the end of the chain. Do it last: others wait until the commit."""
    _wait_for_the_end(connection)
    seq, previous = head_of(connection)
    entry = Entry(
        seq=seq + 1,
        at=at,
        actor=actor,
        action=action,
        case_id=case_id,
        facts=facts or {},
        previous=previous,
    )
    entry = replace(entry, digest=digest_of(entry))
    connection.execute(insert(audit), asdict(entry))
    return entry


def head_of(connection: Connection) -> Head:
    newest = select(audit.c.seq, audit.c.digest).order_by(audit.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return EMPTY if row is None else Head(*row)


def entries(connection: Connection, *, case_id: str | None = None) -> list[Entry]:
    """The trail, or one case's share of it, oldest first."""
    found = select(audit).order_by(audit.c.seq)
    if case_id is not None:
        found = found.where(audit.c.case_id == case_id)
    return [Entry(**row) for row in connection.execute(found).mappings()]


def digest_of(entry: Entry) -> str:
    """A digest over the row and the digest before it: no row changes unnoticed."""
    told = vars(entry) | {"at": entry.at.astimezone(UTC).isoformat()}
    del told["digest"]
    return sha256(canonical(told).encode()).hexdigest()


def _wait_for_the_end(connection: Connection) -> None:
    """One writer at a time; SQLite's BEGIN IMMEDIATE has seen to it already."""
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:lock)")
        connection.execute(lock, {"lock": POSTGRES_LOCK})
