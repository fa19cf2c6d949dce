"""What is written once tells whether it was new, on either database."""

from request_app.store import links, messages
from request_app.store.database import writing
from request_app.store.messages import Message
from request_app.store.values import Sender
from tests.request_app.store.test_queue import fill
from tests.support.filed_requests import NOW

ONE, OTHER = f"{0:032}", f"{1:032}"


def test_a_link_is_new_once(engine):
    fill(engine, {}, {})
    with writing(engine) as connection:
        told = [
            links.add(connection, *pair, now=NOW)
            for pair in ((ONE, OTHER), (OTHER, ONE))
        ]

    assert told == [True, False]


def test_a_message_is_new_once(engine):
    fill(engine, {})
    message = Message(
        id="m" * 32,
        case_id=ONE,
        sender=Sender.PERSON,
        for_desk=b"x",
        for_person=b"x",
        written_at=NOW,
    )
    with writing(engine) as connection:
        assert [messages.add(connection, message) for _ in range(2)] == [True, False]
