"""What SQLite's settings are for: the power goes, and nothing acknowledged is lost.

The statements are those that `accept` really runs, recorded and played on a disk that
forgets what was not synced.
"""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from sqlalchemy import event

from request_app.store.database import SQLITE_PRAGMAS, writing
from tests.support.filed_requests import file
from tests.support.forgetful_disk import Disk, cuts

DATABASE = "seloste.sqlite3"
TRANSACTIONS = 8
TABLES = ("cases", "audit", "outbox", "form_nonces")


@pytest.fixture
def recorded(sqlite_engine):
    """The database before, and what each of some requests does to it."""
    before = Path(sqlite_engine.url.database).read_bytes()
    transactions = []

    @event.listens_for(sqlite_engine, "before_cursor_execute")
    def record(_connection, _cursor, statement, parameters, _context, many):
        rows = parameters if many else [parameters]
        transactions[-1].extend((statement, row) for row in rows)

    for number in range(TRANSACTIONS):
        transactions.append([])
        with writing(sqlite_engine) as connection:
            file(connection, nonce=b"a nonce of tests" + bytes([number]))
    return {DATABASE: before}, transactions


def play(disk: Disk, transactions, pragmas) -> Iterator[None]:
    connection = opened(disk, pragmas)
    for statements in transactions:
        for statement, row in statements:
            list(connection.execute(statement, row))
        connection.execute("COMMIT")
        yield
    connection.close()


def opened(disk: Disk, pragmas=SQLITE_PRAGMAS) -> apsw.Connection:
    connection = apsw.Connection(DATABASE, vfs=disk.name)
    for pragma in pragmas:
        list(connection.execute(pragma))
    return connection


def verdict(cut) -> str:
    """How the database is found when the power is back."""
    connection = opened(Disk(cut.files))
    try:
        if connection.pragma("integrity_check") != "ok":
            return "broken"
        found = {
            connection.execute(f"SELECT count(*) FROM {table}").get  # noqa: S608
            for table in TABLES
        }
    except apsw.CorruptError:
        return "broken"
    finally:
        connection.close()
    if len(found) > 1:
        return "half"
    return "lost" if found.pop() < cut.acknowledged else "whole"


def verdicts(recorded, pragmas):
    files, transactions = recorded
    found = cuts(files, lambda disk: play(disk, transactions, pragmas), seed=1)
    return [verdict(cut) for cut in found]


def test_power_cuts_lose_nothing(recorded):
    found = verdicts(recorded, SQLITE_PRAGMAS)

    assert len(found) >= 200
    assert set(found) == {"whole"}


@pytest.mark.parametrize(
    "recipe",
    [
        pytest.param("PRAGMA synchronous=OFF", id="no syncing"),
        pytest.param("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL", id="usual"),
    ],
)
def test_other_settings_would_lose_what_was_acknowledged(recorded, recipe):
    found = verdicts(recorded, (*SQLITE_PRAGMAS, recipe))

    assert found.count("lost") + found.count("broken") > TRANSACTIONS / 2
