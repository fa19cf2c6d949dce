"""Workers are killed under load: every receipt that was shown is in the store, once."""

import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from request_app import migrations
from request_app.sealing import keyfiles, read_code
from request_app.store import audit, cases, outbox
from request_app.store.database import open_database, reading
from request_app.web import stamps
from tests.request_app.conftest import new_database
from tests.request_app.outbox.mail_server import free_port
from tests.request_app.running import settings, url_of
from tests.request_app.visitor import Page

KILLS = int(os.environ.get("SELOSTE_KILLS", "4"))
WAIT = threading.Event().wait  # never set: a pause
SENDERS = 4
NETWORK = build_opener(ProxyHandler({}))
LIMITS = {"HOUR_LIMIT": 1_000_000, "DAY_LIMIT": 1_000_000}  # none is a suspect


class Answer(NamedTuple):
    """What a page needs to know of an answer."""

    text: str
    status_code: int


@contextmanager
def gunicorn(folder, url):
    """A form as it runs in production, with two workers."""
    port = free_port()
    chosen = settings(url, folder, **LIMITS)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("SELOSTE_")}
    command = [sys.executable, "-m", "gunicorn", "request_app:create_app()"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    command += ["--no-control-socket", "--log-level", "critical"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=inherited | chosen, stderr=log)
        try:
            until_answered(f"http://127.0.0.1:{port}/healthz")
            yield server, f"http://127.0.0.1:{port}/request/"
        finally:
            server.terminate()
            server.wait()


def until_answered(address):
    end = monotonic() + 30
    while monotonic() < end:
        if fetch(address):
            return
        WAIT(0.05)
    pytest.fail("the server did not start")


def fetch(address, data=None):
    """The answer, or none where the connection broke."""
    body = urlencode(data).encode() if data else None
    try:
        with NETWORK.open(Request(address, body), timeout=10) as answer:  # noqa: S310
            return Answer(answer.read().decode(), answer.status)
    except (URLError, HTTPException, OSError, ValueError):
        return None


def workers_of(server):
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return [int(each) for each in children.split()]


class Sender(threading.Thread):
    """Sends request after request; what broke is sent again, as people do."""

    def __init__(self, address, secret, stop):
        super().__init__()
        self.address, self.secret, self.stop = address, secret, stop
        self.codes = []

    def run(self):
        while not self.stop.is_set():
            shown_at = datetime.now(UTC) - timedelta(minutes=1)
            stamp = stamps.sign(stamps.new_stamp(shown_at), secret=self.secret)
            self.send([("stamp", stamp), *ANSWERS])

    def send(self, data):
        """Until it is sent, or at the end once more: nobody goes without an answer."""
        while True:
            answer = fetch(self.address, data)
            if answer and answer.status_code == 200:
                self.codes.append(Page(None, answer).told("Avauskoodi"))
                return
            if self.stop.is_set():
                return


ANSWERS = [
    ("rights", "access"),
    ("scope", "all"),
    ("access_form", "electronic"),
    ("whose", "own"),
    ("name", "Testi Testinen"),
    ("reach", "email"),
    ("email", "testi.testinen@example.com"),
    ("reply_language", "fi"),
    ("go", "send"),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/seloste.sqlite3"
    return new_database(request.getfixturevalue("postgres"))


def test_no_receipt_is_shown_for_what_is_not_kept(tmp_path, database_url, monkeypatch):
    engine = open_database(database_url)
    migrations.upgrade(engine)
    keyfiles.create(tmp_path / "desk", tmp_path / "form")
    monkeypatch.chdir(tmp_path)
    stop = threading.Event()
    killed = set()
    with gunicorn(tmp_path, url_of(engine)) as (server, address):
        secret = keyfiles.read_form_secret(tmp_path / "form")
        senders = [Sender(address, secret, stop) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        for _ in range(KILLS):
            WAIT(random.uniform(0.2, 0.6))  # noqa: S311 - any moment will do
            if workers := workers_of(server):
                worker = random.choice(workers)  # noqa: S311
                os.kill(worker, signal.SIGKILL)
                killed.add(worker)
        WAIT(1)
        survivors = set(workers_of(server))
        stop.set()
        for sender in senders:
            sender.join()

    codes = [code for sender in senders for code in sender.codes]
    assert killed
    assert not killed & survivors
    assert codes
    assert len(set(codes)) == len(codes)
    with reading(engine) as connection:
        kept = cases.queue(connection)
        hashes = {read_code(code).hash for code in codes}
        assert hashes <= {case.code_hash for case in kept}
        for case in kept:
            assert len(audit.entries(connection, case_id=case.id)) == 1
            mails = outbox.of_case(connection, case.id)
            assert len(mails) == 1
            assert cases.rights_of(connection, case.id)
        assert len({case.nonce_hash for case in kept}) == len(kept)
    engine.dispose()
