"""Putting a back-up into an empty database of either kind."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.sql.expression import TableClause

from request_app import migrations
from request_app.backup.create import ALONE, AT_ONCE
from request_app.backup.manifest import BackupError, Manifest
from request_app.backup.reader import Backup, Part
from request_app.backup.records import Kept, KeptFile
from request_app.store import audit, chain
from request_app.store.database import (
    StoreError,
    StoreUnavailableError,
    open_database,
    reading,
    writing,
)
from request_app.store.tables import metadata, staff_sessions

SHARED = 0o660  # the users of form and desk both write to the database
DRAFT = ".restoring"
VERSIONS = "alembic_version"


@dataclass(frozen=True, kw_only=True)
class By:
    """Who restores when, and whether a broken audit trail is taken as it is."""

    actor: str
    now: datetime
    broken_trail: bool = False


def restore(backup: Backup, url: str, by: By) -> str | None:
    """Fill an empty database; it is whole afterwards, or as empty as it was.

    Returned is the fault of the audit trail, where that is taken as it is.
    """
    if says := migrations.refusal("back-up", backup.manifest.schema):
        raise BackupError(says)
    file = _file_of(url)
    try:
        if file is None:
            return _into_postgresql(backup, url, by)
        return _into_file(backup, file, by)
    except StoreUnavailableError:
        raise
    except StoreError as error:
        raise BackupError(
            f"The back-up holds rows that no database of ours takes ({error}). "
            "Nothing was restored. Try the back-up of the night before."
        ) from None


def _file_of(url: str) -> Path | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise BackupError("The address names no file for the database.")
    return Path(parsed.database)


def _into_file(backup: Backup, file: Path, by: By) -> str | None:
    """Fill a draft, which then takes its name: half a database is never met."""
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
    draft.touch(mode=SHARED)
    draft.chmod(SHARED)  # whatever the umask took away
    try:
        fault = _filled(backup, f"sqlite:///{draft}", by)
        _sync(draft)
        draft.replace(file)
        _sync(file.parent)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(draft.name + "-journal").unlink(missing_ok=True)
    return fault


def _beside(file: Path) -> list[Path]:
    """What SQLite keeps beside a file, and plays back into whatever has its name.

    Source: https://www.sqlite.org/howtocorrupt.html section 1.4.
    """
    return [
        file.with_name(file.name + ending) for ending in ("-journal", "-wal", "-shm")
    ]


def _into_postgresql(backup: Backup, url: str, by: By) -> str | None:
    engine = open_database(url)
    try:
        with reading(engine) as connection:
            there = inspect(connection).get_table_names()
        if there:
            raise BackupError(
                "The database is not empty. Restore into a new one: CREATE DATABASE …"
            )
        try:
            return _filled(backup, url, by)
        except BaseException:
            _empty_again(engine)
            raise
    finally:
        engine.dispose()


def _empty_again(engine: Engine) -> None:
    migrations.downgrade(engine, "base")
    with writing(engine) as connection:
        connection.execute(text(f"DROP TABLE {VERSIONS}"))


def _filled(backup: Backup, url: str, by: By) -> str | None:
    """Tables of the time of the back-up, its rows, and only then today's tables."""
    engine = open_database(url)
    try:
        migrations.upgrade(engine, backup.manifest.schema)
        with writing(engine) as connection:
            _take_your_time(connection)
            if by.broken_trail:
                _allow_gaps(connection)
            _fill(connection, backup.parts())
            _compare(connection, backup.manifest)
        fault = chain.check(engine, [backup.manifest.head]).fault
        if fault and not by.broken_trail:
            raise BackupError(f"The audit trail of the back-up is broken. {fault}")
        migrations.upgrade(engine)  # and the triggers are there again
        _begin_anew(engine, backup.manifest, by, fault)
    finally:
        engine.dispose()
    return fault


def _take_your_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _allow_gaps(connection: Connection) -> None:
    of = " ON audit" if connection.dialect.name == "postgresql" else ""
    connection.execute(text(f"DROP TRIGGER audit_refuses_gaps{of}"))


def _fill(connection: Connection, parts: Iterable[Part]) -> None:
    """Rows of a table that name others of it are tied when all of them are there."""
    for of, rows in _by_table(parts):
        ties: list[dict[str, Any]] = []
        names = [name for name, _ in of.columns]
        for batch in _batches(rows, 1 if of.name in ALONE else AT_ONCE):
            told = [dict(zip(names, row, strict=True)) for row in batch]
            for row in told if of.own else ():
                ties += _untied(row, of)
            connection.execute(insert(of.clause), told)
        for tie in ties:
            connection.execute(_tying(of.clause, tie), tie)


def _by_table(parts: Iterable[Part]) -> Iterator[tuple[Kept, Iterator[Any]]]:
    table: list[Kept] = []

    def numbered(part: Part) -> int:
        if isinstance(part, Kept):
            table.append(part)
        return 0 if isinstance(part, KeptFile) else len(table)

    for number, group in groupby(parts, numbered):
        if number:
            yield table[-1], (part for part in group if not isinstance(part, Kept))


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _untied(row: dict[str, Any], of: Kept) -> Iterator[dict[str, Any]]:
    for name in of.own:
        if row[name] is not None:
            yield {"tied": row["id"], name: row[name]}
            row[name] = None


def _tying(clause: TableClause, tie: dict[str, Any]) -> Any:  # noqa: ANN401
    [name] = tie.keys() - {"tied"}
    return (
        update(clause)
        .where(clause.c.id == bindparam("tied"))
        .values({name: bindparam(name)})
    )


def _compare(connection: Connection, manifest: Manifest) -> None:
    for name, count in manifest.counts.items():
        table = metadata.tables[name]
        there = connection.scalar(select(func.count()).select_from(table))
        if there != count:
            raise BackupError(f"Of {count} rows of {name}, {there} arrived.")


def _begin_anew(engine: Engine, manifest: Manifest, by: By, fault: str | None) -> None:
    """Nobody stays signed in, and the trail tells from when on rows are missing."""
    facts = {"made_at": manifest.made_at.isoformat(), "rows": str(manifest.rows)}
    if fault:
        facts["fault"] = fault
    with writing(engine) as connection:
        connection.execute(delete(staff_sessions))
        audit.append(
            connection,
            at=by.now,
            actor=by.actor,
            action="backup.restored",
            facts=facts,
        )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
