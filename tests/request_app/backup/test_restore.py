"""A back-up of either database, restored into either."""

import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text

from request_app import migrations
from request_app.backup.create import make
from request_app.backup.manifest import BackupError
from request_app.backup.read_backup import open_backup
from request_app.backup.restore import RestoreOptions, restore
from request_app.store import audit, chain
from request_app.store.database import StoreError, open_database, reading, writing
from tests.request_app.backup.conftest import RECOVERY, job_of, rows_of
from tests.request_app.conftest import DATABASES, new_database
from tests.support.filed_requests import NOW

OPTIONS = RestoreOptions(actor="command:test", now=NOW)
NEWER_THAN_ROWS = {"staff_sessions", "audit"}  # what a restoration itself changes


@pytest.fixture(params=DATABASES)
def target(request, tmp_path):
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/restored/seloste.sqlite3"
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def anywhere(tmp_path):
    return f"sqlite:///{tmp_path}/restored/seloste.sqlite3"


def restored_engine(path, url, key=RECOVERY):
    restore(open_backup(path, key), url, OPTIONS)
    return open_database(url)


def refused(path, url, key=RECOVERY):
    with pytest.raises(BackupError) as told:
        restored_engine(path, url, key).dispose()
    return str(told.value)


def test_every_row_comes_back_in_either_database(either, target, tmp_path):
    before = rows_of(either)
    make(job_of(either), tmp_path / "x.backup")
    restored = restored_engine(tmp_path / "x.backup", target)
    after = rows_of(restored)

    assert all(before.values()), "a table has no row to back up"
    for name in before.keys() - NEWER_THAN_ROWS:
        assert after[name] == before[name], name
    assert after["audit"][:-1] == before["audit"]
    assert after["staff_sessions"] == []
    restored.dispose()


def test_the_trail_holds_and_goes_on(made, target):
    noted = open_backup(made, RECOVERY).manifest.head
    restored = restored_engine(made, target)

    assert chain.check(restored, [noted]).fault is None
    with reading(restored) as connection:
        last = audit.entries(connection)[-1]
    assert (last.actor, last.action) == ("command:test", "backup.restored")
    assert last.facts["made_at"] == NOW.isoformat()
    restored.dispose()


def test_the_triggers_are_there_again(made, target):
    restored = restored_engine(made, target)

    with pytest.raises(StoreError), writing(restored) as connection:
        connection.execute(text("UPDATE audit SET actor = 'x'"))
    restored.dispose()


def test_an_older_one_is_brought_up_to_date(
    filled,
    made,
    later_revision,  # noqa: ARG001 - once the back-up is made
    target,
):
    before = rows_of(filled)

    restored = restored_engine(made, target)
    with reading(restored) as connection:
        assert migrations.revision_of(connection) == migrations.newest() == "later"
        assert (
            connection.execute(text("SELECT later FROM cases")).all() == [(None,)] * 2
        )
    assert rows_of(restored)["sealed_parts"] == before["sealed_parts"]
    restored.dispose()


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ("9999", "The back-up has schema 9999, which is newer than this version"),
        ("0006", "The back-up has schema 0006, of a trial version before the first"),
    ],
)
def test_one_of_another_version_is_refused(job, tmp_path, anywhere, schema, told):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "revision_of", lambda _: schema)
        patch.setattr(migrations, "newest", lambda: schema)
        make(job, tmp_path / "other.backup")

    assert told in refused(tmp_path / "other.backup", anywhere)


def test_a_database_with_something_in_it_is_refused(made, target):
    restored_engine(made, target).dispose()

    told = refused(made, target)
    assert "is there already" in told or "not empty" in told


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_is_left_of_a_broken_database_plays_no_part(
    made, anywhere, tmp_path, ending
):
    """SQLite would write an old journal into the new file, and damage it."""
    left = tmp_path / "restored" / f"seloste.sqlite3{ending}"
    left.parent.mkdir()
    left.touch()

    assert f"still {left.name} of another database" in refused(made, anywhere)
    left.unlink()
    restored_engine(made, anywhere).dispose()


def test_rows_that_belong_to_nothing_are_refused(filled, tmp_path, target):
    with closing(sqlite3.connect(filled.url.database)) as other:  # ties nothing
        other.execute("DELETE FROM accounts")
        other.commit()
    make(job_of(filled), tmp_path / "x.backup")

    assert "holds rows that no database of ours takes" in refused(
        tmp_path / "x.backup", target
    )


def test_a_broken_trail_is_refused_and_leaves_nothing(
    filled, tmp_path, target, monkeypatch
):
    monkeypatch.setattr(audit, "digest_of", lambda _: "f" * 64)
    with writing(filled) as connection:
        audit.append(connection, at=NOW, actor="somebody", action="x")
    monkeypatch.undo()
    make(job_of(filled), tmp_path / "x.backup")

    assert "The audit trail of the back-up is broken. Row" in refused(
        tmp_path / "x.backup", target
    )
    engine = open_database(target)
    if engine.name == "sqlite":
        assert list((tmp_path / "restored").iterdir()) == []
    else:
        migrations.upgrade(engine)  # it is as empty as it was
    engine.dispose()


def test_a_broken_trail_is_taken_where_that_is_meant(filled, tmp_path, target):
    with filled.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_refuses_delete"))
        connection.execute(text("DELETE FROM audit WHERE seq = 2"))
    make(job_of(filled), tmp_path / "x.backup")
    told = restore(
        open_backup(tmp_path / "x.backup", RECOVERY),
        target,
        replace(OPTIONS, broken_trail=True),
    )

    assert told == "Row 2 was removed."
    restored = open_database(target)
    assert rows_of(restored)["cases"] == rows_of(filled)["cases"]
    with reading(restored) as connection:
        assert audit.entries(connection)[-1].facts["fault"] == told
    with pytest.raises(StoreError), writing(restored) as connection:
        connection.execute(text("UPDATE audit SET seq = 100 WHERE seq = 1"))
    restored.dispose()


def test_the_restored_file_is_written_to_by_both_users(made, anywhere, tmp_path):
    before = os.umask(0o077)
    try:
        restored_engine(made, anywhere).dispose()
    finally:
        os.umask(before)

    [file] = (tmp_path / "restored").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o660


def test_a_damaged_file_leaves_nothing_behind(made, anywhere, tmp_path):
    made.write_bytes(made.read_bytes()[:-1])

    assert "its end is cut off" in refused(made, anywhere)
    assert not (tmp_path / "restored").exists()
