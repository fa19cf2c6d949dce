"""Making a back-up: written as a draft, synced to disk, then renamed."""

import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from request_app import migrations
from request_app.backup import row_format
from request_app.backup.manifest import BackupError, Manifest, key_place, write_top
from request_app.backup.snapshot import snapshot
from request_app.backup.stream import SealingWriter
from request_app.sealing import SealingKey, seal
from request_app.store import audit
from request_app.store.tables import metadata

SUFFIX = ".backup"
DRAFT, COPY = ".new", ".copy"
PREFIX = "seloste-"
KEY_BYTES = 32
AT_ONCE = 200  # rows
ALONE = frozenset({"package_files"})  # up to 20 MB a row
MODE = 0o600


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a back-up is made from."""

    engine: sa.Engine
    key: SealingKey  # the recovery key
    files: Iterable[row_format.BackupFile]
    product: str
    now: datetime


def name_at(now: datetime) -> str:
    """A name from the time, so that sorting by name sorts by time."""
    return f"{PREFIX}{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}{SUFFIX}"


def make(job: Job, target: Path) -> Manifest:
    """Write a back-up, completely or not at all."""
    if target.exists():
        raise BackupError(f"{target} is there already; a back-up replaces nothing.")
    folder = target.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _lock_folder(folder) as handle:
        draft = folder / f".{target.name}{DRAFT}"
        try:
            with open(draft, "xb", opener=_for_owner) as out:
                manifest = _write(job, out, folder / f".{target.name}{COPY}")
                out.flush()
                os.fsync(out.fileno())
            draft.rename(target)
        finally:
            draft.unlink(missing_ok=True)
        os.fsync(handle)
    return manifest


def delete_older(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest back-ups of a folder, by the times in their names."""
    found = sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), reverse=True)
    for path in found[keep:]:
        path.unlink()
    return found[keep:]


@contextmanager
def _lock_folder(folder: Path) -> Iterator[int]:
    """Let one back-up run at a time in a folder; delete the drafts of killed ones."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                f"Another back-up is being made in {folder}; wait until it is ready."
            ) from None
        for ending in (DRAFT, COPY, f"{COPY}-journal"):
            for left in folder.glob(f".*{SUFFIX}{ending}"):
                left.unlink()
        yield handle
    finally:
        os.close(handle)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, MODE)


def _write(job: Job, out: BinaryIO, copy: Path) -> Manifest:
    with snapshot(job.engine, copy) as connection:
        files = tuple(job.files)  # read after the snapshot: a newer key does no harm
        manifest = _manifest(job, connection, files)
        encoded, key = manifest.encode(), secrets.token_bytes(KEY_BYTES)
        write_top(out, encoded, seal(key, key=job.key, place=key_place(encoded)))
        stream = SealingWriter(out, key)
        for table in metadata.sorted_tables:
            row_format.write_table(stream, row_format.table_of(table))
            for row in _rows(connection, table):
                row_format.write_row(stream, row)
    for file in files:
        row_format.write_file(stream, file)
    stream.finish()
    return manifest


def _manifest(
    job: Job, connection: sa.Connection, files: tuple[row_format.BackupFile, ...]
) -> Manifest:
    schema = migrations.revision_of(connection)
    if schema is None:
        raise BackupError("The database has no tables: there is nothing to back up.")
    if schema != migrations.newest():
        raise BackupError(
            f"The database is at schema {schema}, this version at "
            f"{migrations.newest()}: back it up with the version that it belongs to."
        )
    return Manifest(
        product=job.product,
        schema=schema,
        made_at=job.now,
        counts={
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table))
            or 0
            for table in metadata.sorted_tables
        },
        head=audit.head_of(connection),
        files=tuple(file.name for file in files),
    )


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[row_format.Row]:
    """The rows in the order of their primary key, in batches."""
    found = sa.select(*row_format.columns_of(table)).order_by(*table.primary_key)
    batch = 1 if table.name in ALONE else AT_ONCE
    streamed = connection.execution_options(stream_results=True, yield_per=batch)
    for row in streamed.execute(found):
        yield tuple(row)
