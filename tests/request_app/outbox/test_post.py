"""Mail over SMTP: one recipient, a time that nothing can stretch."""

import socket
import threading
from email.message import EmailMessage
from email.policy import SMTP
from time import monotonic

import pytest

from request_app.outbox.post import PostError, post_to
from tests.support.mail_server import mail_server

TO = "testi@example.com"


@pytest.fixture
def box():
    with mail_server() as running:
        yield running


def message(to=TO):
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "a@example.com", to, "Saimme pyyntösi"
    made.set_content("Viite: 2345-6789\n")
    return made


def test_a_mail_arrives(box):
    post_to(box.address)(message(), TO)

    [envelope] = box.envelopes
    assert envelope.rcpt_tos == [TO]
    assert b"Viite: 2345-6789" in envelope.content


def test_a_header_makes_no_second_recipient(box):
    post_to(box.address)(message("x@example.com, y@example.com"), TO)

    assert box.envelopes[0].rcpt_tos == [TO]


@pytest.mark.parametrize(
    ("command", "answer", "for_good"),
    [
        ("RCPT", "550 no such user", True),
        ("RCPT", "451 later", False),
        ("DATA", "554 no", False),
        ("DATA", "451 later", False),
    ],
)
def test_a_refusal_is_told_without_the_address(box, command, answer, for_good):
    box.answers[command] = answer

    with pytest.raises(PostError) as refused:
        post_to(box.address)(message(), TO)

    assert refused.value.for_good == for_good
    assert TO not in str(refused.value)


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(PostError):
        post_to("smtp://127.0.0.1:1")(message(), TO)


def test_a_server_that_drips_is_left_in_time():
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server, done))
        thread.start()
        started = monotonic()
        with pytest.raises(PostError):
            post_to(f"smtp://127.0.0.1:{server.getsockname()[1]}", seconds=0.5)(
                message(), TO
            )
        assert monotonic() - started < 5
        done.set()
        thread.join()


def drip(server, done):
    """Greet with one character at a time, for ever."""
    connection, _ = server.accept()
    with connection:
        try:
            while not done.wait(0.05):
                connection.sendall(b"2")
        except OSError:
            return


def test_the_console_shows_a_mail(capsys):
    post_to("console:")(message(), TO)

    shown = capsys.readouterr().out
    assert f"To: {TO}" in shown
    assert "Viite: 2345-6789" in shown
