"""Requests that staff enter, and messages to people whom no mail reaches."""

import re
from dataclasses import replace

import pytest

from request_app.cases.lifecycle.flags import Flags, put_flags
from request_app.public.services import NAME
from request_app.store import cases
from request_app.store.database import reading, writing
from tests.request_app.filing import NOW
from tests.request_app.running import client_of
from tests.request_app.visitor import filled, sent, visit

ADD = ("cases", "add", "--channel", "phone", "--received", "2026-11-20", "--right")


def answers(name="Testi Testinen", email="", post="", phone="", text="Mitä on?"):
    """What is typed at the questions, in their order."""
    address = f"{post}\n" if post else ""
    return f"{name}\n{email}\n{address}\n{phone}\n{text}\n"


BY_POST = answers(post="Testikatu 1\n00000 Testilä")


@pytest.fixture
def run(app):
    return lambda *words, **more: app.test_cli_runner().invoke(args=words, **more)


@pytest.fixture
def reference(sqlite_engine):
    """The reference of the only case."""

    def found():
        with reading(sqlite_engine) as connection:
            [case] = cases.queue(connection)
            return case.reference

    return found


def test_nothing_of_a_person_is_an_argument(run):
    for command in ("add", "write"):
        told = run("cases", command, "--help").output
        for option in ("--name", "--email", "--post", "--phone", "--text"):
            assert option not in told


def test_what_was_typed_is_what_the_case_holds(run, reference):
    run(*ADD, "access", input=BY_POST)
    shown = run("cases", "show", reference()).output

    assert "name: Testi Testinen" in shown
    assert "post: Testikatu 1\n00000 Testilä" in shown
    assert "text: Mitä on?" in shown


def test_the_letter_alone_is_on_standard_output(run):
    done = run(*ADD, "access", input=BY_POST)

    assert done.stdout.startswith("Esimerkkilän soutuseura ry\n")
    assert "Testi Testinen\nTestikatu 1\n00000 Testilä\n" in done.stdout
    assert "Postal address" in done.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (answers(email="testi@"), "Write the e-mail address in the form"),
        (answers(email="tésti@example.com"), "Write the e-mail address in the form"),
        (answers(name="", phone="050 000"), "Give the name of the person."),
        (answers(), "Give an e-mail address, a postal address or a phone number."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_filed(run, typed, told, sqlite_engine):
    done = run(*ADD, "access", input=typed)

    assert done.exit_code == 2
    assert told in done.stderr
    with reading(sqlite_engine) as connection:
        assert cases.queue(connection) == []


def test_who_only_forbids_marketing_need_not_be_named(run):
    typed = answers(name="", text="Älkää soittako numeroon 050 000")

    assert run(*ADD, "marketing-objection", input=typed).exit_code == 0


def test_an_address_is_kept_as_the_form_keeps_it(run, reference):
    run(*ADD, "access", input=answers(email=" testi.testinen@EXAMPLE.com "))

    assert (
        "email: testi.testinen@example.com" in run("cases", "show", reference()).output
    )


def test_a_message_to_who_has_no_mail_is_a_letter_to_print(run, reference):
    run(*ADD, "access", input=BY_POST)
    letter = run("cases", "write", reference(), input="Mitä rekisteriä\ntarkoitat?")

    assert letter.stdout.startswith("Esimerkkilän soutuseura ry\n")
    for told in (
        "Testi Testinen\nTestikatu 1\n00000 Testilä\n",
        f"Viite: {reference()}",
        "Mitä rekisteriä\ntarkoitat?",
        "Näin vastaat",
        "https://soutuseura.example/request/status/",
        "- Puhelimitse: Aino Airola, 09 123 456",
    ):
        assert told in letter.stdout
    assert "Print this letter" in letter.stderr


def test_an_address_that_is_kept_secret_is_on_no_terminal(
    run, reference, app, sqlite_engine
):
    run(*ADD, "access", input=BY_POST)
    with writing(sqlite_engine) as connection:
        put_flags(
            connection,
            cases.by_reference(connection, reference()),
            Flags(hidden_address=True),
            key=app.extensions[NAME].intake().key,
            now=NOW,
        )
    shown = run("cases", "show", reference()).output
    letter = run("cases", "write", reference(), input="Hei")

    assert "post: kept secret" in shown
    assert "Testikatu" not in shown + letter.output
    assert "take it from your own records" in letter.stderr
    assert "Testi Testinen\n" in letter.stdout


@pytest.mark.parametrize("command", ["show", "write", "file", "release"])
def test_a_request_for_named_readers_is_opened_on_the_desk(
    run, reference, sqlite_engine, command
):
    run(*ADD, "access", input=BY_POST)
    told = reference()
    with writing(sqlite_engine) as connection:
        case = cases.by_reference(connection, told)
        cases.save(connection, replace(case, restricted=True))

    done = run("cases", command, told, input="Hei")
    assert done.exit_code == 2
    assert done.output.endswith("named readers. They open it on the desk.\n")


def test_a_letter_is_in_the_language_of_the_case(run, reference):
    run(*ADD, "access", "--language", "en", input=BY_POST)
    letter = run("cases", "write", reference(), input="Which register?").stdout

    assert "How to reply" in letter


def test_the_address_typed_in_the_form_is_on_the_letter(app, run, clock, reference):
    page = filled(client_of(app), reach="letter", post="Testikatu 1\n00000 Testilä")
    clock.shift(60)
    page.press("send")

    assert (
        "Testikatu 1\n00000" in run("cases", "write", reference(), input="Hei").stdout
    )


def test_who_has_a_phone_only_is_to_be_called(run, reference):
    entered = run(*ADD, "access", input=answers(phone="050 000"))
    written = run("cases", "write", reference(), input="Hei")

    assert "Call and tell what this letter says: 050 000" in entered.stderr
    assert re.search("Avauskoodi: .+", entered.stdout)
    assert "Call and tell of it: 050 000" in written.stdout


def test_who_has_mail_is_told_by_mail(run, reference):
    run(*ADD, "access", input=answers(email="testi.testinen@example.com"))

    told = run("cases", "write", reference(), input="Hei").stdout
    assert told == "The message is there; a mail tells of it.\n"


def test_no_mail_tells_a_suspect_of_a_message(client, run):
    page = sent(client)

    told = run("cases", "write", page.told("Viite"), input="Hei").stdout
    assert "no mail tells of it until the release" in told


def test_a_message_may_be_a_file(client, run, tmp_path):
    page, file = sent(client), tmp_path / "message.txt"
    file.write_text("Mitä tarkoitat?\n")
    run("cases", "write", page.told("Viite"), "--file", str(file))

    status = visit(client, "/request/status/").fill(code=page.told("Avauskoodi"))
    assert "Mitä tarkoitat?" in status.press("look").words


@pytest.mark.parametrize(
    ("content", "told"), [(b"\xff", "UTF-8"), (b" \n", "There is no text")]
)
def test_a_message_without_text_is_not_sent(client, run, content, told):
    done = run("cases", "write", sent(client).told("Viite"), input=content)

    assert done.exit_code == 2
    assert told in done.stderr
