"""The database as it was at one moment, while others go on writing."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from request_app.backup.manifest import BackupError
from request_app.store.database import open_database, reading

REPEATABLE = {
    "isolation_level": "REPEATABLE READ",
    "postgresql_readonly": True,
    "postgresql_deferrable": True,
}
WITHOUT_END = ("statement_timeout", "idle_in_transaction_session_timeout")


@contextmanager
def snapshot(engine: Engine, copy: Path) -> Iterator[Connection]:
    """A connection that sees one moment. `copy` is where SQLite may lay one down."""
    with (
        _of_sqlite(engine, copy)
        if engine.name == "sqlite"
        else _of_postgresql(engine) as connection
    ):
        yield connection


@contextmanager
def _of_sqlite(engine: Engine, copy: Path) -> Iterator[Connection]:
    """A copy of a moment: reading for long in the file itself would stop its writers.

    A plain copy of a file in use is broken, and the interface for back-ups copies
    deleted text as well; VACUUM INTO does neither.
    """
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    still: Engine | None = None
    try:
        _vacuum(engine, copy)
        still = open_database(f"sqlite:///{copy}")
        with reading(still) as connection:
            yield connection
    finally:
        if still is not None:
            still.dispose()
        copy.unlink()


def _vacuum(engine: Engine, copy: Path) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        raise BackupError(
            f"The database could not be copied to {copy.parent} "
            f"({type(error).__name__}). Is there room on its disk?"
        ) from None
    finally:
        connection.close()


@contextmanager
def _of_postgresql(engine: Engine) -> Iterator[Connection]:
    """A transaction whose moment is its first SELECT: neither BEGIN nor SET has one."""
    with reading(engine.execution_options(**REPEATABLE)) as connection:
        for setting in WITHOUT_END:
            connection.execute(select(func.set_config(setting, "0", True)))
        yield connection
