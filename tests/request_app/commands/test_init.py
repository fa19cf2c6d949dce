"""Setting up: keys and database; an init that died is finished by the next one."""

import os
import re
import stat

import pytest
from sqlalchemy import text

from request_app.sealing import keyfiles, read_code
from request_app.sealing.keyfiles import read_form_key, read_keyring
from tests.support.form_app import client_of, create_app, running, settings
from tests.support.visitor import visit

FILES = 6  # recovery.unshown, recovery.pub, form.secret, the spare, the key, form.pub


def test_init_makes_keys_and_database_and_shows_the_recovery_code(fresh, tmp_path):
    done = fresh.test_cli_runner().invoke(args=["init"])

    assert done.exit_code == 0
    read_code(re.search("Recovery code: (.*)", done.output)[1])
    assert read_form_key(tmp_path / "var" / "form").fingerprint in done.output
    assert visit(client_of(fresh)).status == 200


def test_others_cannot_read_the_database_that_init_makes(fresh, tmp_path):
    fresh.test_cli_runner().invoke(args=["init"])

    assert (tmp_path / "var" / "seloste.sqlite3").stat().st_mode & 0o007 == 0


def test_both_users_write_to_the_database_whatever_the_umask(fresh, tmp_path):
    before = os.umask(0o077)
    try:
        fresh.test_cli_runner().invoke(args=["init"])
    finally:
        os.umask(before)

    made = tmp_path / "var" / "seloste.sqlite3"
    assert stat.S_IMODE(made.stat().st_mode) == 0o660


@pytest.mark.parametrize("words", [("init",), ("work", "--once")])
def test_a_database_of_a_newer_version_is_left_alone(sqlite_engine, tmp_path, words):
    app = running(sqlite_engine, tmp_path)
    with sqlite_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    done = app.test_cli_runner().invoke(args=words)

    assert done.exit_code == 2
    assert "which is newer than this version" in done.stderr


def test_init_tells_of_a_database_that_is_away(tmp_path):
    nowhere = create_app(settings("postgresql://nobody@127.0.0.1:1/none", tmp_path))
    done = nowhere.test_cli_runner().invoke(args=["init"])

    assert done.exit_code == 2
    assert "cannot be used (OperationalError)" in done.stderr


def test_init_shows_the_recovery_code_once(fresh):
    runner = fresh.test_cli_runner()
    runner.invoke(args=["init"])

    assert "Recovery code" not in runner.invoke(args=["init"]).output


def test_init_writes_a_lost_key_of_the_form_again_and_says_so(fresh, tmp_path):
    runner = fresh.test_cli_runner()
    runner.invoke(args=["init"])
    path = tmp_path / "var" / "form" / "form.pub"
    before = path.read_bytes()
    path.unlink()

    told = runner.invoke(args=["init"]).output

    assert "The form had no key" in told
    assert "Recovery code:" not in told
    assert path.read_bytes() == before


def test_init_says_where_spares_without_a_key_went(fresh, tmp_path):
    runner = fresh.test_cli_runner()
    runner.invoke(args=["init"])
    for path in (tmp_path / "var").glob("*/*.key"):
        path.unlink()
    (tmp_path / "var" / "form" / "form.pub").unlink()

    told = runner.invoke(args=["init"]).output

    assert "before-" in told
    assert "Recovery code:" in told


class Killed(BaseException):
    """The machine stops here."""


@pytest.fixture
def init(tmp_path):
    """Run init on a form that has nothing yet."""
    app = create_app(
        settings(f"sqlite:///{tmp_path}/var/seloste.sqlite3", tmp_path / "var")
    )
    return lambda: app.test_cli_runner().invoke(args=["init"]).output


@pytest.fixture
def folders(tmp_path):
    return tmp_path / "var" / "desk", tmp_path / "var" / "form"


def die_at(name, patch, *, after=0):
    """Kill whoever calls this function of the key files for the n-th time."""
    calls, real = [], getattr(keyfiles, name)

    def dying(*arguments):
        calls.append(name)
        if len(calls) > after:
            raise Killed
        return real(*arguments)

    patch.setattr(keyfiles, name, dying)


def assert_finished(told, folders):
    desk, form = folders
    assert read_form_key(form).id in read_keyring(desk)
    lost = {path: path.read_bytes() for path in desk.glob("*.key")}
    for path in lost:
        path.unlink()
    code = read_code(re.search("Recovery code: (.*)", told)[1])
    assert keyfiles.recover(desk, code)
    assert {path: path.read_bytes() for path in desk.glob("*.key")} == lost


@pytest.mark.parametrize("written", range(FILES))
def test_an_init_that_died_is_finished_by_the_next(init, folders, monkeypatch, written):
    with monkeypatch.context() as patch:
        die_at("_write", patch, after=written)
        with pytest.raises(Killed):
            init()

    told = init()

    assert_finished(told, folders)
    assert "before-" not in told
    assert "Recovery code" not in init()


def test_a_code_that_nobody_saw_is_replaced(init, folders, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("request_app.commands.init.RECOVERY", "")
        patch.setattr("request_app.sealing.keyfiles.mark_shown", lambda _desk: None)
        init()
    before = read_form_key(folders[1])

    assert_finished(init(), folders)
    assert read_form_key(folders[1]) == before


def test_a_finish_that_died_is_finished(init, folders, monkeypatch):
    with monkeypatch.context() as patch:
        die_at("_write", patch, after=FILES - 1)  # the key is there, form.pub is not
        with pytest.raises(Killed):
            init()
    with monkeypatch.context() as patch:
        die_at("_write", patch, after=1)  # a new recovery.pub, and the old spare
        with pytest.raises(Killed):
            init()

    assert_finished(init(), folders)
