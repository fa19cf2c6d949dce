"""The mail server is greeted, within a time that nothing can stretch."""

import socket
from time import monotonic

import pytest

from request_app.health.findings import Level
from request_app.health.mail_server import examine
from tests.support.mail_server import free_port, mail_server


def levels(address, **more):
    return [finding.level for finding in examine(address, **more)]


def test_a_server_that_answers_is_good_and_gets_no_mail():
    with mail_server() as box:
        assert levels(box.address) == [Level.GOOD]

        assert box.envelopes == []


def test_a_server_that_is_away_is_told():
    assert levels(f"smtp://127.0.0.1:{free_port()}") == [Level.FAULT]


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp+tls"])
def test_a_server_that_says_nothing_is_told_in_time(scheme):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        started = monotonic()

        assert levels(f"{scheme}://127.0.0.1:{port}", seconds=0.3) == [Level.FAULT]
    assert monotonic() - started < 5


def test_mails_on_the_console_are_a_warning():
    assert levels("console:") == [Level.WARNING]
