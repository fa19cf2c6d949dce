from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select, text

from request_app.store.columns import Instant
from request_app.store.database import (
    StoreError,
    StoreUnavailableError,
    open_database,
    reading,
    writing,
)
from request_app.store.tables import notice_contents
from tests.support.filed_requests import NOW, file
from tests.support.full_database import room_for

PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,  # MEMORY
    "cell_size_check": 1,
}


def test_every_pooled_connection_of_sqlite_has_the_settings(sqlite_engine):
    with sqlite_engine.connect() as first, sqlite_engine.connect() as second:
        for connection in (first.connection, second.connection):
            found = {
                name: connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in PRAGMAS
            }

            assert found == PRAGMAS


def test_postgresql_waits_for_the_disk_and_not_forever(postgres):
    engine = open_database(postgres.url("postgres"))
    with engine.connect() as connection:
        shown = {
            name: connection.scalar(text(f"SHOW {name}"))
            for name in ("synchronous_commit", "statement_timeout", "timezone")
        }
    engine.dispose()

    assert shown == {
        "synchronous_commit": "on",
        "statement_timeout": "5s",
        "timezone": "UTC",
    }


def keep(connection, name):
    row = {"hash": name, "content": "{}", "kept_at": NOW}
    connection.execute(insert(notice_contents), row)


def test_a_transaction_that_fails_leaves_nothing(engine):
    def keep_and_fail():
        with writing(engine) as connection:
            keep(connection, "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep_and_fail()

    with reading(engine) as connection:
        assert connection.execute(select(notice_contents)).all() == []


def test_an_error_tells_its_kind_and_no_values(engine):
    with writing(engine) as connection:
        keep(connection, "testi.testinen@example.com")

    with pytest.raises(StoreError) as caught, writing(engine) as connection:
        keep(connection, "testi.testinen@example.com")

    assert str(caught.value) in {"IntegrityError", "UniqueViolation"}
    assert caught.value.__suppress_context__


def test_sqlalchemy_hides_the_values_too(engine):
    with (
        engine.connect() as connection,
        pytest.raises(Exception, match="hide") as error,
    ):
        connection.execute(text("SELECT :planted FROM nowhere"), {"planted": "Testi"})

    assert "Testi" not in str(error.value)


def test_a_locked_database_is_told_as_unavailable(migrated_file, monkeypatch):
    monkeypatch.setattr("request_app.store.database.SQLITE_BUSY_SECONDS", 0)
    engine = open_database(f"sqlite:///{migrated_file}")
    with writing(engine), pytest.raises(StoreUnavailableError), writing(engine):
        pass
    engine.dispose()


def test_readers_do_not_wait_for_a_writer_to_commit(sqlite_engine):
    with writing(sqlite_engine) as writer:
        keep(writer, "new")
        with reading(sqlite_engine) as reader:
            assert reader.execute(select(notice_contents)).all() == []


def test_a_full_database_is_told_as_unavailable_and_recovers(sqlite_engine):
    big = "x" * 100_000

    with (
        room_for(sqlite_engine, pages=1),
        pytest.raises(StoreUnavailableError),
        writing(sqlite_engine) as connection,
    ):
        keep(connection, big)

    with writing(sqlite_engine) as connection:
        file(connection)


def test_a_database_that_is_not_there_is_told_as_unavailable(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/no/such/folder/seloste.sqlite3")

    with pytest.raises(StoreUnavailableError), reading(engine):
        pass


def test_a_stopped_server_is_told_as_unavailable(tmp_path):
    engine = open_database(f"postgresql://postgres@/seloste?host={tmp_path}")

    with pytest.raises(StoreUnavailableError), reading(engine):
        pass


def test_a_cut_connection_costs_one_request_at_most(postgres):
    engine = open_database(postgres.url("postgres"))
    with pytest.raises(StoreUnavailableError), writing(engine) as connection:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with reading(engine) as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_a_server_stopped_at_once_brings_back_what_was_committed(
    postgres, postgresql_engine
):
    with writing(postgresql_engine) as connection:
        keep(connection, "committed")
    postgres.stop()
    with pytest.raises(StoreUnavailableError), reading(postgresql_engine):
        pass

    postgres.start()

    with reading(postgresql_engine) as connection:
        kept = connection.scalars(select(notice_contents.c.hash)).all()
    assert kept == ["committed"]


def test_deleted_text_is_not_left_in_the_file(sqlite_engine):
    planted = "x" * 50 + "a text to be deleted"
    with writing(sqlite_engine) as connection:
        keep(connection, planted)
    with writing(sqlite_engine) as connection:
        connection.execute(notice_contents.delete())

    assert b"to be deleted" not in Path(sqlite_engine.url.database).read_bytes()


instants = Table("instants", MetaData(), Column("at", Instant, primary_key=True))


@pytest.mark.parametrize(
    "hours", [pytest.param(0, id="UTC"), pytest.param(3, id="elsewhere")]
)
def test_an_instant_comes_back_in_utc(empty_engine, hours):
    instants.create(empty_engine)
    utc = datetime(2026, 6, 1, 12, 30, 1, 5, tzinfo=UTC)
    local = utc.astimezone(tz=None) + timedelta(hours=hours)
    with writing(empty_engine) as connection:
        connection.execute(insert(instants).values(at=local))
        found = connection.scalar(select(instants.c.at).where(instants.c.at <= local))

    assert found == local
    assert found.tzinfo is UTC


def test_a_naive_instant_is_refused(empty_engine):
    instants.create(empty_engine)

    with (
        pytest.raises(Exception, match="time zone"),
        writing(empty_engine) as connection,
    ):
        connection.execute(insert(instants).values(at=datetime(2026, 6, 1)))  # noqa: DTZ001


def test_postgresql_compiles_no_query(postgresql_engine):
    """The sums of the queue took seconds with three thousand open cases."""
    with reading(postgresql_engine) as connection:
        assert connection.scalar(text("SHOW jit")) == "off"


def test_a_database_of_another_encoding_is_refused(postgres):
    url = postgres.url("postgres").replace("postgresql:", "postgresql+psycopg:")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        as_it_is = "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"
        connection.execute(text(f"CREATE DATABASE ascii {as_it_is}"))
    server.dispose()
    engine = open_database(postgres.url("ascii"))

    with (
        pytest.raises(StoreError, match="its encoding is SQL_ASCII and must be UTF8"),
        reading(engine),
    ):
        pass
    engine.dispose()
