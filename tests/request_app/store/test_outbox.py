from dataclasses import replace
from datetime import timedelta

import pytest

from request_app.outbox.post import SECONDS_TO_ANSWER, SECONDS_TO_SEND
from request_app.store import outbox
from request_app.store.database import writing
from tests.support.filed_requests import NOW

MAIL = outbox.Mail(
    id="m1",
    case_id=None,
    kind="received",
    language="fi",
    address=b"sealed",
    facts={"reference": "BCDF-2345"},
    message_id="<m1@seloste.example>",
    created_at=NOW,
    next_try_at=NOW,
)


@pytest.fixture
def mail(engine):
    with writing(engine) as connection:
        outbox.put(connection, MAIL)
    return MAIL


def claimed(engine, now):
    with writing(engine) as connection:
        return outbox.claim(connection, now=now)


def test_a_mail_is_claimed_when_its_time_has_come(engine, mail):
    assert claimed(engine, NOW - timedelta(seconds=1)) is None
    assert claimed(engine, NOW) == replace(
        mail, tries=1, next_try_at=NOW + outbox.FIRST_WAIT
    )


@pytest.mark.usefixtures("mail")
def test_a_mail_being_sent_is_not_claimed_again(engine):
    claimed(engine, NOW)

    assert claimed(engine, NOW) is None


def test_the_mail_of_a_worker_that_died_is_tried_again(engine, mail):
    claimed(engine, NOW)

    again = claimed(engine, NOW + outbox.FIRST_WAIT)

    assert (again.message_id, again.tries) == (mail.message_id, 2)


@pytest.mark.parametrize("settle", [outbox.mark_sent, outbox.give_up])
def test_a_settled_mail_is_never_tried_again(engine, mail, settle):
    with writing(engine) as connection:
        settle(connection, mail.id, now=NOW)

    assert claimed(engine, NOW + timedelta(days=365)) is None


def test_the_oldest_is_claimed_first(engine):
    with writing(engine) as connection:
        for number in (3, 1, 2):
            at = NOW + timedelta(seconds=number)
            name = f"m{number}"
            outbox.put(
                connection, replace(MAIL, id=name, message_id=name, next_try_at=at)
            )

    found = [claimed(engine, NOW + timedelta(seconds=3)).id for _ in range(3)]

    assert found == ["m1", "m2", "m3"]


def test_a_mail_is_not_claimed_again_while_it_may_be_on_its_way():
    assert outbox.FIRST_WAIT.total_seconds() > SECONDS_TO_SEND + SECONDS_TO_ANSWER


def test_two_workers_share_the_mails(postgresql_engine):
    with writing(postgresql_engine) as connection:
        outbox.put(connection, MAIL)

    with writing(postgresql_engine) as first, writing(postgresql_engine) as second:
        assert outbox.claim(first, now=NOW)
        assert outbox.claim(second, now=NOW) is None


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, 1), (1, 2), (5, 32), (9, 360), (1000, 360)]
)
def test_the_wait_doubles_up_to_six_hours(tries, minutes):
    assert outbox.wait_after(tries) == timedelta(minutes=minutes)
