import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import func, inspect, select, text

from request_app import migrations
from request_app.store import tables
from request_app.store.database import StoreError, reading, writing
from request_app.store.tables import metadata
from tests.support.filed_requests import file

BASELINE = "2026_12"
DESCRIBED = (
    "columns",
    "pk_constraint",
    "foreign_keys",
    "unique_constraints",
    "check_constraints",
    "indexes",
)


def test_the_migrated_schema_is_that_of_the_tables(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)

        assert compare_metadata(context, metadata) == []
        assert migrations.revision_of(connection) == migrations.newest()


def test_the_migrated_keys_checks_and_indexes_are_those_of_the_tables(empty_engine):
    metadata.create_all(empty_engine)
    expected = schema(empty_engine)
    metadata.drop_all(empty_engine)

    migrations.upgrade(empty_engine)

    assert schema(empty_engine) == expected
    assert {kind for _, kind, _ in expected} == set(DESCRIBED)


def schema(engine):
    """Everything that a table consists of, with its name."""
    inspector = inspect(engine)
    return {
        (table, kind, json.dumps(each, default=str, sort_keys=True))
        for kind in DESCRIBED
        for (_, table), found in getattr(inspector, f"get_multi_{kind}")().items()
        for each in (found if isinstance(found, list) else [found])
        if table in metadata.tables
    }


def test_every_table_of_sqlite_is_strict(sqlite_engine):
    listed = text("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    with sqlite_engine.connect() as connection:
        strict = dict(map(tuple, connection.execute(listed)))

    assert {name for name in metadata.tables if not strict[name]} == set()


def test_statistics_are_kept_in_no_order_that_tells_their_case(sqlite_engine):
    listed = text("SELECT name FROM pragma_table_list WHERE schema = 'main' AND wr")
    with sqlite_engine.connect() as connection:
        assert connection.scalars(listed).all() == ["statistics"]


@pytest.mark.parametrize("revision", sorted(migrations.OF_TRIALS))
def test_a_revision_of_a_trial_version_is_told_from_a_newer_one(revision):
    told = migrations.refusal("database", revision)

    assert f"schema {revision}, of a trial version before the first release" in told
    assert "is newer than" in migrations.refusal("database", "9999")
    assert migrations.refusal("database", migrations.newest()) is None


@pytest.mark.usefixtures("later_revision")
def test_a_revision_goes_down_and_up_with_data_in_it(empty_engine):
    migrations.upgrade(empty_engine, BASELINE)
    before = schema(empty_engine)
    migrations.upgrade(empty_engine)
    assert schema(empty_engine) != before
    fill(empty_engine)

    migrations.downgrade(empty_engine, BASELINE)

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
