"""A mail to an address on file settles who asks, or lets an impostor surface."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from request_app.cases.action import PERSON
from request_app.cases.identity.email_confirmation import (
    ConfirmationAnswer,
    ask_by_mail,
    confirm_identity,
    confirmations_of,
    deny_identity,
)
from request_app.cases.lifecycle.record import read_progress, record_steps
from request_app.cases.messages.mail import addressee_of
from request_app.cases.steps.questions import Asked
from request_app.cases.steps.reader import read_step
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import (
    IdentityClaimed,
    IdentityDenied,
    IdentitySettled,
)
from request_app.deadlines import PauseKind
from request_app.store import cases, outbox, steps, tables
from request_app.store.database import reading, writing
from request_app.store.values import State, Way
from tests.support.actions import acting, action
from tests.support.delivered_answers import ON_FILE, RING, filed
from tests.support.filed_requests import NOW

TODAY = date(2026, 11, 22)


@pytest.fixture
def case(engine):
    return filed(engine)[0]


def mailed(engine, case, email=ON_FILE):
    with acting(engine) as action:
        return ask_by_mail(action, case, email)


@pytest.fixture
def mail(engine, case):
    return mailed(engine, case)


def confirmed(engine, mail_id, *, now=NOW):
    with acting(engine, actor=PERSON, at=now) as action:
        return confirm_identity(action, mail_id)


def denied(engine, mail_id):
    with acting(engine, actor=PERSON) as action:
        return deny_identity(action, mail_id)


def done(engine, case):
    with reading(engine) as connection:
        rows = steps.of_case(connection, case.id)
    return [read_step(row.facts) for row in rows]


def asked(engine, case):
    step = Asked(question=PauseKind.IDENTITY, on=TODAY, way=Way.EMAIL)
    with acting(engine) as action:
        record_steps(action, case, [ProposedStep(step=step)])


def test_the_address_is_sealed(mail):
    assert addressee_of(mail, RING).email == ON_FILE
    assert mail.id not in mail.message_id


def test_a_yes_settles_who_asks_and_answers_the_question(engine, case, mail):
    asked(engine, case)

    assert confirmed(engine, mail.id) == ConfirmationAnswer.CONFIRMED

    assert done(engine, case)[1:] == [IdentitySettled(method="confirmed", on=TODAY)]
    with reading(engine) as connection:
        assert not read_progress(action(connection), case).open_questions


def test_a_yes_answers_no_question_that_is_not_open(engine, case, mail):
    confirmed(engine, mail.id)

    assert done(engine, case) == [IdentitySettled(method="confirmed", on=TODAY)]


def test_a_second_yes_changes_nothing(engine, case, mail):
    confirmed(engine, mail.id)

    later = NOW + timedelta(days=1)
    assert confirmed(engine, mail.id, now=later) == ConfirmationAnswer.CONFIRMED_BEFORE

    assert len(done(engine, case)) == 1
    with reading(engine) as connection:
        [said] = confirmations_of(connection, case)
    assert (said.confirmed_at, said.denied_at) == (NOW, None)


def test_a_no_makes_it_open_again_who_asks(engine, case, mail):
    assert denied(engine, mail.id) == ConfirmationAnswer.DENIED
    assert denied(engine, mail.id) == ConfirmationAnswer.DENIED_BEFORE

    assert done(engine, case) == [IdentityDenied(on=TODAY)]
    with reading(engine) as connection:
        progress = read_progress(action(connection), case)
    assert progress.denied
    assert progress.identity is None
    assert progress.state is State.WORKING
    with reading(engine) as connection:
        assert cases.by_id(connection, case.id).denied_at == NOW


def test_after_a_no_a_yes_settles_nothing(engine, case, mail):
    denied(engine, mail.id)

    assert confirmed(engine, mail.id) == ConfirmationAnswer.DENIED_BEFORE
    assert done(engine, case) == [IdentityDenied(on=TODAY)]


def test_after_a_yes_a_no_is_still_heard(engine, case, mail):
    confirmed(engine, mail.id)

    assert denied(engine, mail.id) == ConfirmationAnswer.DENIED
    with reading(engine) as connection:
        [said] = confirmations_of(connection, case)
    assert (said.confirmed_at, said.denied_at) == (NOW, NOW)


def test_no_yes_at_another_address_outweighs_a_no(engine, case, mail):
    other = mailed(engine, case, "other@old.example")
    denied(engine, mail.id)

    assert confirmed(engine, other.id) == ConfirmationAnswer.CONFIRMED
    assert confirmed(engine, other.id) == ConfirmationAnswer.CONFIRMED_BEFORE

    assert done(engine, case)[1:] == [IdentityClaimed(on=TODAY)]
    with reading(engine) as connection:
        progress = read_progress(action(connection), case)
    assert (progress.identity, progress.denied) == (None, True)


def test_a_no_at_another_address_outweighs_the_yes_before(engine, case, mail):
    other = mailed(engine, case, "other@old.example")
    confirmed(engine, other.id)

    assert denied(engine, mail.id) == ConfirmationAnswer.DENIED

    with reading(engine) as connection:
        progress = read_progress(action(connection), case)
    assert (progress.identity, progress.denied) == (None, True)


def test_no_other_mail_settles_who_asks(engine, case):
    """Whoever asks gets the acknowledgement: its link must not prove anything."""
    with reading(engine) as connection:
        [received] = outbox.of_case(connection, case.id)

    assert confirmed(engine, received.id) is None
    assert denied(engine, received.id) is None
    assert done(engine, case) == []


def test_a_closed_case_is_settled_no_more_and_a_no_is_heard(engine, case, mail):
    with writing(engine) as connection:
        connection.execute(update(tables.cases).values(state=State.CLOSED))

    assert confirmed(engine, mail.id) is None
    assert denied(engine, mail.id) == ConfirmationAnswer.DENIED
    assert done(engine, case) == [IdentityDenied(on=TODAY)]
