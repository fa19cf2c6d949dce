"""Requests of one person find each other, by hashes that only the desk can make."""

import hmac
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import delete, select

from request_app.cases.intake import related_requests
from request_app.cases.intake.related_requests import (
    email,
    note,
    note_missing,
    phone,
    similar,
    words,
)
from request_app.sealing import Keyring
from request_app.store import cases, links, tables
from request_app.store.database import reading, writing
from request_app.store.values import State
from tests.support.actions import acting
from tests.support.delivered_answers import filed
from tests.support.filed_requests import EMAIL, NOW, SETTINGS, SUBMISSION

SECRET = b"\x07" * 32


def asked(engine, number, **person):
    parts = {"person": person, "request": {"text": "x"}}
    submission = replace(SUBMISSION, parts=parts)
    return filed(engine, submission=submission, nonce=f"{number:016}".encode())[0]


def noted(engine):
    return note_missing(engine, SETTINGS, SECRET, now=NOW)


def alike(engine, case):
    with reading(engine) as connection:
        return [other.id for other in similar(connection, case)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "Testi@Example.com"}, {"email": " testi@example.COM"}),
        ({"phone": "040 123 4567"}, {"phone": "+358 (0)40-1234567"}),
        ({"phone": "0401234567"}, {"phone": "00358401234567"}),
        ({"phone": "+46 70 123 45 67"}, {"phone": "0046701234567"}),
        (
            {"name": "Testi Testinen", "post": "Esimerkkikatu 1\n00100 Helsinki"},
            {"name": "TESTI  TESTINEN", "post": "Esimerkkikatu 1, 00100 Helsinki"},
        ),
    ],
)
def test_the_same_contact_written_otherwise_is_found(engine, one, other):
    first, second = asked(engine, 1, **one), asked(engine, 2, **other)

    assert noted(engine) == 2
    assert alike(engine, second) == [first.id]
    for here, there in ((first, second), (second, first)):
        with reading(engine) as connection:
            assert [each.id for each in links.of_case(connection, here.id)] == [
                there.id
            ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Testi Testinen"}, {"name": "Testi Testinen"}),
        ({"email": "a@example.com"}, {"email": "b@example.com"}),
        ({"name": "A", "post": "Katu 1"}, {"name": "B", "post": "Katu 1"}),
        ({"email": "0401234567"}, {"phone": "0401234567"}),
        ({}, {}),
    ],
)
def test_others_are_left_alone(engine, one, other):
    asked(engine, 1, **one)
    second = asked(engine, 2, **other)
    noted(engine)

    assert alike(engine, second) == []


def test_each_case_is_looked_at_once_even_without_a_contact(engine):
    asked(engine, 1)

    assert noted(engine) == 1
    assert noted(engine) == 0


def test_one_that_was_closed_before_is_left_alone(engine):
    case = asked(engine, 1, email=EMAIL)
    with writing(engine) as connection:
        cases.save(connection, replace(case, state=State.CLOSED, closed_at=NOW))

    assert noted(engine) == 0


def test_one_that_cannot_be_opened_does_not_stop_the_others(engine, caplog):
    asked(engine, 1, email=EMAIL)

    without = replace(SETTINGS, keyring=lambda: Keyring([]))
    assert note_missing(engine, without, SECRET, now=NOW) == 0
    assert EMAIL not in caplog.text
    assert noted(engine) == 1


def test_the_hashes_do_not_tell_without_the_secret(engine):
    case = asked(engine, 1, email=EMAIL)
    noted(engine)

    with reading(engine) as connection:
        kept = set(connection.scalars(select(tables.contact_hashes.c.hash)))
    assert sha256(EMAIL.encode()).hexdigest() not in kept
    wanted = hmac.digest(
        SECRET, f"seloste contact\0email\0{EMAIL}".encode(), "sha256"
    ).hex()
    assert wanted in kept
    assert alike(engine, case) == []


def test_suspects_are_shown_and_not_linked(engine):
    first = asked(engine, 1, email=EMAIL)
    noted(engine)
    suspect = replace(first, suspicion="fast")
    second = asked(engine, 2, email=EMAIL)
    with acting(engine) as action:
        second = replace(second, suspicion=suspect.suspicion)
        note(action, second, {"email": EMAIL}, secret=SECRET)
        assert links.of_case(action.connection, second.id) == []
    assert alike(engine, second) == [first.id]


def test_a_flood_is_not_linked_all_to_all(engine, monkeypatch):
    monkeypatch.setattr(related_requests, "MOST_LINKED", 2)
    for number in range(5):
        asked(engine, number, email=EMAIL)
    noted(engine)

    with reading(engine) as connection:
        rows = connection.execute(select(tables.case_links)).all()
    assert len(rows) < 5 * 4


def test_hashes_and_links_go_with_the_case(engine):
    first = asked(engine, 1, email=EMAIL)
    asked(engine, 2, email=EMAIL)
    noted(engine)
    with writing(engine) as connection:
        connection.execute(delete(tables.cases).where(tables.cases.c.id == first.id))

        assert not connection.execute(select(tables.case_links)).all()
        hashes = tables.contact_hashes
        gone = hashes.c.case_id == first.id
        assert not connection.execute(select(hashes).where(gone)).all()


@given(st.text(max_size=50))
def test_what_compares_compares_the_same_again(given):
    for compared in (email, phone, words):
        assert compared(compared(given)) == compared(given)


@given(st.from_regex(r"40[0-9]{5,9}", fullmatch=True))
def test_a_number_is_one_number_however_it_begins(rest):
    numbers = {phone(start + rest) for start in ("0", "+358", "00358", "+358 (0)")}

    assert numbers == {f"+358{rest}"}
