"""What a back-up contains, and how it comes about."""

import json
import stat

import pytest
from sqlalchemy import insert, text

from request_app import migrations
from request_app.backup import create
from request_app.backup.create import COPY, DRAFT, delete_older, make, name_at
from request_app.backup.manifest import BackupError
from request_app.backup.read_backup import open_backup
from request_app.store import audit, tables
from request_app.store.database import reading, writing
from tests.conftest import SMALL
from tests.request_app.backup.conftest import RECOVERY, fill, job_of, rows_of
from tests.support.filed_requests import NOW, file


def test_a_back_up_says_what_it_holds(either, tmp_path):
    make(job_of(either), tmp_path / "x.backup")
    manifest = open_backup(tmp_path / "x.backup", RECOVERY).manifest

    held = rows_of(either).items()
    assert manifest.counts == {name: len(rows) for name, rows in held}
    assert manifest.schema == migrations.newest()
    assert manifest.made_at == NOW
    assert "notice/site.yaml" in manifest.files
    assert "notice/logo.svg" in manifest.files
    with reading(either) as connection:
        assert manifest.head == audit.head_of(connection)


def test_it_is_for_its_owner_only(made):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_nothing_of_it_can_be_read(filled, made):
    """Not even what lies in the clear in the database."""
    with reading(filled) as connection:
        [reference] = connection.scalars(text("SELECT reference FROM cases LIMIT 1"))
    held = made.read_bytes()

    assert reference.encode() not in held
    assert (SMALL / "site.yaml").read_bytes()[:40] not in held


def test_what_was_deleted_is_not_in_it(sqlite_engine, tmp_path):
    with writing(sqlite_engine) as connection:
        connection.execute(
            insert(tables.notice_contents),
            {"hash": "a", "content": "Kanarianlintu", "kept_at": NOW},
        )
    with writing(sqlite_engine) as connection:
        connection.execute(text("DELETE FROM notice_contents"))
        fill(connection)
    make(job_of(sqlite_engine), tmp_path / "x.backup")

    parts = open_backup(tmp_path / "x.backup", RECOVERY).parts()
    assert "Kanarianlintu" not in repr(list(parts))


def test_keys_are_read_after_the_moment_of_the_database(either, tmp_path):
    """What came since is sealed to a newer key at most, and misses none."""

    def files():
        with writing(either) as connection:
            file(connection, nonce=b"sealed to a newer key")
        yield from ()

    before = len(rows_of(either)["cases"])
    manifest = make(job_of(either, files=files()), tmp_path / "x.backup")
    assert manifest.counts["cases"] == before


def test_the_plain_copy_beside_it_is_for_its_owner_only(filled, tmp_path):
    modes = []

    def files():
        copies = tmp_path.glob(f".*{COPY}*")
        modes.extend(stat.S_IMODE(copy.stat().st_mode) for copy in copies)
        yield from ()

    make(job_of(filled, files=files()), tmp_path / "x.backup")
    assert modes == [0o600]


def test_a_back_up_replaces_nothing(job, made):
    before = made.read_bytes()

    with pytest.raises(BackupError, match="is there already"):
        make(job, made)
    assert made.read_bytes() == before


def test_a_back_up_that_fails_leaves_nothing(job, tmp_path, monkeypatch):
    def fail(_descriptor):
        raise OSError("the disk is full")

    monkeypatch.setattr(create.os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        make(job, tmp_path / "made" / "x.backup")

    assert list((tmp_path / "made").iterdir()) == []


def test_what_a_killed_one_left_behind_goes(job, tmp_path):
    for ending in (DRAFT, COPY, f"{COPY}-journal"):
        (tmp_path / f".seloste-1.backup{ending}").write_bytes(b"half")
    make(job, tmp_path / "x.backup")

    assert not list(tmp_path.glob(".*"))


def test_two_at_once_are_refused(job, tmp_path):
    with create._lock_folder(tmp_path), pytest.raises(BackupError, match="Another"):  # noqa: SLF001
        make(job, tmp_path / "x.backup")


def test_the_oldest_go(tmp_path):
    for day in (20, 21, 22):
        (tmp_path / name_at(NOW.replace(day=day))).touch()
    (tmp_path / "of-another-kind.backup").touch()

    [gone] = delete_older(tmp_path, 2)
    assert gone.name == name_at(NOW.replace(day=20))
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.usefixtures("later_revision")
def test_a_database_of_another_schema_is_not_backed_up(job, tmp_path):
    with pytest.raises(BackupError, match="the version that it belongs to"):
        make(job, tmp_path / "x.backup")


def test_the_manifest_is_readable_text(made):
    held = made.read_bytes()
    start = held.index(b"{")

    told, _ = json.JSONDecoder().raw_decode(held[start:].decode("latin-1"))
    assert told["counts"]["cases"] == 2
