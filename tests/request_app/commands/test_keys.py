"""Changing, retiring and recovering the keys of the desk."""

import re

from request_app.public.services import NAME
from request_app.sealing.keyfiles import read_form_key
from tests.support.form_app import client_of
from tests.support.visitor import sent


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
