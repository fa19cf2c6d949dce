from dataclasses import replace
from datetime import timedelta

import pytest

from request_app.store import cases, messages
from request_app.store.database import reading, writing
from request_app.store.values import Sender
from tests.support.filed_requests import NOW, file


@pytest.fixture
def question(engine):
    with writing(engine) as connection:
        receipt = file(connection)
        case = cases.by_reference(connection, receipt.reference)
        question = messages.Message(
            id="1",
            case_id=case.id,
            sender=Sender.DESK,
            for_desk=b"sealed",
            for_person=b"sealed",
            written_at=NOW,
        )
        reply = replace(
            question,
            id="0",
            sender=Sender.PERSON,
            written_at=NOW + timedelta(minutes=1),
        )
        messages.add(connection, reply)
        messages.add(connection, question)
    return question


def test_messages_are_listed_as_they_were_written(engine, question):
    with reading(engine) as connection:
        found = messages.of_case(connection, question.case_id)

    assert [message.sender for message in found] == [Sender.DESK, Sender.PERSON]
    assert found[0] == question


def test_reading_marks_the_other_sides_messages_once(engine, question):
    later = NOW + timedelta(days=1)
    with writing(engine) as connection:
        for now in (later, later + timedelta(days=1)):
            messages.mark_read(
                connection, question.case_id, sender=Sender.DESK, now=now
            )
        found = messages.of_case(connection, question.case_id)

    assert [message.read_at for message in found] == [later, None]


def test_a_message_is_new_once(engine):
    with writing(engine) as connection:
        case = cases.by_reference(connection, file(connection).reference)
        message = messages.Message(
            id="m" * 32,
            case_id=case.id,
            sender=Sender.PERSON,
            for_desk=b"x",
            for_person=b"x",
            written_at=NOW,
        )
        assert [messages.add(connection, message) for _ in range(2)] == [True, False]
