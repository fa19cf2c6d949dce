"""`backup` and `restore`, as an operator uses them."""

import re
import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest

from request_app.public.services import NAME
from request_app.store import audit
from request_app.store.database import reading
from tests.support.form_app import client_of, create_app, settings
from tests.support.visitor import sent

SOON = timedelta(seconds=1)


@pytest.fixture
def set_up(tmp_path):
    """A form whose recovery code is known."""
    url = f"sqlite:///{tmp_path}/seloste.sqlite3"
    app = create_app(settings(url, tmp_path / "keys"))
    told = app.test_cli_runner().invoke(args=["init"]).output
    return app, re.search("Recovery code: (.*)", told)[1]


@pytest.fixture
def run(set_up):
    return lambda *words, **more: set_up[0].test_cli_runner().invoke(args=words, **more)


@pytest.fixture
def code(set_up):
    return set_up[1]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys" / "backups"


def test_a_back_up_goes_to_the_folder_of_the_settings(run, folder):
    done = run("backup")

    [made] = folder.iterdir()
    assert str(made) in done.output
    assert "Head of the audit trail: 0 0000" in done.output


def test_that_there_is_one_stays_in_the_trail(set_up, run):
    run("backup")

    with reading(set_up[0].extensions[NAME].engine) as connection:
        [entry] = audit.entries(connection)
    assert entry.action == "backup.made"
    assert entry.facts["file"].endswith(".backup")


def test_only_the_newest_are_kept(run, folder, clock):
    for _ in range(3):
        assert run("backup", "--keep", "2").exit_code == 0
        clock.shift(SOON)

    assert len(list(folder.iterdir())) == 2


def test_a_file_that_is_there_is_not_replaced(run, tmp_path):
    assert run("backup", str(tmp_path / "a.backup")).exit_code == 0

    again = run("backup", str(tmp_path / "a.backup"))
    assert again.exit_code == 2
    assert "is there already" in again.output


@contextmanager
def no_room(most):
    """No file may grow beyond some bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_without_room_is_told_with_its_folder(run, folder):
    with no_room(16 * 1024):
        done = run("backup")

    assert done.exit_code == 2
    assert f"could not be copied to {folder} " in done.output
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_none_is_told_in_a_sentence(run, tmp_path):
    (tmp_path / "x").touch()
    done = run("backup", str(tmp_path / "x" / "y.backup"))

    assert done.exit_code == 2
    assert done.output == f"{tmp_path}/x cannot be used (File exists).\n"


def test_a_back_up_is_tried_without_touching_anything(run, code, folder, tmp_path):
    run("backup")
    [made] = folder.iterdir()
    before = sorted(tmp_path.rglob("*"))

    done = run("restore", str(made), "--check", input=code)
    assert done.exit_code == 0
    assert "0 cases" in done.output
    assert "The back-up is whole, and this code opens it." in done.output
    assert sorted(tmp_path.rglob("*")) == before


def test_database_keys_and_notice_come_back(set_up, run, code, folder, tmp_path):
    reference = sent(client_of(set_up[0]), text="Tallessa").told("Viite")
    run("backup")
    [made] = folder.iterdir()
    new = tmp_path / "new"
    url = f"sqlite:///{new}/seloste.sqlite3"
    places = ["--into", url, "--keys", str(new / "desk"), "--notice", str(new / "n")]

    done = run("restore", str(made), *places, input=code.lower())
    assert done.exit_code == 0, done.output
    again = create_app(settings(url, new, CONTENT=new / "n")).test_cli_runner()
    assert again.invoke(args=["init"]).exit_code == 0
    assert "Tallessa" in again.invoke(args=["cases", "file", reference]).output
    secret = (new / "desk" / "desk.secret").read_bytes()
    assert secret == (tmp_path / "keys" / "desk" / "desk.secret").read_bytes()
    assert {path.stat().st_mode & 0o077 for path in (new / "desk").glob("*.key")} == {0}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("abc", "A code has seven groups"),
        ("2222-2222-2222-2222-2222-2222-2222", "typing error"),
        ("", "A code has seven groups"),
    ],
)
def test_a_mistyped_code_is_told(run, folder, typed, told):
    run("backup")
    [made] = folder.iterdir()

    done = run("restore", str(made), "--check", input=typed)
    assert done.exit_code == 2
    assert told in done.output


def test_a_restoration_without_a_place_is_none(run, tmp_path):
    (tmp_path / "x").touch()

    assert run("restore", str(tmp_path / "x")).exit_code == 2


def test_an_address_that_is_none_is_told(run, tmp_path):
    (tmp_path / "x").touch()
    done = run("restore", str(tmp_path / "x"), "--into", "mysql://x", input="")

    assert "begins with sqlite: or postgresql:" in done.output


def test_keys_that_changed_are_all_in_the_back_up(set_up, run, code, folder, tmp_path):
    before = sent(client_of(set_up[0]), text="Ennen").told("Viite")
    assert run("keys", "rotate").exit_code == 0
    after = sent(client_of(set_up[0]), text="Jälkeen").told("Viite")
    desk = tmp_path / "keys" / "desk"
    spares = {path.stem for path in desk.glob("*.recovery")}
    assert spares == {path.stem for path in desk.glob("*.key")}
    run("backup")
    for path in desk.glob("*.key"):
        path.unlink()
    [made] = folder.iterdir()

    told = run("restore", str(made), "--keys", str(desk), input=code).output
    assert told.count(", ") >= 1
    assert "Ennen" in run("cases", "file", before).output
    assert "Jälkeen" in run("cases", "file", after).output
