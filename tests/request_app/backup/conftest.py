"""A database with something in every table, and back-ups of it."""

from datetime import date
from enum import StrEnum

import pytest
from sqlalchemy import Connection, insert, select

from request_app.backup import files
from request_app.backup.create import Job, make
from request_app.sealing import OpeningKey
from request_app.store import audit
from request_app.store.columns import Choice, Day, FactsColumn, Flag, Instant
from request_app.store.database import reading, writing
from request_app.store.tables import metadata
from tests.conftest import SMALL
from tests.support.filed_requests import NOW, file

RECOVERY = OpeningKey(b"\x33" * 32)
BIG = bytes(range(256)) * 1000  # more than some chunks of the stream


def fill(connection: Connection) -> None:
    """Two requests, the later tied to the earlier, and a row in each other table."""
    first = file(connection)
    second = file(connection, nonce=b"another nonce of tests")
    cases = metadata.tables["cases"]
    # the one that is named has the later id, so it comes later in a back-up
    ids = sorted(connection.scalars(select(cases.c.id)).all())
    connection.execute(
        cases.update().where(cases.c.id == ids[0]).values(former_id=ids[1])
    )
    for table in metadata.sorted_tables:
        if not connection.execute(select(table).limit(1)).first():
            connection.execute(insert(table), made_up(connection, table))
    audit.append(connection, at=NOW, actor="form", action="x", facts={"ä": "Ö\n"})
    assert first.reference != second.reference


def made_up(connection, table):
    return {column.name: value_of(connection, column) for column in table.columns}


def value_of(connection, column):
    if column.foreign_keys:
        [key] = column.foreign_keys
        return connection.scalar(select(key.column).limit(1))
    if column.name in {"public_key", "code_key"}:
        return bytes(32)
    kinds = {
        Choice: lambda: next(iter(column.type.words)),
        Instant: lambda: NOW,
        Day: lambda: date(2026, 11, 22),
        Flag: lambda: True,
        FactsColumn: lambda: {"a": "ä"},
    }
    for kind, value in kinds.items():
        if isinstance(column.type, kind):
            return value()
    made = {bytes: BIG, int: 7, str: "fi"}[column.type.python_type]
    assert not isinstance(made, StrEnum)
    return made


def rows_of(engine):
    """Everything there is, by table."""
    with reading(engine) as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key)
                )
            ]
            for name, table in metadata.tables.items()
        }


@pytest.fixture
def filled(sqlite_engine):
    with writing(sqlite_engine) as connection:
        fill(connection)
    return sqlite_engine


@pytest.fixture
def either(engine):
    """A full database of each kind."""
    with writing(engine) as connection:
        fill(connection)
    return engine


def job_of(engine, **changes):
    told = {
        "engine": engine,
        "key": RECOVERY.public,
        "files": list(files.to_back_up(SMALL, SMALL)),
        "product": "0.1.0",
        "now": NOW,
    }
    return Job(**told | changes)


@pytest.fixture
def job(filled):
    return job_of(filled)


@pytest.fixture
def made(job, tmp_path):
    path = tmp_path / "made" / "seloste.backup"
    make(job, path)
    return path
