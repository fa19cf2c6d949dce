from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import func, inspect, select, text

from request_app import migrations
from request_app.cases.steps.closing import Closed, Reopened
from request_app.cases.steps.verification import IdentityDenied
from request_app.deadlines import local_day
from request_app.store import tables
from request_app.store.database import StoreError, reading, writing
from request_app.store.tables import metadata
from tests.support import finished_cases
from tests.support.filed_requests import NOW, file

REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006"]


def test_the_newest_revision_is_the_last_listed():
    assert migrations.newest() == REVISIONS[-1]


def test_the_migrated_schema_is_that_of_the_tables(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)

        assert compare_metadata(context, metadata) == []
        assert migrations.revision_of(connection) == REVISIONS[-1]


def test_the_migrated_checks_are_those_of_the_tables(empty_engine):
    metadata.create_all(empty_engine)
    expected = checks(empty_engine)
    metadata.drop_all(empty_engine)

    migrations.upgrade(empty_engine)

    assert checks(empty_engine) == expected
    assert len(expected) >= 9


def checks(engine):
    inspector = inspect(engine)
    return {
        (table, check["name"], check["sqltext"])
        for table in metadata.tables
        for check in inspector.get_check_constraints(table)
    }


def test_every_table_of_sqlite_is_strict(sqlite_engine):
    listed = text("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    with sqlite_engine.connect() as connection:
        strict = dict(map(tuple, connection.execute(listed)))

    assert {name for name in metadata.tables if not strict[name]} == set()


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_goes_down_and_up_with_data_in_it(empty_engine, revision):
    migrations.upgrade(empty_engine, revision)
    before = schema(empty_engine)
    migrations.upgrade(empty_engine)
    fill(empty_engine)

    migrations.downgrade(empty_engine, revision)

    assert schema(empty_engine) == before
    migrations.upgrade(empty_engine)
    with reading(empty_engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.cases)) == 1


def test_all_the_way_down_leaves_nothing(empty_engine):
    migrations.upgrade(empty_engine)
    fill(empty_engine)

    migrations.downgrade(empty_engine, "base")

    assert inspect(empty_engine).get_table_names() == ["alembic_version"]
    migrations.upgrade(empty_engine)
    with reading(empty_engine) as connection:
        assert migrations.revision_of(connection) == migrations.newest()


def fill(engine):
    with writing(engine) as connection:
        file(connection)


def schema(engine):
    inspector = inspect(engine)
    return {
        name: sorted(column["name"] for column in inspector.get_columns(name))
        for name in inspector.get_table_names()
    }


def test_an_upgrade_finds_what_was_overlooked(empty_engine):
    migrations.upgrade(empty_engine)
    reopened = finished_cases.whole(empty_engine, b"reopened")
    finished_cases.take(empty_engine, reopened, Reopened())
    spam, _ = finished_cases.filed(empty_engine, b"spam", suspicion="trap")
    finished_cases.take(empty_engine, spam, Closed())
    denied, _ = finished_cases.filed(empty_engine, b"denied")
    finished_cases.take(empty_engine, denied, IdentityDenied(on=local_day(NOW)))
    before = overlooked(empty_engine)
    assert all(map(any, zip(*before, strict=True)))

    migrations.downgrade(empty_engine, "0005")
    with writing(empty_engine) as connection:
        connection.execute(text("UPDATE cases SET answered_on = NULL"))
    migrations.upgrade(empty_engine)

    assert overlooked(empty_engine) == before


def overlooked(engine):
    found = select(
        tables.cases.c.answered_on,
        tables.cases.c.denied_at,
        tables.statistics.c.suspicion,
    ).outerjoin_from(tables.cases, tables.statistics)
    with reading(engine) as connection:
        return connection.execute(found.order_by(tables.cases.c.id)).all()


def test_upgrading_twice_changes_nothing(engine):
    fill(engine)

    migrations.upgrade(engine)

    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.audit)) == 1


def test_two_programs_may_start_at_once(empty_engine):
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(migrations.upgrade, empty_engine) for _ in range(2)]

    assert [run.exception() for run in runs] == [None, None]


def test_a_batch_migration_keeps_children_and_triggers(sqlite_engine, monkeypatch):
    fill(sqlite_engine)

    monkeypatch.setattr(migrations.command, "upgrade", rebuild_cases_and_audit)
    migrations.upgrade(sqlite_engine)

    with reading(sqlite_engine) as connection:
        rights = connection.scalar(select(func.count()).select_from(tables.case_rights))
        assert rights == 2
    with pytest.raises(StoreError), writing(sqlite_engine) as connection:
        connection.execute(text("DELETE FROM audit"))


def test_without_that_care_the_children_would_be_gone(sqlite_engine):
    fill(sqlite_engine)

    with sqlite_engine.begin() as connection:
        rebuild("cases", connection)

    with reading(sqlite_engine) as connection:
        rights = connection.scalar(select(func.count()).select_from(tables.case_rights))
        assert rights == 0


def rebuild_cases_and_audit(config, _revision):
    for table in ("cases", "audit"):
        rebuild(table, config.attributes["connection"])


def rebuild(table, connection):
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table(
        table, recreate="always", table_kwargs={"sqlite_strict": True}
    ):
        pass


def test_a_migration_that_leaves_orphans_is_undone(sqlite_engine, monkeypatch):
    fill(sqlite_engine)

    monkeypatch.setattr(migrations.command, "upgrade", lose_the_cases)
    with pytest.raises(RuntimeError, match="case_rights"):
        migrations.upgrade(sqlite_engine)

    with reading(sqlite_engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.cases)) == 1


def lose_the_cases(config, _revision):
    config.attributes["connection"].execute(text("DELETE FROM cases"))


def test_after_a_migration_foreign_keys_are_on(sqlite_engine):
    migrations.upgrade(sqlite_engine)

    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_killed_half_way_never_was(empty_engine, monkeypatch):
    monkeypatch.setattr(migrations, "protect_audit", fail)

    with pytest.raises(RuntimeError, match="killed"):
        migrations.upgrade(empty_engine)

    assert inspect(empty_engine).get_table_names() == []


def fail(_connection):
    raise RuntimeError("killed")
