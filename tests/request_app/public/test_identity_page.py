"""The link in a mail that asks who it was: a look does nothing, a button does."""

import pytest

from request_app.cases.identity.email_confirmation import ask_by_mail, confirmations_of
from request_app.public.services import NAME
from request_app.store import outbox
from request_app.store.database import reading
from tests.support.delivered_answers import ON_FILE
from tests.support.filed_requests import EMAIL
from tests.support.form_app import client_of
from tests.support.stored_cases import only_case
from tests.support.visitor import sent


@pytest.fixture
def app(start, engine):
    return start(engine)


@pytest.fixture
def client(app):
    made = client_of(app)
    sent(made)
    return made


@pytest.fixture
def address(app, client, engine):
    assert client  # who has sent a request
    with app.extensions[NAME].writing("test") as action:
        mail = ask_by_mail(action, only_case(engine), ON_FILE)
    return f"/request/identity/{mail.id}/"


def said(engine):
    with reading(engine) as connection:
        [confirmation] = confirmations_of(connection, only_case(engine))
        return confirmation


def test_a_look_does_nothing_and_tells_nothing(client, engine, address):
    page = client.get(address)

    assert page.status_code == 200
    assert client.head(address).status_code == client.post(address).status_code == 200
    assert (said(engine).confirmed_at, said(engine).denied_at) == (None, None)
    for told in ("Testi Testinen", EMAIL, only_case(engine).reference):
        assert told not in page.text


def test_a_yes_is_noted_and_a_second_one_says_so(client, engine, address):
    assert "Nyt tiedämme" in client.post(address, data={"go": "yes"}).text
    assert said(engine).confirmed_at

    assert "Olet jo vahvistanut" in client.post(address, data={"go": "yes"}).text


def test_a_no_is_noted_and_a_yes_after_it_settles_nothing(client, engine, address):
    assert "Selvitämme, kuka" in client.post(address, data={"go": "no"}).text
    assert said(engine).denied_at

    page = client.post(address, data={"go": "yes"})
    assert "Olet jo kertonut" in page.text
    assert said(engine).confirmed_at is None


@pytest.mark.parametrize("data", [{}, {"go": "yes"}, {"go": "no"}])
def test_an_unknown_link_leads_nowhere(client, data):
    address = f"/request/identity/{'0' * 32}/"

    assert client.get(address).status_code == 404
    assert client.post(address, data=data).status_code == 404


def test_the_link_of_the_acknowledgement_proves_nothing(client, engine):
    with reading(engine) as connection:
        mails = outbox.of_case(connection, only_case(engine).id)
    for mail in mails:
        address = f"/request/identity/{mail.id}/"
        assert client.post(address, data={"go": "yes"}).status_code == 404


def test_without_a_key_the_page_waits(client, engine, keys, address):
    key = keys / "form" / "form.pub"
    key.rename(key.with_suffix(".aside"))

    page = client.post(address, data={"go": "no"})

    assert page.status_code == 503
    assert "Vastauksesi ei ole vielä tallessa." in page.text
    assert said(engine).denied_at is None
