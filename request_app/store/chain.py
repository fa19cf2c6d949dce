"""Checking the audit trail: the first row that was changed, removed or put in.

Whoever writes past the triggers could compute the digests anew as well, and whoever
cuts the end leaves a good chain: both are seen by a head that was noted elsewhere.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, Text, cast, select, type_coerce

from request_app.store.audit import EMPTY, Entry, Head, digest_of
from request_app.store.columns import canonical
from request_app.store.database import reading
from request_app.store.tables import audit

BATCH = 1000
NEARBY = 1000  # how far from its place a row is looked for
RAW = select(
    audit.c.seq,
    cast(audit.c.at, Text).label("at"),
    audit.c.actor,
    audit.c.action,
    audit.c.case_id,
    type_coerce(audit.c.facts, Text).label("facts"),
    audit.c.previous,
    audit.c.digest,
).order_by(audit.c.seq)

Found = Sequence[Row[Any]]
ReadAfter = Callable[[int], Found]


class Checked(NamedTuple):
    """How far the trail holds, and in words what does not."""

    head: Head
    fault: str | None


def check(engine: Engine, heads: Iterable[Head] = ()) -> Checked:
    """Walk the trail in short transactions, so that no writer waits for long."""

    def rows_after(seq: int) -> Found:
        with reading(engine) as connection:
            return rows(connection, seq)

    return walk(rows_after, heads)


def rows(connection: Connection, after: int) -> Found:
    """Some rows as they lie there, whatever somebody wrote into them."""
    return connection.execute(RAW.where(audit.c.seq > after).limit(BATCH)).all()


def walk(rows_after: ReadAfter, heads: Iterable[Head] = ()) -> Checked:
    """Follow the chain from its start to the first fault or its end."""
    noted: dict[int, set[str]] = {}
    for seq, digest in heads:
        noted.setdefault(seq, set()).add(digest)
    head = EMPTY
    for row in _each(rows_after):
        fault = _fault_of(row, head) or _other_than(noted, row)
        if fault:
            return Checked(head, fault)
        head = Head(row.seq, row.digest)
    last = max(noted, default=0)
    if last > head.seq:
        return Checked(head, _cut(head.seq, last))
    return Checked(head, None)


def _each(rows_after: ReadAfter) -> Iterator[Row[Any]]:
    after = -(2**63)  # below any row that somebody could put before the first
    while found := rows_after(after):
        yield from found
        after = found[-1].seq


def _fault_of(row: Row[Any], head: Head) -> str | None:
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


def _entry(row: Row[Any]) -> Entry | None:
    """A row as the product writes it; anything else was written by someone else."""
    try:
        at = datetime.fromisoformat(row.at)
        facts = json.loads(row.facts)
    except ValueError:
        return None
    if canonical(facts) != row.facts:
        return None
    told = dict(row._mapping)  # noqa: SLF001 - its public name
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return Entry(**told | {"at": at, "facts": facts})


def _moved(entry: Entry) -> str | None:
    """Whether a row is whole but was written as another: those around were touched."""
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


def _other_than(noted: Mapping[int, set[str]], row: Row[Any]) -> str | None:
    if noted.get(row.seq, set()) <= {row.digest}:
        return None
    return (
        f"Row {row.seq} is not the one that was noted: "
        "the trail was written anew up to there."
    )


def _cut(last: int, noted: int) -> str:
    lost = _removed(last + 1, noted).removesuffix("removed.")
    return f"The end was cut off: {lost.replace('Row', 'row', 1)}there once."
