"""Opening the database, its transactions, and the queries that all tables share.

SQLite runs with settings under which an acknowledged request survives power loss.
The usual settings lose it: `tests/request_app/store/test_power_cuts.py` measures that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import (
    DBAPIError,
    OperationalError,
    TimeoutError as PoolTimeoutError,
)
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
SHARED_MODE = 0o660  # of the file: the users of form and desk both write to it
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
Record = TypeVar("Record")


class StoreError(Exception):
    """A transaction failed. The message names the kind of fault and holds no data."""


class StoreUnavailableError(StoreError):
    """The database is full, locked, stopped or missing; a later try may succeed."""


def open_database(url: str) -> sa.Engine:
    """Return an engine for SQLite or PostgreSQL; it connects when first used."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed)
    return _sqlite(parsed)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Run one transaction that may write."""
    with _errors_without_data(), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Run one transaction that only reads and keeps no writer waiting to begin."""
    with (
        _errors_without_data(),
        engine.execution_options(**{READING: True}).begin() as connection,
    ):
        yield connection


def insert_into(
    connection: sa.Connection, table: TableClause
) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT with ON CONFLICT, in the database's own dialect."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_missing(
    connection: sa.Connection,
    table: sa.Table,
    *rows: Mapping[str, object],
) -> bool:
    """Insert the rows that are not there yet; tell whether any was missing."""
    inserted = connection.execute(
        insert_into(connection, table)
        .values(list(rows))
        .on_conflict_do_nothing()
        .returning(*table.primary_key)
    )
    return inserted.first() is not None


def replace_rows(
    connection: sa.Connection,
    table: sa.Table,
    owner: Mapping[str, str],
    column: str,
    values: Iterable[str],
) -> None:
    """Replace all rows that belong to `owner` by one for each value of `column`."""
    own = [table.c[name] == value for name, value in owner.items()]
    connection.execute(sa.delete(table).where(*own))
    if rows := [{**owner, column: value} for value in sorted(set(values))]:
        connection.execute(sa.insert(table), rows)


def read_all(
    connection: sa.Connection, kind: Callable[..., Record], query: sa.Select[Any]
) -> list[Record]:
    """Read the rows of a query as objects whose fields are named as its columns."""
    return [kind(**row) for row in connection.execute(query).mappings()]


def read_one(
    connection: sa.Connection, kind: Callable[..., Record], query: sa.Select[Any]
) -> Record | None:
    """Read the only row of a query as an object, if there is one."""
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else kind(**row)


def exists_for(
    table: TableClause, *conditions: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Whether a row matches the conditions for a row of `table`, found by its index.

    This is no EXISTS: PostgreSQL may run one by reading the whole other table,
    including what belongs to closed cases, and nearly all cases are closed.
    """
    found = sa.select(sa.literal(1)).where(*conditions).limit(1)
    return found.correlate(table).scalar_subquery().is_not(None)


def _sqlite(url: sa.URL) -> sa.Engine:
    """Return an engine that opens the file anew for each transaction.

    A connection kept open would go on writing to a file that was replaced meanwhile,
    for instance by a restored back-up.
    """
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"timeout": SQLITE_BUSY_SECONDS},
    )
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin at BEGIN, below
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reads else SQLITE_BEGIN)


def _postgresql(url: sa.URL) -> sa.Engine:
    arguments: dict[str, Any] = dict(POSTGRES_ARGUMENTS)
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args=arguments,
    )
    sa.event.listen(engine, "connect", _refuse_encoding, insert=True)
    return engine


def _refuse_encoding(connection: Any, _record: object) -> None:  # noqa: ANN401 - psycopg is optional
    """Refuse a server without UTF-8: set up without a locale, it returns bytes."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(f"its encoding is {encoding} and must be UTF8")


@contextmanager
def _errors_without_data() -> Iterator[None]:
    """Raise errors without the database's message, which can hold a row's values."""
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        raise StoreUnavailableError(_kind(error)) from None
    except DBAPIError as error:
        raise StoreError(_kind(error)) from None


def _kind(error: Exception) -> str:
    return type(getattr(error, "orig", None) or error).__name__
