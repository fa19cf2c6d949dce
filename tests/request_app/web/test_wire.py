"""Odd requests over a real connection: none is an error of ours or half a request."""

import socket
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

import pytest

from request_app import migrations
from request_app.sealing import keyfiles
from request_app.store.database import open_database
from request_app.web import stamps
from tests.support.form_app import url_of
from tests.support.gunicorn_server import fetch, gunicorn
from tests.support.stored_cases import every_case

FORM = {
    "go": "send",
    "rights": "access",
    "scope": "all",
    "access_form": "electronic",
    "whose": "own",
    "reach": "phone",
    "phone": "050 000 0000",
    "name": "Testi Testinen",
    "text": "Kerrotteko kaiken?",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A form as it runs in production: its address, database and secret."""
    folder = tmp_path_factory.mktemp("wire")
    engine = open_database(f"sqlite:///{folder}/seloste.sqlite3")
    migrations.upgrade(engine)
    keyfiles.create(folder / "desk", folder / "form")
    secret = keyfiles.read_form_secret(folder / "form")
    with gunicorn(folder, url_of(engine)) as (_, address):
        yield address, engine, secret
    engine.dispose()


@pytest.fixture
def body(served):
    """A whole request, as a browser sends it."""
    shown = stamps.new_stamp(datetime.now(UTC) - timedelta(minutes=1))
    return urlencode(FORM | {"stamp": stamps.sign(shown, secret=served[2])}).encode()


def exchange(address, headers, body):
    """Send a request byte by byte as given, say no more, and read what comes."""
    port = urlsplit(address).port
    head = ["POST /request/ HTTP/1.1", f"Host: localhost:{port}", "Connection: close"]
    head += ["Content-Type: application/x-www-form-urlencoded", *headers]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + body)
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as answer:
            return answer.read().decode()


def filed(engine):
    return len([case for case in every_case(engine) if case.suspicion is None])


def chunks(body):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body, b""))


def test_a_form_sent_in_chunks_is_a_request(served, body):
    address, engine, _ = served
    before = filed(engine)
    answer = exchange(address, ["Transfer-Encoding: chunked"], chunks(body))

    assert answer.startswith("HTTP/1.1 200")
    assert filed(engine) == before + 1


@pytest.mark.parametrize("missing", [1, 10, 40])
def test_half_a_form_is_not_filed(served, body, missing):
    address, engine, _ = served
    before = filed(engine)
    length = [f"Content-Length: {len(body)}"]
    answer = exchange(address, length, body[:-missing])

    assert "200 OK" not in answer
    assert filed(engine) == before
    assert exchange(address, length, body).startswith("HTTP/1.1 200")


def test_half_a_chunk_is_not_filed(served, body):
    address, engine, _ = served
    before = filed(engine)
    answer = exchange(address, ["Transfer-Encoding: chunked"], chunks(body)[:-20])

    assert "200 OK" not in answer
    assert filed(engine) == before


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Length: -1"],
        ["Content-Length: quux"],
        ["Content-Length: 5", "Content-Length: 6"],
        ["Content-Length: 999999999999"],
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: quux"],
        ["X" * 9000 + ": y"],
        ["Cookie: " + "y" * 9000],
        ["no header"],
    ],
    ids=lambda headers: " and ".join(headers)[:60],
)
def test_what_cannot_be_read_is_no_error_of_ours(served, body, headers):
    address, engine, _ = served
    before = filed(engine)
    answer = exchange(address, headers, body)

    assert "500 Internal" not in answer
    assert filed(engine) == before
    assert fetch(address), "the form is still there"
