"""The commands, as an operator meets them."""

import re
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.conftest import CHECKOUT, edit


def run(*args, **env):
    return CliRunner(env={"LANG": "C"} | env).invoke(main, [str(each) for each in args])


def test_build_publishes_and_says_so(root):
    result = run("build", "--root", root)

    assert result.exit_code == 0
    assert result.output == f"18 files in {root / 'public'}.\n"
    assert (root / "public" / "index.html").is_file()


def test_build_says_when_nothing_has_changed(root):
    run("build", "--root", root)

    assert run("build", "--root", root).output.endswith(
        "Nothing has changed since the last build.\n"
    )


def test_build_takes_another_place(root, tmp_path):
    assert run("build", "--root", root, "--output", tmp_path / "there").exit_code == 0
    assert (tmp_path / "there" / "en" / "index.html").is_file()


def test_build_takes_another_address_of_the_form(root):
    run("build", "--root", root, "--request-form", "/elsewhere/")

    assert 'href="/elsewhere/en/' in (root / "public/en/index.html").read_text()


def test_every_problem_of_every_file_is_told_at_once_and_nothing_is_published(root):
    edit(root / "site.yaml", "default_language: fi", "default_language: sv")
    edit(root / "content" / "controller.yaml", "country: FI", "country: Suomi")
    edit(
        root / "content" / "purposes.yaml", "basis: membership\n", "basis: membershp\n"
    )

    result = run("build", "--root", root)

    assert result.exit_code == 2
    places = [line.split(": ")[0] for line in result.stderr.splitlines()[:-1]]
    assert [place.split(":")[0] for place in places] == [
        "content/controller.yaml",
        "content/purposes.yaml",
        "site.yaml",
    ]
    assert "Did you mean “membership”?" in result.stderr
    assert result.stderr.endswith("3 problems. Nothing was published.\n")
    assert not (root / "public").exists()


def test_a_faulty_answer_keeps_the_site_from_being_published(root):
    answer = "{rule: retentoin, reason: Hallitus päättää., until: 2027-01-31}"
    (root / "content/answers.yaml").write_text(f"answers:\n  - {answer}\n")

    result = run("build", "--root", root)

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "content/answers.yaml:2:12: There is no rule “retentoin”."
        " Did you mean “retention”? docs/checks.md tells all rules.\n"
    )


def test_strict_publishes_what_has_no_gaps(root):
    assert run("build", "--strict", "--root", root).exit_code == 0


def test_strict_publishes_nothing_while_there_is_a_gap(root):
    edit(
        root / "content" / "registers" / "members.yaml",
        "sources: [membership-form, own-contacts]\n",
        "",
    )

    result = run("build", "--strict", "--root", root)

    assert result.exit_code == 1
    assert "members.yaml" in result.output
    assert result.stderr == "Nothing was published.\n"
    assert not (root / "public").exists()


@pytest.mark.parametrize(
    ("option", "env", "expected"),
    [
        pytest.param(["--lang", "fi"], {}, "puuttuu", id="option"),
        pytest.param([], {"LANG": "fi_FI.UTF-8"}, "puuttuu", id="locale"),
        pytest.param(
            ["--lang", "en"], {"LANG": "fi_FI.UTF-8"}, "missing", id="option first"
        ),
    ],
)
def test_messages_come_in_the_language_of_the_user(root, option, env, expected):
    (root / "site.yaml").unlink()

    assert expected in run(*option, "build", "--root", root, **env).stderr


def test_the_language_may_be_told_after_the_command(root):
    (root / "site.yaml").unlink()

    assert "puuttuu" in run("build", "--root", root, "--lang", "fi").stderr


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_language_without_messages_is_refused(root, place):
    option, command = ("--lang", "se"), ("check", "--root", root)
    result = run(*(option + command if place == "before" else command + option))

    assert result.exit_code == 2
    assert result.stderr == (
        "There are no messages in language “se”. There are in: en, fi.\n"
    )


def test_the_module_runs(root):
    command = [sys.executable, "-m", "generator", "build", "--root", root]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=CHECKOUT, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_schema_writes_the_schemas_beside_the_content(root):
    result = run("schema", "--root", root)

    assert result.output == f"Wrote the schemas for editors to {root / 'schema'}.\n"
    assert (root / "schema" / "register.json").is_file()


def test_serve_shows_the_site_until_it_is_stopped(root):
    command = [sys.executable, "-m", "generator", "serve", "--root", root, "--port=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT) as program:
        told = program.stdout.readline().decode()
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/", told)[0])
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/en/")
        page = connection.getresponse().read().decode()
        connection.close()
        program.send_signal(signal.SIGINT)

    assert "Esimerkkilän Airot" in page
    assert program.returncode == 0


def test_serve_names_a_port_that_is_in_use(root):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("serve", "--root", root, "--port", port)

    assert result.exit_code == 2
    assert result.stderr == f"Port {port} is in use. Give another with --port.\n"
