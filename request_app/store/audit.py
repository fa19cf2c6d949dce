"""The audit trail: rows are only ever added, each chained to the one before it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple, Self

import sqlalchemy as sa

from request_app.store.columns import canonical
from request_app.store.database import read_all
from request_app.store.tables import audit

CHAIN_START = "0" * 64
POSTGRES_LOCK = 0x5E1057E  # any number, the same everywhere


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """What happened, when, and by whom. No personal data: it outlives the case."""

    seq: int
    at: datetime
    actor: str
    action: str
    case_id: str | None
    facts: Mapping[str, str]
    previous: str
    digest: str = ""


class Head(NamedTuple):
    """The number and digest of the last row; keep it outside the server.

    A trail whose end was cut off is still a valid chain: only its noted head shows it.
    """

    seq: int
    digest: str

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"

    @classmethod
    def all_of(cls, text: str) -> list[Self]:
        """Every head in a text, for instance a list, a mail or the top of a back-up."""
        found = re.findall(r"\b(\d{1,18}) ([0-9a-f]{64})\b", text)
        return [cls(int(seq), digest) for seq, digest in found]


EMPTY = Head(0, CHAIN_START)


def append(  # noqa: PLR0913 - who did what to which case, when
    connection: sa.Connection,
    *,
    at: datetime,
    actor: str,
    action: str,
    case_id: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> AuditEntry:
    """Append a row to the chain. Do it last: other writers wait until the commit."""
    _lock_trail(connection)
    seq, previous = head_of(connection)
    entry = AuditEntry(
        seq=seq + 1,
        at=at,
        actor=actor,
        action=action,
        case_id=case_id,
        facts=facts or {},
        previous=previous,
    )
    entry = replace(entry, digest=digest_of(entry))
    connection.execute(sa.insert(audit), asdict(entry))
    return entry


def head_of(connection: sa.Connection) -> Head:
    newest = (
        sa.select(audit.c.seq, audit.c.digest).order_by(audit.c.seq.desc()).limit(1)
    )
    row = connection.execute(newest).first()
    return EMPTY if row is None else Head(*row)


def entries(
    connection: sa.Connection, *, case_id: str | None = None
) -> list[AuditEntry]:
    """The whole trail, or the rows of one case, oldest first."""
    query = sa.select(audit).order_by(audit.c.seq)
    if case_id is not None:
        query = query.where(audit.c.case_id == case_id)
    return read_all(connection, AuditEntry, query)


def digest_of(entry: AuditEntry) -> str:
    """The digest over a row and the digest before it, so that any change shows."""
    fields = vars(entry) | {"at": entry.at.astimezone(UTC).isoformat()}
    del fields["digest"]
    return sha256(canonical(fields).encode()).hexdigest()


def _lock_trail(connection: sa.Connection) -> None:
    """Let one writer append at a time; on SQLite, BEGIN IMMEDIATE already does."""
    if connection.dialect.name == "postgresql":
        lock = sa.text("SELECT pg_advisory_xact_lock(:lock)")
        connection.execute(lock, {"lock": POSTGRES_LOCK})
