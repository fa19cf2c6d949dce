r"""Rows as lines of JSON, their bytes behind them: so one row is in memory at a time.

{"table": "letters", "columns": [["id", "text"], ["sealed", "bytes"], ...], ...}
["0f…", {"bytes": 1234}, ...]
<1234 bytes>
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    Table,
    Text,
    column,
    table,
    type_coerce,
)
from sqlalchemy.sql.expression import ColumnElement, TableClause
from sqlalchemy.types import TypeEngine

from request_app.backup.stream import OpeningReader, SealingWriter, StreamBrokenError
from request_app.store.columns import Day, Flag, Instant

MOST_LINE = 16 * 1024 * 1024  # the longest is a notice as it was kept
MOST_BYTES = 1024 * 1024 * 1024
Row = tuple[Any, ...]
TYPES: Mapping[str, TypeEngine[Any]] = {
    "text": Text(),
    "integer": BigInteger(),
    "flag": Flag(),
    "bytes": LargeBinary(),
    "instant": Instant(),
    "day": Day(),
}


@dataclass(frozen=True)
class Kept:
    """A table as a back-up names it: its columns, and those that name another row."""

    name: str
    columns: tuple[tuple[str, str], ...]
    own: tuple[str, ...] = ()  # foreign keys to the table itself

    @property
    def clause(self) -> TableClause:
        columns = [column(name, TYPES[kind]) for name, kind in self.columns]
        return table(self.name, *columns)


@dataclass(frozen=True)
class KeptFile:
    name: str
    content: bytes


def kept(known: Table) -> Kept:
    own = tuple(
        key.parent.name
        for key in known.foreign_keys
        if key.column.table.name == known.name
    )
    return Kept(known.name, tuple((c.name, kind_of(c)) for c in known.columns), own)


def kind_of(known: Column[Any]) -> str:
    """How a column is written; what is text below stays the text that it is."""
    for kind, types in (
        ("instant", Instant),
        ("day", Day),
        ("flag", Flag),
        ("bytes", LargeBinary),
        ("integer", Integer),
    ):
        if isinstance(known.type, types):
            return kind
    return "text"


def read_as_kept(known: Table) -> list[ColumnElement[Any]]:
    return [type_coerce(c, TYPES[kind_of(c)]).label(c.name) for c in known.columns]


def write_table(out: SealingWriter, of: Kept) -> None:
    _write(out, {"table": of.name, "columns": of.columns, "own": of.own})


def write_row(out: SealingWriter, row: Row) -> None:
    _write(out, [_plain(value) for value in row])
    for value in row:
        if isinstance(value, bytes | memoryview):
            out.write(value)


def write_file(out: SealingWriter, file: KeptFile) -> None:
    _write(out, {"file": file.name, "bytes": len(file.content)})
    out.write(file.content)


def read_all(source: OpeningReader) -> Iterator[Kept | Row | KeptFile]:
    """Everything in its order: a table and then its rows, files at the end."""
    of: Kept | None = None
    while line := source.line(MOST_LINE):
        told = json.loads(line)
        if isinstance(told, list):
            yield _row(source, of, told)
        elif "file" in told:
            yield KeptFile(told["file"], source.read(_size(told)))
        else:
            columns = tuple((name, kind) for name, kind in told["columns"])
            of = Kept(told["table"], columns, tuple(told["own"]))
            yield of


def _write(out: SealingWriter, told: object) -> None:
    out.write(json.dumps(told, separators=(",", ":")).encode() + b"\n")


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"bytes": len(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _row(source: OpeningReader, of: Kept | None, told: list[Any]) -> Row:
    if of is None or len(told) != len(of.columns):
        raise StreamBrokenError("A row has no table.")
    return tuple(
        _value(source, kind, value)
        for value, (_, kind) in zip(told, of.columns, strict=True)
    )


def _value(source: OpeningReader, kind: str, told: Any) -> object:  # noqa: ANN401
    if told is None:
        return None
    if kind == "bytes":
        return source.read(_size(told))
    if kind == "instant":
        return datetime.fromisoformat(told)
    if kind == "day":
        return date.fromisoformat(told)
    return told


def _size(told: Mapping[str, int]) -> int:
    size = told["bytes"]
    if not 0 <= size <= MOST_BYTES:
        raise StreamBrokenError("A length is out of all bounds.")
    return size
