"""A snapshot of the database at one moment, while others continue to write."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from request_app.backup.manifest import BackupError
from request_app.store.database import open_database, reading

REPEATABLE = {
    "isolation_level": "REPEATABLE READ",
    "postgresql_readonly": True,
    "postgresql_deferrable": True,
}
TIMEOUTS = ("statement_timeout", "idle_in_transaction_session_timeout")


@contextmanager
def snapshot(engine: sa.Engine, copy: Path) -> Iterator[sa.Connection]:
    """Connect to a snapshot. On SQLite it is a copy of the file, at `copy`."""
    with (
        _of_sqlite(engine, copy)
        if engine.name == "sqlite"
        else _of_postgresql(engine) as connection
    ):
        yield connection


@contextmanager
def _of_sqlite(engine: sa.Engine, copy: Path) -> Iterator[sa.Connection]:
    """Copy the database with VACUUM INTO: reading the file itself would block writers.

    A plain copy of a file in use is broken, and SQLite's back-up interface also copies
    deleted text.
    """
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    still: sa.Engine | None = None
    try:
        _vacuum(engine, copy)
        still = open_database(f"sqlite:///{copy}")
        with reading(still) as connection:
            yield connection
    finally:
        if still is not None:
            still.dispose()
        copy.unlink()


def _vacuum(engine: sa.Engine, copy: Path) -> None:
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
def _of_postgresql(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction whose first SELECT takes the snapshot; BEGIN and SET do not."""
    with reading(engine.execution_options(**REPEATABLE)) as connection:
        for setting in TIMEOUTS:
            connection.execute(sa.select(sa.func.set_config(setting, "0", True)))
        yield connection
