"""Checking the audit trail: the first row that was changed, removed or inserted.

Somebody who gets past the triggers can recompute the digests as well, and a trail
whose end was cut off is a valid chain: a head noted elsewhere shows both.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from request_app.store.audit import EMPTY, AuditEntry, Head, digest_of
from request_app.store.columns import canonical
from request_app.store.database import reading
from request_app.store.tables import audit

BATCH = 1000
NEARBY = 1000  # how many rows away the original number of a row is searched
RAW = sa.select(
    audit.c.seq,
    sa.cast(audit.c.at, sa.Text).label("at"),
    audit.c.actor,
    audit.c.action,
    audit.c.case_id,
    sa.type_coerce(audit.c.facts, sa.Text).label("facts"),
    audit.c.previous,
    audit.c.digest,
).order_by(audit.c.seq)

RawRows = Sequence[sa.Row[Any]]
ReadAfter = Callable[[int], RawRows]


class ChainCheck(NamedTuple):
    """The last valid row of the trail, and a sentence about the first fault."""

    head: Head
    fault: str | None


def check(engine: sa.Engine, heads: Iterable[Head] = ()) -> ChainCheck:
    """Check the trail in short transactions, so that no writer waits for long."""

    def rows_after(seq: int) -> RawRows:
        with reading(engine) as connection:
            return rows(connection, seq)

    return walk(rows_after, heads)


def rows(connection: sa.Connection, after: int) -> RawRows:
    """One batch of rows as stored, even where a column cannot be decoded."""
    return connection.execute(RAW.where(audit.c.seq > after).limit(BATCH)).all()


def walk(rows_after: ReadAfter, heads: Iterable[Head] = ()) -> ChainCheck:
    """Follow the chain from its start to its first fault or its end."""
    noted: dict[int, set[str]] = {}
    for seq, digest in heads:
        noted.setdefault(seq, set()).add(digest)
    head = EMPTY
    for row in _each(rows_after):
        fault = _fault_of(row, head) or _rewritten(noted, row)
        if fault:
            return ChainCheck(head, fault)
        head = Head(row.seq, row.digest)
    last = max(noted, default=0)
    if last > head.seq:
        return ChainCheck(head, _end_cut_off(head.seq, last))
    return ChainCheck(head, None)


def _each(rows_after: ReadAfter) -> Iterator[sa.Row[Any]]:
    after = -(2**63)  # below any row that somebody could insert before the first
    while found := rows_after(after):
        yield from found
        after = found[-1].seq


def _fault_of(row: sa.Row[Any], head: Head) -> str | None:
    expected = head.seq + 1
    if row.seq < expected:
        return f"Row {row.seq} was put in: the trail begins with row 1."
    if row.seq > expected:
        return _removed(expected, row.seq - 1)
    entry = _entry(row)
    if entry is None:
        return f"Row {row.seq} was changed."
    if digest_of(entry) != entry.digest:
        return _moved(entry) or f"Row {row.seq} was changed."
    if entry.previous != head.digest:
        return _unlinked(row.seq)
    return None


def _entry(row: sa.Row[Any]) -> AuditEntry | None:
    """Decode a row; none where it is not in the form that this product writes."""
    try:
        at = datetime.fromisoformat(row.at)
        facts = json.loads(row.facts)
    except ValueError:
        return None
    if canonical(facts) != row.facts:
        return None
    columns = dict(row._mapping)  # noqa: SLF001 - its public name
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return AuditEntry(**columns | {"at": at, "facts": facts})


def _moved(entry: AuditEntry) -> str | None:
    """Whether a row is unchanged but for its number: rows around it were changed."""
    for seq in range(max(1, entry.seq - NEARBY), entry.seq + NEARBY):
        if digest_of(replace(entry, seq=seq)) == entry.digest:
            how = "removed" if seq > entry.seq else "put in"
            return (
                f"Row {entry.seq} was written as row {seq}: "
                f"rows before it were {how}, or rows changed places."
            )
    return None


def _removed(first: int, last: int) -> str:
    if first == last:
        return f"Row {first} was removed."
    return f"Rows {first} to {last} were removed."


def _unlinked(seq: int) -> str:
    if seq == 1:
        return "Row 1 was put in, or the rows before it were removed."
    return (
        f"Row {seq} does not follow row {seq - 1}: "
        "one of them was put in, or changed together with its digest."
    )


def _rewritten(noted: Mapping[int, set[str]], row: sa.Row[Any]) -> str | None:
    if noted.get(row.seq, set()) <= {row.digest}:
        return None
    return (
        f"Row {row.seq} is not the one that was noted: "
        "the trail was written anew up to there."
    )


def _end_cut_off(last: int, noted: int) -> str:
    lost = _removed(last + 1, noted).removesuffix("removed.")
    return f"The end was cut off: {lost.replace('Row', 'row', 1)}there once."
