"""The worker sends each mail at least once, and gives up only in the end."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from threading import Event

import pytest

from generator.content.problems import ContentError
from request_app.commands.work import loop
from request_app.outbox.post import PostError
from request_app.outbox.worker import KEEP_TRYING, work
from request_app.sealing import Keyring, seal
from request_app.sealing.places import mail_address
from request_app.store import outbox
from request_app.store.database import StoreError, reading, writing
from tests.support.filed_requests import DESK_KEY, EMAIL, NOW, file
from tests.support.post_office import FROM, PostOffice, worker_of
from tests.support.stored_cases import only_case

RING = Keyring([DESK_KEY])


@pytest.fixture
def filed(engine):
    """A database with one request and its mail."""
    with writing(engine) as connection:
        return file(connection)


def mails(engine):
    with reading(engine) as connection:
        return outbox.of_case(connection, only_case(engine).id)


def sent(engine, content, office, *, later=timedelta(0), ring=RING):
    return work(worker_of(engine, ring, office, content), now=lambda: NOW + later)


def test_a_mail_tells_reference_and_days_in_the_language_of_the_case(
    filed, engine, small
):
    office = PostOffice()
    assert sent(engine, small, office) == 1

    [(message, recipient)] = office.taken
    assert recipient == EMAIL
    assert message["Subject"] == f"Saimme pyyntösi: {filed.reference}"
    assert message["From"] == f"Esimerkkilän Airot <{FROM}>"
    text = message.get_content()
    assert "Viimeinen vastauspäivä: tiistai 22.12.2026" in text
    assert "https://soutuseura.example/request/status/" in text
    assert str(filed.code) not in text


def test_its_link_confirms_it(filed, engine, small):
    office = PostOffice()
    sent(engine, small, office)

    [mail] = mails(engine)
    assert f"/request/confirm/{mail.id}/" in office.taken[0][0].get_content()
    assert filed.reference


def test_a_mail_is_sent_once(filed, engine, small):
    office = PostOffice()
    sent(engine, small, office)
    sent(engine, small, office, later=timedelta(days=1))

    assert len(office.taken) == 1
    assert filed.reference


@pytest.mark.usefixtures("filed")
def test_a_mail_that_is_not_taken_is_tried_again_later_with_the_same_id(engine, small):
    office = PostOffice(PostError("answer 451"))
    assert sent(engine, small, office) == 0
    assert sent(engine, small, office) == 0
    assert sent(engine, small, office, later=timedelta(minutes=2)) == 1

    [mail] = mails(engine)
    assert office.taken[0][0]["Message-ID"] == mail.message_id
    assert mail.tries == 2


@pytest.mark.usefixtures("filed")
def test_an_address_that_is_refused_for_good_is_given_up(engine, small):
    sent(engine, small, PostOffice(PostError("recipient", for_good=True)))

    [mail] = mails(engine)
    assert mail.failed_at
    assert not mail.next_try_at


@pytest.mark.usefixtures("filed")
def test_a_mail_server_may_be_away_for_days(engine, small):
    away = PostOffice(*[PostError("ConnectionRefusedError")] * 30)
    for hour in range(0, 5 * 24 + 1, 6):
        sent(engine, small, away, later=timedelta(hours=hour))
        assert not mails(engine)[0].failed_at

    sent(engine, small, away, later=KEEP_TRYING + timedelta(hours=6))
    assert mails(engine)[0].failed_at


@pytest.mark.usefixtures("filed")
def test_keys_are_read_anew_each_round(engine, small):
    office = PostOffice()
    rings = iter([Keyring([]), Keyring([DESK_KEY])])
    worker = worker_of(engine, Keyring([]), office, small)
    settings = replace(worker.settings, keyring=lambda: next(rings))
    worker = replace(worker, settings=settings)

    assert work(worker, now=lambda: NOW) == 0
    assert work(worker, now=lambda: NOW + timedelta(days=1)) == 1


@pytest.mark.usefixtures("filed")
def test_without_the_key_a_mail_waits(engine, small):
    assert sent(engine, small, PostOffice(), ring=Keyring([])) == 0

    [mail] = mails(engine)
    assert mail.next_try_at
    assert not mail.failed_at


@pytest.mark.usefixtures("filed")
def test_a_mail_that_cannot_be_written_does_not_stop_the_others(engine, small, caplog):
    caplog.set_level("INFO", logger="seloste")
    [mail] = mails(engine)
    earlier = NOW - timedelta(days=1)
    address = seal(EMAIL.encode(), key=DESK_KEY.public, place=mail_address("b"))
    changes = {"id": "b", "message_id": "b", "address": address, "facts": {}}
    broken = replace(mail, **changes, next_try_at=earlier)
    with writing(engine) as connection:
        outbox.put(connection, broken)

    assert sent(engine, small, PostOffice()) == 1

    told = [(each.message, each.fields["kind"]) for each in caplog.records]
    assert told == [("mail-broken", "KeyError"), ("mail-sent", "received")]


@pytest.mark.usefixtures("filed")
def test_while_the_notice_cannot_be_read_no_mail_is_tried(engine, small):
    def sender():
        raise ContentError([])

    worker = replace(worker_of(engine, RING, PostOffice(), small), sender=sender)
    with pytest.raises(ContentError):
        work(worker, now=lambda: NOW)

    assert mails(engine)[0].tries == 0


@pytest.mark.parametrize("error", [ContentError([]), StoreError("OperationalError")])
def test_the_loop_goes_on_when_what_was_away_is_back(monkeypatch, error):
    stop, tries = Event(), []

    def once(_worker, **_now):
        tries.append(1)
        if len(tries) == 1:
            raise error
        stop.set()

    monkeypatch.setattr("request_app.commands.work.work_once", once)
    loop(None, stop, seconds=0)

    assert len(tries) == 2


@pytest.mark.usefixtures("filed")
def test_a_mail_is_one_whole_message(engine, small):
    office = PostOffice()
    sent(engine, small, office)

    raw = office.taken[0][0].as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    assert read.get_all("To") == [EMAIL]
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Content-Language"] == "fi"
    assert "Bcc" not in read
