"""The worker reminds once of an answer that went by mail and was not fetched."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from request_app.cases.delivery.delivery_code import deliveries_of
from request_app.outbox.post import PostError
from request_app.outbox.worker import work
from request_app.store import audit, tables
from request_app.store.database import reading, writing
from request_app.store.values import State, Way
from tests.support.delivered_answers import ON_FILE, RING, delivered, fetched, filed
from tests.support.filed_requests import EMAIL, NOW
from tests.support.post_office import PostOffice, worker_of

DAY = timedelta(days=1)


@pytest.fixture
def mailed(engine, small):
    """An answer that has gone out by mail."""
    case, access_code = filed(engine)
    _, code, _ = delivered(engine, case)
    office = PostOffice()
    worked(engine, small, office, after=timedelta(0))
    return case, code, access_code, office


def worked(engine, small, office, *, after, **more):
    worker = replace(worker_of(engine, RING, office, small), **more)
    work(worker, now=lambda: NOW + after)
    return [message for message, _ in office.taken]


def test_the_mail_tells_where_and_with_which_code(mailed):
    case, code, access_code, office = mailed
    [message] = [message for message, to in office.taken if to == ON_FILE]

    assert case.reference in message["Subject"]
    text = message.get_content()
    assert str(code) in text
    assert "https://soutuseura.example/request/answer/" in text
    assert str(access_code) not in text


def test_after_a_week_one_reminder_goes_without_a_code(engine, small, mailed):
    case, code, _, _ = mailed
    office = PostOffice()
    assert worked(engine, small, office, after=7 * DAY) == []

    worked(engine, small, office, after=8 * DAY)
    [message] = worked(engine, small, office, after=30 * DAY)

    assert message["To"] == ON_FILE
    assert case.reference in message["Subject"]
    assert str(code)[:4] not in message.get_content()
    with reading(engine) as connection:
        [reach] = deliveries_of(connection, case, today=NOW.date())
        trail = audit.entries(connection, case_id=case.id)
    assert reach.delivery.reminded_at == NOW + 8 * DAY
    assert trail[-1].action == "answer.reminded"


def test_who_has_fetched_it_is_not_reminded(engine, small, mailed):
    _, code, access_code, _ = mailed
    fetched(engine, code, access_code)

    assert worked(engine, small, PostOffice(), after=30 * DAY) == []


def test_a_closed_case_reminds_nobody(engine, small, mailed):
    assert mailed
    with writing(engine) as connection:
        connection.execute(
            update(tables.cases).values(state=State.CLOSED, closed_at=NOW)
        )

    assert worked(engine, small, PostOffice(), after=30 * DAY) == []


def test_a_letter_reminds_nobody(engine, small):
    case, _ = filed(engine)
    delivered(engine, case, way=Way.LETTER)

    messages = worked(engine, small, PostOffice(), after=30 * DAY)
    assert [message["To"] for message in messages] == [EMAIL]  # the acknowledgement


def test_of_a_mail_that_never_went_out_nobody_is_reminded(engine, small):
    case, _ = filed(engine)
    delivered(engine, case)
    refuse = [PostError("recipient", for_good=True)] * 2
    worked(engine, small, PostOffice(*refuse), after=timedelta(0))

    assert worked(engine, small, PostOffice(), after=30 * DAY) == []
    with reading(engine) as connection:
        [reach] = deliveries_of(connection, case, today=NOW.date())
    assert reach.standing == "mail-failed"


def test_the_worker_notes_contacts_so_that_they_can_be_compared(engine, small):
    filed(engine)

    worked(engine, small, PostOffice(), after=DAY)

    with reading(engine) as connection:
        assert connection.execute(tables.contact_hashes.select()).all()
