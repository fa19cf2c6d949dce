"""Opening the database, and transactions that either hold or never were.

SQLite runs with settings under which an acknowledged request survives power loss.
The usual recipes lose it: measured in `tests/request_app/store/test_power_cuts.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    create_engine,
    event,
    literal,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.expression import TableClause

SQLITE_BUSY_SECONDS = 5
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cell_size_check=ON",
)
SQLITE_BEGIN = "BEGIN IMMEDIATE"  # a deferred one fails under contention

POSTGRES_ARGUMENTS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "options": " ".join(
        f"-c {setting}"
        for setting in (
            "statement_timeout=5s",
            "idle_in_transaction_session_timeout=10s",
            "synchronous_commit=on",
            "timezone=UTC",
            "jit=off",  # to compile the sums of the queue takes longer than they do
        )
    ),
}
READING = "seloste_reading"


class StoreError(Exception):
    """A transaction failed. It names the kind of fault and nothing of the data."""


class StoreUnavailableError(StoreError):
    """The database is full, locked, stopped or not there; later it may not be."""


def open_database(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; it connects when it is first used."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed)
    return _sqlite(parsed)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write."""
    with _faults_without_data(), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads and keeps no writer waiting to begin."""
    with (
        _faults_without_data(),
        engine.execution_options(**{READING: True}).begin() as connection,
    ):
        yield connection


def insert_into(
    connection: Connection, table: TableClause
) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what happens on a conflict, in the database's dialect."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def exists_for(
    table: TableClause, *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether there is a row that fits a row of the table, looked up by its index.

    It is no EXISTS: PostgreSQL may answer one by reading all of the other table, with
    what belongs to closed cases, which are nearly all there are.
    """
    found = select(literal(1)).where(*conditions).limit(1)
    return found.correlate(table).scalar_subquery().is_not(None)


def _sqlite(url: URL) -> Engine:
    """An engine that opens the file anew for each transaction.

    A connection that is kept would go on writing into a file that was replaced
    meanwhile, by a backup put back for instance.
    """
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"timeout": SQLITE_BUSY_SECONDS},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reads else SQLITE_BEGIN)


def _postgresql(url: URL) -> Engine:
    arguments: dict[str, Any] = dict(POSTGRES_ARGUMENTS)
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args=arguments,
    )
    event.listen(engine, "connect", _refuse_encoding, insert=True)
    return engine


def _refuse_encoding(connection: Any, _record: object) -> None:  # noqa: ANN401 - psycopg is optional
    """Where the server was set up without a locale, text comes back as bytes."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(f"its encoding is {encoding} and must be UTF8")


@contextmanager
def _faults_without_data() -> Iterator[None]:
    """A database's own words can hold a row's values: only the kind is passed on."""
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        raise StoreUnavailableError(_kind(error)) from None
    except DBAPIError as error:
        raise StoreError(_kind(error)) from None


def _kind(error: Exception) -> str:
    return type(getattr(error, "orig", None) or error).__name__
