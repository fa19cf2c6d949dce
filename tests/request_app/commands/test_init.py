"""An init that dies anywhere is finished by the next one, with a code that works."""

import re

import pytest

from request_app.sealing import keyfiles, read_code
from request_app.sealing.keyfiles import read_form_key, read_keyring
from tests.support.form_app import create_app, settings

FILES = 6  # the note that no code was shown, recovery.pub, form.secret, spare, key, form.pub


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
