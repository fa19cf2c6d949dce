"""Restoring a back-up into an empty database, SQLite or PostgreSQL."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import TableClause

from request_app import migrations
from request_app.backup.create import ALONE, AT_ONCE
from request_app.backup.manifest import BackupError, Manifest
from request_app.backup.read_backup import Backup, Part
from request_app.backup.row_format import BackupFile, BackupTable
from request_app.sealing.keyfiles import sync
from request_app.store import audit, chain, database
from request_app.store.tables import metadata, staff_sessions

DRAFT = ".restoring"
VERSIONS = "alembic_version"


@dataclass(frozen=True, kw_only=True)
class RestoreOptions:
    """Who restores and when, and whether a broken audit trail is accepted."""

    actor: str
    now: datetime
    broken_trail: bool = False


def restore(backup: Backup, url: str, options: RestoreOptions) -> str | None:
    """Fill an empty database completely, or leave it empty.

    Returns the fault of the audit trail, if a broken one is accepted.
    """
    if says := migrations.refusal("back-up", backup.manifest.schema):
        raise BackupError(says)
    file = _file_of(url)
    try:
        if file is None:
            return _into_postgresql(backup, url, options)
        return _into_file(backup, file, options)
    except database.StoreUnavailableError:
        raise
    except database.StoreError as error:
        raise BackupError(
            f"The back-up holds rows that no database of ours takes ({error}). "
            "Nothing was restored. Try the back-up of the night before."
        ) from None


def _file_of(url: str) -> Path | None:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise BackupError("The address names no file for the database.")
    return Path(parsed.database)


def _into_file(backup: Backup, file: Path, options: RestoreOptions) -> str | None:
    """Fill a draft and rename it, so that no program opens half a database."""
    if file.exists() and file.stat().st_size:
        raise BackupError(f"{file} is there already. Restore into a new file.")
    if left := [each.name for each in _beside(file) if each.exists()]:
        raise BackupError(
            f"Beside {file} there is still {' and '.join(left)} of another database, "
            "which would damage this one. Move it away, to where that database is."
        )
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(file.name + DRAFT)
    draft.unlink(missing_ok=True)
    draft.touch(mode=database.SHARED_MODE)
    draft.chmod(database.SHARED_MODE)  # whatever the umask removed
    try:
        fault = _fill(backup, f"sqlite:///{draft}", options)
        sync(draft)
        draft.replace(file)
        sync(file.parent)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(draft.name + "-journal").unlink(missing_ok=True)
    return fault


def _beside(file: Path) -> list[Path]:
    """The journals that SQLite keeps beside a file and replays into any file there.

    Source: https://www.sqlite.org/howtocorrupt.html section 1.4.
    """
    return [
        file.with_name(file.name + ending) for ending in ("-journal", "-wal", "-shm")
    ]


def _into_postgresql(backup: Backup, url: str, options: RestoreOptions) -> str | None:
    engine = database.open_database(url)
    try:
        with database.reading(engine) as connection:
            there = sa.inspect(connection).get_table_names()
        if there:
            raise BackupError(
                "The database is not empty. Restore into a new one: CREATE DATABASE …"
            )
        try:
            return _fill(backup, url, options)
        except BaseException:
            _drop_tables(engine)
            raise
    finally:
        engine.dispose()


def _drop_tables(engine: sa.Engine) -> None:
    migrations.downgrade(engine, "base")
    with database.writing(engine) as connection:
        connection.execute(sa.text(f"DROP TABLE {VERSIONS}"))


def _fill(backup: Backup, url: str, options: RestoreOptions) -> str | None:
    """Create the back-up's own schema, insert its rows, then migrate to today's."""
    engine = database.open_database(url)
    try:
        migrations.upgrade(engine, backup.manifest.schema)
        with database.writing(engine) as connection:
            _disable_timeouts(connection)
            if options.broken_trail:
                _allow_gaps(connection)
            _insert(connection, backup.parts())
            _compare_counts(connection, backup.manifest)
        fault = chain.check(engine, [backup.manifest.head]).fault
        if fault and not options.broken_trail:
            raise BackupError(f"The audit trail of the back-up is broken. {fault}")
        migrations.upgrade(engine)  # which also restores the triggers
        _end_sessions(engine, backup.manifest, options, fault)
    finally:
        engine.dispose()
    return fault


def _disable_timeouts(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _allow_gaps(connection: sa.Connection) -> None:
    of = " ON audit" if connection.dialect.name == "postgresql" else ""
    connection.execute(sa.text(f"DROP TRIGGER audit_refuses_gaps{of}"))


def _insert(connection: sa.Connection, parts: Iterable[Part]) -> None:
    """Insert all rows; references within a table are set after all of its rows."""
    for table, rows in _by_table(parts):
        deferred: list[dict[str, Any]] = []
        names = [name for name, _ in table.columns]
        for batch in _batches(rows, 1 if table.name in ALONE else AT_ONCE):
            values = [dict(zip(names, row, strict=True)) for row in batch]
            for row in values if table.own else ():
                deferred += _defer_self_references(row, table)
            connection.execute(sa.insert(table.clause), values)
        for reference in deferred:
            connection.execute(_set_reference(table.clause, reference), reference)


def _by_table(parts: Iterable[Part]) -> Iterator[tuple[BackupTable, Iterator[Any]]]:
    tables: list[BackupTable] = []

    def number_of(part: Part) -> int:
        if isinstance(part, BackupTable):
            tables.append(part)
        return 0 if isinstance(part, BackupFile) else len(tables)

    for number, group in groupby(parts, number_of):
        if number:
            rows = (part for part in group if not isinstance(part, BackupTable))
            yield tables[-1], rows


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _defer_self_references(
    row: dict[str, Any], table: BackupTable
) -> Iterator[dict[str, Any]]:
    """Clear the references of a row to other rows of its table, and yield them."""
    for name in table.own:
        if row[name] is not None:
            yield {"row": row["id"], name: row[name]}
            row[name] = None


def _set_reference(table: TableClause, reference: dict[str, Any]) -> sa.Update:
    [name] = reference.keys() - {"row"}
    return (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row"))
        .values({name: sa.bindparam(name)})
    )


def _compare_counts(connection: sa.Connection, manifest: Manifest) -> None:
    for name, count in manifest.counts.items():
        table = metadata.tables[name]
        there = connection.scalar(sa.select(sa.func.count()).select_from(table))
        if there != count:
            raise BackupError(f"Of {count} rows of {name}, {there} arrived.")


def _end_sessions(
    engine: sa.Engine, manifest: Manifest, options: RestoreOptions, fault: str | None
) -> None:
    """End all sessions, and record in the trail since when rows may be missing."""
    facts = {"made_at": manifest.made_at.isoformat(), "rows": str(manifest.rows)}
    if fault:
        facts["fault"] = fault
    with database.writing(engine) as connection:
        connection.execute(sa.delete(staff_sessions))
        audit.append(
            connection,
            at=options.now,
            actor=options.actor,
            action="backup.restored",
            facts=facts,
        )
