"""The drill: backed up under load, put back elsewhere, and work goes on there."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from request_app import create_app, create_desk, migrations
from request_app.sealing import keyfiles, read_code
from request_app.store.database import open_database, reading
from tests.conftest import CHECKOUT
from tests.request_app.conftest import DATABASES, new_database
from tests.support.form_app import client_of, close, settings
from tests.support.request_writer import send
from tests.support.visitor import visit

WRITERS = 2
PLANTED = "Kanarianlintu"
LIMITS = {"HOUR_LIMIT": 1_000_000, "DAY_LIMIT": 1_000_000}  # none is a suspect


@pytest.fixture(params=DATABASES)
def address(request, tmp_path):
    """Addresses of databases of one kind, each empty."""
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgres")
        return lambda _: new_database(cluster)
    return lambda name: f"sqlite:///{tmp_path}/{name}/seloste.sqlite3"


def environment(chosen):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("SELOSTE_")}
    return inherited | chosen


def flask(chosen, *words, **more):
    """A command as an operator runs it."""
    command = [sys.executable, "-m", "flask", "--app", "request_app", *words]
    done = subprocess.run(
        command,
        env=environment(chosen),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        **more,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def writers(chosen):
    command = [sys.executable, "-m", "tests.support.request_writer"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return [
        subprocess.Popen(
            command, env=environment(chosen), cwd=CHECKOUT, text=True, **pipes
        )
        for _ in range(WRITERS)
    ]


def codes(url):
    engine = open_database(url)
    with reading(engine) as connection:
        found = set(connection.scalars(text("SELECT code_hash FROM cases")))
    engine.dispose()
    return found


def test_a_back_up_made_under_load_takes_the_place_of_what_was_lost(tmp_path, address):
    old, new = tmp_path / "old", tmp_path / "new"
    (tmp_path / "here").mkdir()
    here = settings(address("here"), old, **LIMITS)
    engine = open_database(here["SELOSTE_DATABASE_URL"])
    migrations.upgrade(engine)
    engine.dispose()
    code = keyfiles.create(old / "desk", old / "form").recovery_code
    form = create_app(here)
    receipt = send(form, PLANTED)
    close(form)
    file = tmp_path / "away" / "drill.backup"

    busy = writers(here)
    receipts = [writer.stdout.readline() for writer in busy]
    told = flask(here, "backup", str(file))
    for writer in busy:
        writer.communicate("stop")
    assert [writer.returncode for writer in busy] == [0] * WRITERS
    assert "Head of the audit trail" in told

    for plain in (PLANTED, "Testinen", receipt.told("Viite"), str(code)):
        assert plain.encode() not in file.read_bytes()

    there = settings(address("there"), new, CONTENT=new / "notice", **LIMITS)
    url = there["SELOSTE_DATABASE_URL"]
    into = ["--into", url, "--keys", str(new / "desk"), "--notice", str(new / "notice")]
    told = flask(there, "restore", str(file), *into, input=f"{code}\n")
    assert "The audit trail holds." in told
    assert "Recovery code" not in flask(there, "init")
    flask(there, "audit", "verify", "--head", str(file))

    before = {read_code(each).hash for each in receipts}
    assert before <= codes(url)
    assert PLANTED in flask(there, "cases", "file", receipt.told("Viite"))
    restored = create_app(there)
    page = visit(client_of(restored), "/request/status/")
    page = page.fill(code=receipt.told("Avauskoodi")).press("look")
    assert page.told("Vaihe") == "Saapunut"
    assert send(restored, "Uusi").title == "Saimme pyyntösi"
    desk = create_desk(there)
    assert client_of(desk).get("/desk/", follow_redirects=True).status_code < 400
    for app in (restored, desk):
        close(app)


PROGRAM = """
import os, signal
from datetime import UTC, datetime
from pathlib import Path
from request_app.backup import create, stream
from request_app.sealing import OpeningKey
from request_app.store.database import open_database

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

{moment} = die
key = OpeningKey(bytes([7]) * 32).public
job = create.Job(engine=open_database({url!r}), key=key, files=(), product="1",
                 now=datetime.now(UTC))
create.make(job, Path({target!r}))
"""


@pytest.mark.parametrize(
    "moment",
    [
        "stream.SealingWriter.write",
        "stream.SealingWriter.finish",
        "create.os.fsync",
        "Path.rename",
    ],
)
def test_one_that_is_killed_leaves_nothing_under_its_name(
    sqlite_engine, tmp_path, moment
):
    target = tmp_path / "made" / "x.backup"
    url = str(sqlite_engine.url)
    program = PROGRAM.format(moment=moment, url=url, target=str(target))
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, check=False)

    assert done.returncode == -9
    assert not target.exists()
    assert list(target.parent.iterdir()), "it was not killed half way"
