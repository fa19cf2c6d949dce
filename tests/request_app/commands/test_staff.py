"""Accounts by command: a one-time code for the owner, and no account without one."""

import re
from dataclasses import replace

import pytest

from request_app.public.services import NAME
from request_app.sealing import read_code
from request_app.store import accounts, audit, cases, readers
from request_app.store.database import reading, writing
from request_app.store.values import Role
from tests.support.filed_requests import file


@pytest.fixture
def run(start, sqlite_engine):
    app = start(sqlite_engine, DESK_URL="https://desk.example/desk")

    def command(*words):
        return app.test_cli_runner().invoke(args=["staff", *words])

    command.engine = app.extensions[NAME].engine
    return command


def account(run, name="aino"):
    with reading(run.engine) as connection:
        return accounts.by_name(connection, name)


def trail(run):
    with reading(run.engine) as connection:
        return [
            (entry.action, dict(entry.facts)) for entry in audit.entries(connection)
        ]


def test_a_fresh_install_has_no_account(run):
    assert run("list").output == ""


def test_add_prints_a_code_and_the_page_for_it(run):
    done = run("add", " Aino ", "--role", "handler")

    code = read_code(re.search("One-time code: (.*)", done.output)[1])
    assert "https://desk.example/desk/password" in done.output
    assert account(run).one_time_hash == code.hash
    assert account(run).password_hash is None
    assert account(run).language == "fi"
    assert trail(run) == [("staff.added", {"account": "aino", "role": "handler"})]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "aino", "--role", "admin"], "There is an account aino already."),
        (["add", "a b", "--role", "admin"], "A name has 2 to 64 letters"),
        (["add", "eino", "--role", "chief"], "'chief' is not one of"),
        (["add", "eino", "--role", "admin", "--language", "de"], "no language de"),
        (["reset", "eino"], "There is no account eino."),
        (["role", "eino", "admin"], "There is no account eino."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(run, words, told):
    run("add", "aino", "--role", "handler")
    done = run(*words)

    assert done.exit_code == 2
    assert told in done.output


def test_an_account_is_disabled_and_never_removed(run):
    run("add", "aino", "--role", "handler")
    run("disable", "AINO")

    assert account(run).disabled_at
    assert account(run).one_time_hash is None
    assert "aino  handler  disabled" in run("list").output

    run("enable", "aino")
    assert account(run).disabled_at is None
    assert [action for action, _ in trail(run)] == [
        "staff.added",
        "staff.disabled",
        "staff.enabled",
    ]


def test_a_role_is_changed(run):
    run("add", "aino", "--role", "viewer")
    run("role", "aino", "admin")

    assert account(run).role is Role.ADMIN


def test_a_reset_gives_another_code(run):
    run("add", "aino", "--role", "viewer")
    former = account(run).one_time_hash
    done = run("reset", "aino")

    assert "One-time code:" in done.output
    assert account(run).one_time_hash != former


AWAY = ("--from", "2026-12-21", "--until", "2027-01-03")


def test_who_is_away_stands_in_the_list_until_they_are_back(run, clock):  # noqa: ARG001
    run("add", "aino", "--role", "handler")
    run("add", "bertta", "--role", "admin")

    told = "away from 2026-12-21 until 2027-01-03, deputy: bertta"
    assert run("away", "Aino", *AWAY, "--deputy", "Bertta").output == (
        f"aino is {told}.\n"
    )
    assert told in run("list").output
    assert run("back", "aino").output == "aino is at work.\n"
    assert "away" not in run("list").output
    assert [action for action, _ in trail(run)][2:] == ["staff.away", "staff.back"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["away", "aino", *AWAY, "--deputy", "aino"], "Choose a colleague"),
        (["away", "aino", *AWAY, "--deputy", "eino"], "There is no account eino."),
        (["away", "aino", "--until", "3.1.2027"], "does not match the format"),
        (["away", "aino", "--until", "2026-11-21"], "last day is before the first"),
        (["away", "aino", "--from", "2026-11-01", "--until", "2026-11-21"], "is over."),
        (["back", "aino"], "No absence of aino is known."),
    ],
)
def test_an_absence_that_cannot_be_is_refused(run, clock, words, told):  # noqa: ARG001
    run("add", "aino", "--role", "handler")
    done = run(*words)

    assert done.exit_code == 2
    assert told in done.output


def test_the_operator_learns_what_the_deputy_cannot_open(run, clock):  # noqa: ARG001
    for name in ("aino", "bertta"):
        run("add", name, "--role", "handler")
    with writing(run.engine) as connection:
        reference = file(connection).reference
        case = cases.by_reference(connection, reference)
        cases.save(connection, replace(case, handler_id=account(run).id))
        readers.restrict(connection, case.id, [account(run).id])

    told = run("away", "aino", *AWAY, "--deputy", "bertta").output
    assert told.endswith(f"give them to somebody else: {reference}\n")
