"""The files of deploy/ fit the programs they start and the settings there are."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from gunicorn.config import Config

import request_app
from request_app import settings
from request_app.desk.app import MOST_BYTES
from tests.conftest import CHECKOUT
from tests.support.form_app import settings as chosen

DEPLOY = CHECKOUT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
TIMERS = sorted(DEPLOY.glob("*.timer"))
GUIDE = (CHECKOUT / "docs" / "operating.md").read_text()
VENV = "/opt/seloste/.venv/bin/"


def read(unit):
    told = ConfigParser(strict=False, interpolation=None, delimiters="=")
    told.optionxform = str
    told.read(unit)
    return told


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_unit_starts_a_program_that_is_there(unit, tmp_path):
    program, *words = shlex.split(read(unit)["Service"]["ExecStart"])
    assert program.startswith(VENV)
    name = program.removeprefix(VENV)
    assert (Path(sys.executable).parent / name).exists()

    {"gunicorn": parse_gunicorn, "flask": parse_flask}[name](words, tmp_path)


@pytest.mark.parametrize("program", ["form", "desk"])
def test_what_cannot_start_makes_its_unit_fail(program, tmp_path):
    """Gunicorn calls itself ready before it loads the program."""
    service = read(DEPLOY / f"seloste-{program}.service")["Service"]
    name, *words = shlex.split(service["ExecStartPre"])
    assert words[-1] == shlex.split(service["ExecStart"])[-1]

    tried = Path(sys.executable).parent / name.removeprefix(VENV)
    wrong = {"PATH": os.defpath, "SELOSTE_DATABASE_URL": "mysql://x"}
    done = subprocess.run(
        [tried, *words],
        cwd=tmp_path,
        env=wrong | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "SELOSTE_DATABASE_URL" in done.stderr


def parse_gunicorn(words, _folder):
    told = Config().parser().parse_args(words)
    [address] = told.args
    module, factory = re.fullmatch(r"(\w+):(\w+)\(\)", address).groups()
    assert module == request_app.__name__
    assert callable(getattr(request_app, factory))
    assert "--no-control-socket" in words


def parse_flask(words, folder):
    """As Flask reads them, without running anything."""
    option, module, name, *rest = words
    assert (option, module) == ("--app", request_app.__name__)
    command = request_app.create_app(chosen("sqlite:///x", folder)).cli.commands[name]
    command.make_context(name, rest)


@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.name)
def test_each_timer_has_its_service(timer):
    assert timer.with_suffix(".service") in UNITS


def test_only_the_form_cannot_reach_the_private_keys():
    closed = {
        unit.stem: "/var/lib/seloste/desk"
        in read(unit)["Service"].get("InaccessiblePaths", "")
        for unit in UNITS
    }

    assert [name for name, is_closed in closed.items() if is_closed] == ["seloste-form"]
    assert read(DEPLOY / "seloste-form.service")["Service"]["User"] == "seloste-form"


def test_no_service_sees_what_other_programs_were_started_with():
    for unit in UNITS:
        service = read(unit)["Service"]
        assert (service["ProtectProc"], service["ProcSubset"]) == ("invisible", "pid")


def test_systemd_finds_no_fault_in_them(tmp_path):
    if not shutil.which("systemd-analyze"):
        return  # what else is here does not need it
    for path in DEPLOY.glob("seloste-*"):
        text = path.read_text().replace(VENV, f"{Path(sys.executable).parent}/")
        (tmp_path / path.name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert ours == []


@pytest.mark.parametrize(
    ("words", "user"),
    [
        ("doctor --form", "form"),
        ("doctor --json --form", "form"),
        ("doctor --json", "desk"),
        ("work --once", "desk"),
        ("backup", "desk"),
        ("init", "root"),
        ("staff add doctor", "root"),
    ],
)
def test_the_short_word_runs_a_command_as_the_user_of_its_service(
    tmp_path, words, user
):
    """The form's user never gets the settings of the desk."""
    for name, value in {"settings": "HOST=a", "desk-settings": "SMTP='p;w'"}.items():
        (tmp_path / name).write_text(f"{value}\n")
    (tmp_path / "setpriv").write_text('#!/bin/sh\necho "$HOST $SMTP $*"\n')
    (tmp_path / "setpriv").chmod(0o755)
    script = (DEPLOY / "seloste").read_text()
    for place in ("/etc/seloste", "/opt/seloste"):
        script = script.replace(place, str(tmp_path))
    done = subprocess.run(
        ["sh", "-c", script, "seloste", *words.split()],
        env={"PATH": f"{tmp_path}:{os.defpath}"},
        capture_output=True,
        text=True,
        check=True,
    )

    name = user if user == "root" else f"seloste-{user}"
    password = "" if user == "form" else "p;w"
    assert done.stdout.startswith(f"a {password} --reuid {name} --regid seloste ")
    assert done.stdout.endswith(f".venv/bin/flask --app request_app {words}\n")


def test_the_guide_installs_the_short_word_wherever_units_are_copied():
    line = "deploy/seloste /usr/local/sbin/seloste"

    assert os.access(DEPLOY / "seloste", os.X_OK)
    assert GUIDE.count(line) == 2


def number(directive, text):
    sizes = re.findall(rf"{directive}\s+(\d+)([km]);", text)
    return {int(size) * {"k": 1024, "m": 1024**2}[unit] for size, unit in sizes}


def test_the_web_server_takes_what_form_and_desk_take(tmp_path):
    site = (DEPLOY / "nginx.conf").read_text()
    app = request_app.create_app(chosen("sqlite:///x", tmp_path))
    form = app.config["MAX_CONTENT_LENGTH"]

    most = number("client_max_body_size", site)
    assert most == number("client_body_buffer_size", site)
    assert min(most) >= form
    assert min(most) < form * 1.2
    assert max(most) == MOST_BYTES


def test_the_settings_of_the_guide_can_be_read():
    given = dict(re.findall(r"^ +(SELOSTE_\w+)=(.*)$", GUIDE, re.MULTILINE))

    assert settings.survey(given)[1] == []
    assert len(given) >= 8


def test_the_guide_names_every_file():
    for path in DEPLOY.iterdir():
        assert path.name in GUIDE or path.stem in GUIDE


def test_every_command_of_the_guide_is_there(tmp_path):
    commands = request_app.create_app(chosen("sqlite:///x", tmp_path)).cli.commands
    named = re.findall(
        r"^ {4}(?:.*&& )?seloste ([a-z]+)(?: ([a-z]+))?", GUIDE, re.MULTILINE
    )

    assert len(named) > 8
    for name, part in named:
        assert name in commands
        if part and hasattr(commands[name], "commands"):
            assert part in commands[name].commands
