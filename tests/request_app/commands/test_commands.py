"""The commands: setting up, keys, the file of a case, the worker."""

import os
import re
import stat

import pytest
from sqlalchemy import text

from request_app.public.services import NAME
from request_app.sealing import read_code
from request_app.sealing.keyfiles import read_form_key
from tests.support.form_app import client_of, create_app, running, settings
from tests.support.visitor import filled, sent, visit


@pytest.fixture
def run(app):
    """Run a command on a form whose store is ready."""
    return lambda *words, **more: app.test_cli_runner().invoke(args=words, **more)


@pytest.fixture
def fresh(tmp_path):
    """A form with neither keys nor a database."""
    url = f"sqlite:///{tmp_path}/var/seloste.sqlite3"
    return create_app(settings(url, tmp_path / "var"))


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
@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("9999", "which is newer than this version"),
        ("0006", "of a trial version before the first release"),
    ],
)
def test_a_database_of_another_version_is_left_alone(
    sqlite_engine, tmp_path, words, revision, told
):
    app = running(sqlite_engine, tmp_path)
    with sqlite_engine.begin() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = :it"), {"it": revision}
        )
    done = app.test_cli_runner().invoke(args=words)

    assert done.exit_code == 2
    assert told in done.stderr


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


def test_without_init_commands_say_what_is_missing(fresh):
    done = fresh.test_cli_runner().invoke(args=["audit", "head"])

    assert done.exit_code == 2
    assert "The database cannot be used" in done.output


def test_lost_private_keys_come_back_with_the_code_on_paper(fresh, tmp_path):
    runner = fresh.test_cli_runner()
    code = re.search("Recovery code: (.*)", runner.invoke(args=["init"]).output)[1]
    for key in (tmp_path / "var" / "desk").glob("*.key"):
        key.unlink()
    assert runner.invoke(args=["keys", "show"]).exit_code == 2

    runner.invoke(args=["keys", "recover", "--code", code])

    assert runner.invoke(args=["keys", "show"]).exit_code == 0


def test_keys_change_while_both_open_what_they_closed(app, run):
    before = sent(client_of(app), text="Ennen").told("Viite")
    assert run("keys", "rotate").exit_code == 0
    after = sent(client_of(app), text="Jälkeen").told("Viite")

    assert "Ennen" in run("cases", "file", before).output
    assert "Jälkeen" in run("cases", "file", after).output


def test_a_key_is_retired_once_it_is_known_what_it_still_closes(app, run):
    old = read_form_key(app.extensions[NAME].settings.form_keys).id
    sent(client_of(app), text="Ennen")
    run("keys", "rotate")
    told = re.search(f"{old} .*: (\\d+)", run("keys", "show").output)
    asked = run("keys", "retire", old, input="n\n")

    assert int(told[1]) > 0
    assert f"Envelopes that {old} still closes: {told[1]}." in asked.output
    assert asked.exit_code == 1
    assert run("keys", "retire", old, input="y\n").exit_code == 0
    assert old not in run("keys", "show").output
    assert run("keys", "retire", old, input="y\n").exit_code == 2


def test_what_a_visitor_wrote_cannot_steer_the_terminal(client, run):
    page = filled(client, text="a\u200bb\u001b]0;x\u0007")
    reference = page.press("send").told("Viite")

    done = run("cases", "file", reference.lower())

    assert done.exit_code == 0
    assert "\x1b" not in done.output


def test_a_case_that_is_not_there_is_told(run):
    done = run("cases", "file", "2345-6789")

    assert done.exit_code == 2
    assert done.output == "There is no case 2345-6789.\n"


def test_work_sends_what_waits(app, tmp_path, clock):
    page = filled(client_of(app))
    clock.shift(60)
    page.press("send")
    chosen = app.extensions[NAME].settings

    assert chosen.smtp == "smtp://localhost:25"
    again = create_app(
        settings(chosen.database_url, tmp_path / "keys", SMTP="console:")
    )
    done = again.test_cli_runner().invoke(args=["work", "--once"])
    assert "To: testi.testinen@example.com" in done.output
    assert "Mails sent: 1" in done.output


def test_work_wants_to_know_how_long(run):
    assert run("work").exit_code == 2
