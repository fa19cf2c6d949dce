"""`doctor` tells everything that is wrong at once, whatever is wrong."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from request_app.commands.doctor import doctor
from request_app.health import machine
from request_app.health.keys import weak_secret
from request_app.sealing import keyfiles
from request_app.sealing.keyfiles import make_desk_secret
from request_app.store import audit
from request_app.store.database import writing
from request_app.store.tables import cases, outbox
from tests.conftest import CHECKOUT, SMALL, edit
from tests.support.filed_requests import NOW, file
from tests.support.form_app import settings, url_of
from tests.support.mail_server import free_port, mail_server

PASSWORD = "salasana-kanarianlintu"  # noqa: S105 - planted, to be found nowhere


@pytest.fixture
def chosen(keys, engine, clock):
    """A whole installation in good order, as environment variables."""
    assert clock
    make_desk_secret(keys / "desk")
    keyfiles.mark_shown(keys / "desk")
    if engine.name == "sqlite":
        Path(engine.url.database).chmod(0o660)
    with mail_server() as box:
        yield settings(
            url_of(engine), keys, SMTP=box.address, HOSTS="soutuseura.example"
        )


@pytest.fixture
def examined(chosen, monkeypatch):
    """What doctor says of the installation, after some changes of its settings."""

    def examine(*words, **changes):
        for name in os.environ:
            if name.startswith("SELOSTE_"):
                monkeypatch.delenv(name)
        changed = {f"SELOSTE_{name}": str(value) for name, value in changes.items()}
        for name, value in (chosen | changed).items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(doctor, ["--json", *words])

    return examine


def bad(done):
    told = json.loads(done.output)
    return {each["about"]: each["says"] for each in told if each["level"] != "good"}


@pytest.fixture
def backed_up(engine):
    with writing(engine) as connection:
        audit.append(connection, at=NOW, actor="command:x", action="backup.made")


@pytest.mark.usefixtures("backed_up")
def test_what_is_in_good_order_is_told_so(examined):
    done = examined()

    assert bad(done) == {}
    assert done.exit_code == 0


def test_a_warning_is_told_by_the_exit_code(examined):
    done = examined()

    assert list(bad(done)) == ["back-up"]
    assert done.exit_code == 1


def test_every_fault_is_told_at_once(examined, keys):
    (keys / "desk").chmod(0o755)
    for path in (keys / "desk").glob("*.key"):
        path.unlink()
    (keys / "desk" / "recovery.pub").unlink()
    changes = {
        "AIM_DAYS": "x",
        "QUUX": "1",
        "CONTENT": keys,
        "DATABASE_URL": f"sqlite:///{keys}/none/x.sqlite3",
        "FORM_URL": "http://soutuseura.example/",
        "HOSTS": "other.example",
        "SMTP": f"smtp://seloste:{PASSWORD}@127.0.0.1:{free_port()}",
        "MAIL_FROM": "a@localhost.localdomain",
    }
    done = examined(**changes)

    expected = "settings notice database address hosts mail private recovery"
    found = " ".join(bad(done))
    assert [word for word in expected.split() if word not in found] == []
    assert "mail server" in bad(done)
    assert "desk folder" in bad(done)
    assert done.exit_code == 2
    assert PASSWORD not in done.output
    assert not (keys / "none").exists()


@pytest.mark.parametrize(
    ("secret", "told"),
    [
        (b"dev", "too short"),
        (b"change-me" * 5, "can be guessed"),
        (bytes(32), "can be guessed"),
        (b"x" * 64, "can be guessed"),
    ],
)
def test_a_secret_that_keeps_nothing_is_told(examined, keys, secret, told):
    path = keys / "form" / "form.secret"
    path.unlink()
    path.write_bytes(secret)
    path.chmod(0o400)

    assert told in bad(examined("--form"))["form secret"]


def test_secrets_by_chance_are_no_weak_ones(tmp_path):
    drawn = (os.urandom(32) for _ in range(2000))

    assert not [one for one in drawn if weak_secret(lambda _, s=one: s, tmp_path)]


def test_the_forms_user_is_told_of_a_private_key_in_reach(examined):
    assert "could read every request" in bad(examined("--form"))["private key"]


@pytest.mark.parametrize("mode", [0o440, 0o404])
def test_a_key_that_others_may_read_is_told(examined, keys, mode):
    next((keys / "desk").glob("*.key")).chmod(mode)

    assert "Others may read" in bad(examined())["private key"]


def test_a_key_of_the_form_that_nobody_knows_is_told(examined, keys, tmp_path):
    keyfiles.create(tmp_path / "other" / "desk", tmp_path / "other" / "form")
    (tmp_path / "other" / "form" / "form.pub").replace(keys / "form" / "form.pub")

    assert "somebody may have put it there" in bad(examined())["private key"]


def test_a_key_without_a_spare_is_told(examined, keys):
    next((keys / "desk").glob("desk-*.recovery")).unlink()

    assert "has no spare" in bad(examined())["recovery"]


@pytest.mark.parametrize(
    ("age", "level"),
    [
        (timedelta(minutes=50), "good"),
        (timedelta(hours=2), "warning"),
        (timedelta(days=2), "fault"),
    ],
    ids=str,
)
def test_mails_that_wait_for_long_are_told(examined, engine, age, level):
    with writing(engine) as connection:
        file(connection)
        connection.execute(outbox.update().values(created_at=NOW - age))

    told = {each["about"]: each for each in json.loads(examined().output)}
    assert told["outbox"]["level"] == level


def test_mails_that_were_given_up_are_told(examined, engine):
    with writing(engine) as connection:
        file(connection)
        connection.execute(outbox.update().values(failed_at=NOW, next_try_at=None))

    assert "Mails given up: 1." in bad(examined())["failed mails"]
    with writing(engine) as connection:
        connection.execute(cases.update().values(closed_at=NOW))
    assert "failed mails" not in bad(examined())


def test_mails_to_the_team_that_were_given_up_are_told(examined, engine):
    with writing(engine) as connection:
        file(connection)
        connection.execute(cases.update().values(closed_at=NOW))
        connection.execute(
            outbox.update().values(case_id=None, failed_at=NOW, next_try_at=None)
        )

    assert "Mails given up: 1." in bad(examined())["failed mails"]


def test_an_old_back_up_is_told(examined, engine):
    with writing(engine) as connection:
        when = NOW - timedelta(days=3)
        audit.append(connection, at=when, actor="x", action="backup.made")

    assert "72 h 0 min old" in bad(examined())["back-up"]


@pytest.mark.parametrize(
    ("revision", "told"),
    [("9999", "newer than this version"), ("0001", "begin with an empty database")],
)
def test_an_unknown_schema_is_told(examined, engine, revision, told):
    standing = text("UPDATE alembic_version SET version_num = :revision")
    with engine.begin() as connection:
        there = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(standing, {"revision": revision})
    try:
        assert told in bad(examined())["schema"]
    finally:
        with engine.begin() as connection:
            connection.execute(standing, {"revision": there})


@pytest.mark.usefixtures("later_revision")
def test_a_schema_of_before_is_told(examined):
    assert (
        "this version needs later. Back it up, and run init."
        in bad(examined())["schema"]
    )


def test_missing_triggers_are_told(sqlite_engine, keys, monkeypatch):
    with sqlite_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_refuses_update"))
    for name, value in settings(url_of(sqlite_engine), keys).items():
        monkeypatch.setenv(name, value)

    done = CliRunner().invoke(doctor, ["--json"])
    assert "audit triggers" in bad(done)


def test_a_damaged_file_is_told(sqlite_engine, keys, monkeypatch):
    with writing(sqlite_engine) as connection:
        file(connection)
    path = Path(sqlite_engine.url.database)
    held = bytearray(path.read_bytes())
    half = len(held) // 2
    held[half:] = b"\xff" * (len(held) - half)
    path.write_bytes(held)
    for name, value in settings(url_of(sqlite_engine), keys).items():
        monkeypatch.setenv(name, value)

    done = CliRunner().invoke(doctor, ["--json"])
    assert bad(done).keys() & {"integrity", "database"}


def test_rights_that_are_too_wide_are_told(sqlite_engine, keys, monkeypatch):
    Path(sqlite_engine.url.database).chmod(0o666)
    for name, value in settings(url_of(sqlite_engine), keys).items():
        monkeypatch.setenv(name, value)

    done = CliRunner().invoke(doctor, ["--json"])
    assert "Others may read" in bad(done)["database file"]


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    usage = machine.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(
        machine.shutil, "disk_usage", lambda _: usage._replace(free=50 * 1024 * 1024)
    )

    [finding] = machine.room(tmp_path, tmp_path / "not" / "there")
    assert finding.says.startswith("50 MB are free")
    assert finding.level == 2


def test_a_postgresql_that_is_away_is_told_once(examined):
    done = examined(DATABASE_URL=f"postgresql://x@127.0.0.1:{free_port()}/x")

    told = [each["about"] for each in json.loads(done.output)]
    assert told.count("database") == 1
    assert "SQLite" not in told


def test_room_is_looked_for_on_the_disk_of_back_ups_too(
    examined, tmp_path, monkeypatch
):
    looked = []
    monkeypatch.setattr(machine, "room", lambda *folders: looked.extend(folders) or ())
    examined(BACKUPS=tmp_path / "backups")

    assert tmp_path / "backups" in looked


def test_no_person_and_no_password_is_told(examined, engine):
    with writing(engine) as connection:
        receipt = file(connection)
    done = examined(SMTP=f"smtp://u:{PASSWORD}@127.0.0.1:{free_port()}")

    for word in (PASSWORD, "Testinen", "testi.testinen", receipt.reference):
        assert word not in done.output


def test_it_runs_where_no_app_can_be_made(chosen):
    """As an operator runs it, with a setting that stops every program."""
    command = [sys.executable, "-m", "flask", "--app", "request_app", "doctor"]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("SELOSTE_")}
    done = subprocess.run(
        command,
        env=inherited | chosen | {"SELOSTE_AIM_DAYS": "x"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout.startswith("FAULT   settings: SELOSTE_AIM_DAYS: “x” is not")
    assert "good    time zone: Europe/Helsinki is known." in done.stdout
    assert done.stderr == ""


def test_what_is_out_of_reach_is_told_and_no_error(keys, tmp_path, monkeypatch):
    """As the form's user meets folders of others; root meets none, hence the lie."""
    store = tmp_path / "store"
    stat = Path.stat

    def closed(path, **more):
        if path.is_relative_to(store):
            raise PermissionError
        return stat(path, **more)

    chosen = settings(f"sqlite:///{store}/x", keys, BACKUPS=store / "backups")
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Path, "stat", closed)
    done = CliRunner().invoke(doctor, ["--form", "--json"])

    assert done.exit_code == 2
    assert "cannot be used" in bad(done)["database"]


@pytest.mark.usefixtures("backed_up")
def test_a_notice_that_is_silent_of_the_trail_is_told_of(examined, tmp_path):
    folder = shutil.copytree(SMALL, tmp_path / "notice")
    register = folder / "content/registers/data-protection-requests.yaml"
    edit(register, "what: audit_trail\n", "text: {fi: loki, en: log}\n")

    assert "audit trail stays" in bad(examined(CONTENT=folder))["retention"]
