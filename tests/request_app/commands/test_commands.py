"""The commands: setting up, the queue, one case, a request that came by letter."""

import os
import re
import stat

import pytest
from sqlalchemy import text

from request_app.public.services import NAME
from request_app.sealing import read_code
from request_app.sealing.keyfiles import read_form_key
from request_app.store import audit, cases
from request_app.store.database import reading
from tests.request_app.running import client_of, create_app, running, settings
from tests.request_app.visitor import filled, sent, visit

LETTER = (*("--channel", "letter", "--received", "2026-11-20", "--right", "access"),)
TESTI = "Testi Testinen\n\nTestikatu 1\n00000 Testilä\n\n\nMitä minusta on?\n"


@pytest.fixture
def run(app):
    """Run a command on a form whose store is ready."""
    return lambda *words, **more: app.test_cli_runner().invoke(args=words, **more)


@pytest.fixture
def fresh(tmp_path):
    """A form with neither keys nor a database."""
    url = f"sqlite:///{tmp_path}/var/seloste.sqlite3"
    return create_app(settings(url, tmp_path / "var"))


def trail(engine):
    with reading(engine) as connection:
        return [(entry.actor, entry.action) for entry in audit.entries(connection)]


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


def test_without_init_commands_say_what_is_missing(fresh):
    done = fresh.test_cli_runner().invoke(args=["cases", "list"])

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

    assert "Ennen" in run("cases", "show", before).output
    assert "Jälkeen" in run("cases", "show", after).output


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


def test_the_queue_begins_with_what_is_due_first(run):
    run("cases", "add", *LETTER, input=TESTI)
    run("cases", "add", *LETTER, "--received", "2026-11-02", input=TESTI)

    days = re.findall(r"due (\S+)", run("cases", "list").output)
    assert days == ["2026-12-02", "2026-12-21"]


def test_suspects_stand_apart_until_they_are_released(client, run):
    reference = sent(client).told("Viite")
    assert "suspected: fast" in run("cases", "list").output

    assert run("cases", "release", reference).exit_code == 0

    assert "suspected" not in run("cases", "list").output


def test_a_case_is_shown_and_that_it_was_stays_in_the_trail(client, run, sqlite_engine):
    reference = sent(client, text="Mitä minusta on?").told("Viite")
    shown = run("cases", "show", reference.lower()).output

    assert "name: Testi Testinen" in shown
    assert "text: Mitä minusta on?" in shown
    actor, action = trail(sqlite_engine)[-1]
    assert actor.startswith("command:")
    assert action == "case.opened"


def test_what_a_visitor_wrote_cannot_steer_the_terminal(client, run):
    page = filled(client, text="a\u200bb\u001b]0;x\u0007")
    reference = page.press("send").told("Viite")

    assert "\x1b" not in run("cases", "show", reference).output


def test_a_case_that_is_not_there_is_told(run):
    assert run("cases", "show", "2345-6789").exit_code == 2


@pytest.mark.usefixtures("clock")
def test_a_letter_counts_from_the_day_it_came_and_gets_a_letter(run, sqlite_engine):
    letter = run("cases", "add", *LETTER, input=TESTI).stdout

    assert "Saapunut: perjantai 20.11.2026" in letter
    assert "Viimeinen vastauspäivä: maanantai 21.12.2026" in letter
    assert "Testikatu 1" in letter
    read_code(re.search("Avauskoodi: (.*)", letter)[1])
    with reading(sqlite_engine) as connection:
        [case] = cases.queue(connection)
    assert case.channel == "letter"


def test_the_code_of_a_letter_opens_its_case(app, run):
    letter = run("cases", "add", *LETTER, input=TESTI).stdout
    code = re.search("Avauskoodi: (.*)", letter)[1]

    page = visit(client_of(app), "/request/status/").fill(code=code).press("look")
    assert page.told("Vaihe") == "Saapunut"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--register", "quux"), "Not in the notice: quux."),
        (("--language", "sv"), "The notice has no language sv."),
        (("--received", "2999-01-01"), "The day of receipt is not here yet."),
    ],
)
def test_a_fault_is_told_in_a_sentence(run, more, told):
    done = run("cases", "add", *LETTER, *more)

    assert done.exit_code == 2
    assert told in done.output


def test_a_message_of_the_desk_is_read_with_the_code(client, run):
    page = sent(client)
    run("cases", "write", page.told("Viite"), input="Mitä tarkoitat?")

    code = page.told("Avauskoodi")
    status = visit(client, "/request/status/").fill(code=code).press("look")
    assert "Mitä tarkoitat?" in status.words


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
