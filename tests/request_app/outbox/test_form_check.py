"""Whether the form answers, asked of real servers that do and that don't."""

import socket
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import pytest
from werkzeug.serving import make_server

from request_app.outbox.form_check import answers
from tests.support.mail_server import free_port


@contextmanager
def serving(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/request/"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def dripping():
    """A server that gives a byte at a time and never comes to an end."""
    stop = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            visitor, _ = server.accept()
            with visitor:
                visitor.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
                while not stop.wait(0.05):
                    visitor.sendall(b".")

        thread = Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        stop.set()
        thread.join()


def test_a_form_that_is_open_answers(app):
    with serving(app) as address:
        assert answers(address)


def test_a_form_without_its_key_does_not(app, keys):
    (keys / "form" / "secret").unlink(missing_ok=True)
    for file in (keys / "form").iterdir():
        file.unlink()

    with serving(app) as address:
        assert not answers(address)


@pytest.mark.parametrize("address", ["/request/", "file:///etc/hostname", "http://["])
def test_what_is_no_web_address_is_not_asked(address):
    assert not answers(address)


def test_another_page_in_its_place_is_not_the_form():
    def welcome(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"Welcome to the web server"]

    with serving(welcome) as address:
        assert not answers(address)


def test_nobody_there_is_no_answer():
    assert not answers(f"http://127.0.0.1:{free_port()}/")


def test_a_server_that_drips_is_left_in_time():
    began = monotonic()
    with dripping() as address:
        assert not answers(address, seconds=0.5)
    assert monotonic() - began < 5
