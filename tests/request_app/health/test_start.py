"""What form and desk do not start with, and what they start without."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from request_app import create_app, create_desk
from request_app.health.start import UnsafeError
from request_app.sealing import keyfiles
from tests.conftest import CHECKOUT, SMALL, edit
from tests.support.form_app import client_of, close, settings, url_of
from tests.support.visitor import visit


@pytest.fixture
def begin(sqlite_engine, keys):
    """Start a program, and give back why it refuses."""
    keyfiles.make_desk_secret(keys / "desk")

    def begun(make, **changes):
        try:
            close(make(settings(url_of(sqlite_engine), keys, **changes)))
        except UnsafeError as error:
            return str(error)
        return None

    return begun


def spoil(path, content):
    path.unlink()
    path.write_bytes(content)
    path.chmod(0o400)


PROGRAMS = [
    pytest.param(create_app, "form/form.secret", id="form"),
    pytest.param(create_desk, "desk/desk.secret", id="desk"),
]


@pytest.mark.parametrize(("make", "secret"), PROGRAMS)
def test_what_is_safe_starts(begin, make, secret):
    assert secret
    assert begin(make) is None


@pytest.mark.parametrize(("make", "secret"), PROGRAMS)
def test_a_secret_that_can_be_guessed_stops_the_start(begin, keys, make, secret):
    spoil(keys / secret, b"This is our own secret, and nobody else's.")

    assert "can be guessed" in begin(make)


def test_a_short_secret_stops_the_start(begin, keys):
    spoil(keys / "form/form.secret", b"dev")

    assert "too short" in begin(create_app)


def test_a_secret_that_others_may_read_stops_the_start(begin, keys):
    (keys / "form" / "form.secret").chmod(0o444)

    assert "Others may read" in begin(create_app)


@pytest.mark.parametrize(
    ("make", "name"), [(create_app, "FORM_URL"), (create_desk, "DESK_URL")]
)
def test_an_address_without_https_stops_the_start(begin, make, name):
    address = {name: "http://soutuseura.example/x/"}

    assert "is without https" in begin(make, **address)
    assert begin(make, **address, INSECURE_HTTP="yes") is None
    assert begin(make, **{name: "http://localhost:8000/x/"}) is None


def test_an_address_of_the_notice_counts_too(begin, root):
    edit(root / "site.yaml", "https://", "http://")

    assert "is without https" in begin(create_app, CONTENT=root, FORM_URL="/request/")


def test_a_private_key_in_reach_stops_the_form(begin):
    assert "could read every request" in begin(create_app, ONE_USER="")


@pytest.mark.parametrize("make", [create_app, create_desk])
@pytest.mark.parametrize(
    ("revision", "told"),
    [("9999", "newer than this version"), ("0006", "a trial version")],
)
def test_an_unknown_schema_stops_the_start(begin, sqlite_engine, make, revision, told):
    with sqlite_engine.begin() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = :it"), {"it": revision}
        )

    assert told in begin(make)


def test_a_key_without_its_other_half_stops_the_desk(begin, keys, tmp_path):
    keyfiles.create(tmp_path / "other" / "desk", tmp_path / "other" / "form")
    (tmp_path / "other" / "form" / "form.pub").replace(keys / "form" / "form.pub")
    fingerprint = keyfiles.read_form_key(keys / "form").fingerprint

    assert fingerprint in begin(create_desk)
    assert begin(create_app) is None


def test_every_reason_is_told_at_once(begin, keys):
    spoil(keys / "form/form.secret", b"dev")
    reasons = begin(create_app, FORM_URL="http://soutuseura.example/", ONE_USER="")

    assert len(reasons.splitlines()) == 3


@pytest.mark.parametrize("missing", ["form.pub", "form.secret"])
def test_without_a_key_the_form_starts_and_tells_other_ways(
    sqlite_engine, keys, missing
):
    (keys / "form" / missing).unlink()
    app = create_app(settings(url_of(sqlite_engine), keys))
    page = visit(client_of(app))
    close(app)

    assert page.status == 503
    assert "tietosuoja@soutuseura.example" in page.words


def test_without_a_database_the_form_starts_and_makes_none(keys, tmp_path):
    app = create_app(settings(f"sqlite:///{tmp_path}/none.sqlite3", keys))
    close(app)

    assert not (tmp_path / "none.sqlite3").exists()


def test_commands_run_where_the_form_would_not_start(tmp_path):
    """An operator mends it by them."""
    url = f"sqlite:///{tmp_path}/var/seloste.sqlite3"
    chosen = settings(url, tmp_path, CONTENT=SMALL, ONE_USER="")
    keyfiles.create(tmp_path / "desk", tmp_path / "form")
    command = [sys.executable, "-m", "flask", "--app", "request_app", "init"]
    done = subprocess.run(
        command, env=chosen, cwd=CHECKOUT, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
