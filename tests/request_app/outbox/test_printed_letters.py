"""What mails and letters say: what happens next, and whom to ask."""

from datetime import date

import pytest

from request_app.outbox import printed_letters
from request_app.outbox.mails import MailSender
from request_app.outbox.printed_letters import PostalAddressee
from request_app.outbox.worker import work
from request_app.sealing import Keyring
from request_app.store.database import writing
from request_app.store.values import Right
from tests.support.filed_requests import DESK_KEY, EMAIL, NOW, file
from tests.support.post_office import FROM, PostOffice, worker_of

AT_ONCE = (
    "Suoramarkkinoinnin kiellon ja suostumuksen peruuttamisen toteutamme viivytyksettä."
)
CONTACTS = (
    "- Sähköpostilla: tietosuoja@soutuseura.example",
    "- Puhelimitse: Aino Airola, 09 123 456",
    "- Kirjeitse: Aino Airola, Esimerkkilän soutuseura ry, Laiturikatu 1, 00000 Esimerkkilä",
)


@pytest.fixture
def filed(sqlite_engine):
    with writing(sqlite_engine) as connection:
        return file(connection)


@pytest.fixture
def sender(small):
    return MailSender(content=small, address=FROM, form_url="/request/")


@pytest.fixture
def mail(filed, sqlite_engine, small):
    """The acknowledgement of a request."""
    office = PostOffice()
    work(worker_of(sqlite_engine, Keyring([DESK_KEY]), office, small), now=lambda: NOW)
    assert filed.reference in office.taken[0][0]["Subject"]
    return office.taken[0][0].get_content()


@pytest.fixture
def letter(filed, sender):
    """The letter of receipt, by what was asked."""

    def written(*rights, language="fi"):
        return printed_letters.received(
            filed,
            rights,
            PostalAddressee("Testi Testinen", "Testikatu 1\n00000 Testilä", language),
            sender=sender,
            working_eves=frozenset(),
            written_on=date(2026, 11, 23),
        )

    return written


@pytest.mark.parametrize("line", [*CONTACTS, "Mitä seuraavaksi tapahtuu"])
def test_mail_and_letter_name_the_contact_and_what_comes_next(mail, letter, line):
    assert line in mail
    assert line in letter(Right.ACCESS, Right.MARKETING)


def test_marketing_is_spoken_of_only_where_it_was_asked_and_in_no_mail(mail, letter):
    assert AT_ONCE in letter(Right.ACCESS, Right.MARKETING)
    assert AT_ONCE not in letter(Right.ACCESS)
    assert AT_ONCE not in mail


def test_a_mail_tells_nothing_of_who_asked_what(mail):
    for told in (EMAIL, "Testi Testinen", "Poistakaa tietoni.", "customers"):
        assert told not in mail


def test_a_letter_is_in_the_language_of_the_person(letter):
    text = letter(Right.ACCESS, language="en")

    assert "What happens next" in text
    assert "Laiturikatu 1, 00000 Esimerkkilä" in text


def test_a_letter_begins_with_sender_day_and_address(letter):
    assert letter(Right.ACCESS).splitlines()[:6] == [
        "Esimerkkilän soutuseura ry",
        "Laiturikatu 1, 00000 Esimerkkilä",
        "maanantai 23.11.2026",
        "",
        "Testi Testinen",
        "Testikatu 1",
    ]


def test_names_stand_in_plain_text_as_they_are(letter):
    assert "&" not in letter(Right.ACCESS, language="en")
