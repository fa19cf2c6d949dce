"""What the form writes, as the system sees it: envelopes to its database, no more."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from request_app import migrations
from request_app.sealing import keyfiles
from request_app.store.database import open_database
from request_app.web import stamps
from tests.conftest import need
from tests.request_app.conftest import new_database
from tests.support.form_app import close, running, url_of
from tests.support.gunicorn_server import fetch, gunicorn, until
from tests.support.planted_strings import PLANT, planted, status_planted
from tests.support.visitor import Page

CALLS = "open,openat,creat,write,writev,pwrite64,pwritev,sendto,sendmsg,rename"
STRACE = ["strace", "-D", "-f", "-yy", "-q", "-s", "1000000", "-e", f"trace={CALLS}"]
WRITTEN = re.compile(r"(?:write|writev|pwrite64|pwritev|sendto|sendmsg)\(\d+<([^>]*)")
MADE = re.compile(r'open(?:at)?\((?:[^"]*, )?"([^"]+)", \S*O_(?:CREAT|TMPFILE)')
# The database; of Python's and gunicorn's own, a try of the folder and a sign of life.
OWN = r"(store/seloste\.sqlite3|temporary/([a-z0-9_]{8}|wgunicorn-\w+)$)"
TO_A_VISITOR = "TCP:"
BIG = 600_000  # more than the framework keeps in memory


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """A database that no other test has open."""
    (tmp_path / "store").mkdir()
    url = f"sqlite:///{tmp_path}/store/seloste.sqlite3"
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgres"))
    engine = open_database(url)
    migrations.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def watched(tmp_path, engine):
    """Return a function that runs a form, lets people visit it and tells the calls."""
    trace, temporary = tmp_path / "trace", tmp_path / "temporary"
    need(shutil.which("strace"), "strace")
    tried = subprocess.run([*STRACE, "-o", trace, "true"], check=False)
    need(tried.returncode == 0, "the right to watch programs with strace")
    temporary.mkdir()
    app = running(engine, tmp_path)
    environ = {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    server = {"workers": 1, "watched_by": [*STRACE, "-o", trace], **environ}

    def run(visit, **more):
        with gunicorn(tmp_path, url_of(engine), **server | more) as (main, address):
            visit(app, address, keyfiles.read_form_secret(tmp_path / "form"))
        end = re.compile(rf"^{main.pid} +\+\+\+ ", re.MULTILINE)
        assert until(lambda: end.search(trace.read_text()))
        return trace.read_text().splitlines()

    yield run
    close(app)


def visit_every_page(app, address, secret):
    shown_at = datetime.now(UTC) - timedelta(minutes=1)
    form = planted(app, stamp=stamps.sign(stamps.new_stamp(shown_at), secret=secret))
    for go in ("check", "send"):
        answer = fetch(address, form | {"go": go})
    code = Page(None, answer).told("Avauskoodi")
    for chosen in ({"code": code}, {}):
        fetch(f"{address}status/", status_planted(app, **chosen) | {"go": "reply"})
    fetch(address, form | {"stamp": "x.y", "go": "send"})
    fetch(address, form | {"text": PLANT * BIG})
    fetch(f"{address}{PLANT}/", form)
    upload(app, address, 1000)
    upload(app, address, BIG)


def upload(app, address, size):
    """Send the form as some programs do, with a file in a field that has none."""
    file = FileStorage(BytesIO(PLANT.encode().ljust(size)), f"{PLANT}.pdf")
    boundary, body = encode_multipart(planted(app) | {"text": file, "go": "check"})
    return fetch(address, body, f"multipart/form-data; boundary={boundary}")


def upload_much(app, address, _secret):
    assert upload(app, address, BIG)


def places_of(plant, calls):
    """Where a text was written to, but for the answers to visitors."""
    told = [WRITTEN.search(call) for call in calls if plant in call.lower()]
    places = {found[1] for found in told if found}
    return {place for place in places if not place.startswith(TO_A_VISITOR)}


def test_what_was_written_leaves_the_form_only_sealed(watched, tmp_path):
    calls = watched(visit_every_page)

    assert places_of(PLANT, calls) == set()
    made = {found[1] for call in calls if (found := MADE.search(call))}
    assert not [each for each in made if not re.match(rf"{tmp_path}/{OWN}", each)]
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_form_kept_in_a_temporary_file_would_be_seen(watched, tmp_path):
    calls = watched(upload_much, app="tests.support.spooling_form:create_app()")

    [place] = places_of(PLANT, calls)
    assert place.startswith(str(tmp_path / "temporary"))
