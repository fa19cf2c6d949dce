"""Workers are killed under load: every receipt that was shown is in the store, once."""

import os
import random
import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from request_app import migrations
from request_app.sealing import keyfiles, read_code
from request_app.store import audit, cases, outbox
from request_app.store.database import open_database, reading
from request_app.web import stamps
from tests.request_app.conftest import new_database
from tests.support.form_app import url_of
from tests.support.gunicorn_server import WAIT, fetch, gunicorn, until
from tests.support.stored_cases import every_case
from tests.support.visitor import Page

KILLS = int(os.environ.get("SELOSTE_KILLS", "4"))
SENDERS = 4


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


def test_no_receipt_is_shown_for_what_is_not_kept(tmp_path, database_url):
    engine = open_database(database_url)
    migrations.upgrade(engine)
    keyfiles.create(tmp_path / "desk", tmp_path / "form")
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
        gone = until(lambda: not killed & set(workers_of(server)))
        until(lambda: all(sender.codes for sender in senders))
        stop.set()
        for sender in senders:
            sender.join()

    codes = [code for sender in senders for code in sender.codes]
    assert killed
    assert gone
    assert codes
    assert len(set(codes)) == len(codes)
    with reading(engine) as connection:
        kept = every_case(engine)
        hashes = {read_code(code).hash for code in codes}
        assert hashes <= {case.code_hash for case in kept}
        for case in kept:
            assert len(audit.entries(connection, case_id=case.id)) == 1
            mails = outbox.of_case(connection, case.id)
            assert len(mails) == 1
            assert cases.rights_of(connection, case.id)
        assert len({case.nonce_hash for case in kept}) == len(kept)
    engine.dispose()
