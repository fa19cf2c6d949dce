r"""The format of tables and rows: lines of JSON, each followed by its binary values.

So only one row is in memory at a time.

{"table": "letters", "columns": [["id", "text"], ["sealed", "bytes"], ...], ...}
["0f…", {"bytes": 1234}, ...]
<1234 bytes>
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement, TableClause
from sqlalchemy.types import TypeEngine

from request_app.backup.stream import OpeningReader, SealingWriter, StreamBrokenError
from request_app.store.columns import Day, Flag, Instant

MOST_LINE = 16 * 1024 * 1024  # the longest is a stored notice
MOST_BYTES = 1024 * 1024 * 1024
Row = tuple[Any, ...]
TYPES: Mapping[str, TypeEngine[Any]] = {
    "text": sa.Text(),
    "integer": sa.BigInteger(),
    "flag": Flag(),
    "bytes": sa.LargeBinary(),
    "instant": Instant(),
    "day": Day(),
}


@dataclass(frozen=True)
class BackupTable:
    """A table of a back-up: its columns with their types, and its self-references."""

    name: str
    columns: tuple[tuple[str, str], ...]
    own: tuple[str, ...] = ()  # foreign keys to the table itself

    @property
    def clause(self) -> TableClause:
        columns = [sa.column(name, TYPES[kind]) for name, kind in self.columns]
        return sa.table(self.name, *columns)


@dataclass(frozen=True)
class BackupFile:
    name: str
    content: bytes


def table_of(known: sa.Table) -> BackupTable:
    own = tuple(
        key.parent.name
        for key in known.foreign_keys
        if key.column.table.name == known.name
    )
    return BackupTable(
        known.name, tuple((c.name, kind_of(c)) for c in known.columns), own
    )


def kind_of(known: sa.Column[Any]) -> str:
    """The name of a column's type in the format; enumerations and facts are text."""
    for kind, types in (
        ("instant", Instant),
        ("day", Day),
        ("flag", Flag),
        ("bytes", sa.LargeBinary),
        ("integer", sa.Integer),
    ):
        if isinstance(known.type, types):
            return kind
    return "text"


def columns_of(known: sa.Table) -> list[ColumnElement[Any]]:
    return [sa.type_coerce(c, TYPES[kind_of(c)]).label(c.name) for c in known.columns]


def write_table(out: SealingWriter, of: BackupTable) -> None:
    _write(out, {"table": of.name, "columns": of.columns, "own": of.own})


def write_row(out: SealingWriter, row: Row) -> None:
    _write(out, [_plain(value) for value in row])
    for value in row:
        if isinstance(value, bytes | memoryview):
            out.write(value)


def write_file(out: SealingWriter, file: BackupFile) -> None:
    _write(out, {"file": file.name, "bytes": len(file.content)})
    out.write(file.content)


def read_all(source: OpeningReader) -> Iterator[BackupTable | Row | BackupFile]:
    """Read everything in order: each table followed by its rows, then the files."""
    current: BackupTable | None = None
    while line := source.line(MOST_LINE):
        record = json.loads(line)
        if isinstance(record, list):
            yield _row(source, current, record)
        elif "file" in record:
            yield BackupFile(record["file"], source.read(_size(record)))
        else:
            columns = tuple((name, kind) for name, kind in record["columns"])
            current = BackupTable(record["table"], columns, tuple(record["own"]))
            yield current


def _write(out: SealingWriter, record: object) -> None:
    out.write(json.dumps(record, separators=(",", ":")).encode() + b"\n")


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"bytes": len(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _row(source: OpeningReader, table: BackupTable | None, values: list[Any]) -> Row:
    if table is None or len(values) != len(table.columns):
        raise StreamBrokenError("A row has no table.")
    return tuple(
        _value(source, kind, value)
        for value, (_, kind) in zip(values, table.columns, strict=True)
    )


def _value(source: OpeningReader, kind: str, value: Any) -> object:  # noqa: ANN401
    if value is None:
        return None
    if kind == "bytes":
        return source.read(_size(value))
    if kind == "instant":
        return datetime.fromisoformat(value)
    if kind == "day":
        return date.fromisoformat(value)
    return value


def _size(record: Mapping[str, int]) -> int:
    size = record["bytes"]
    if not 0 <= size <= MOST_BYTES:
        raise StreamBrokenError("A length is out of all bounds.")
    return size
