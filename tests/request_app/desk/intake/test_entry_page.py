"""Entering what came by letter, phone, e-mail or visit: once, with the right dates."""

from datetime import UTC, date, datetime

import pytest

from request_app.cases.lifecycle.opened_case import open_case
from request_app.store import accounts, readers, tables
from request_app.store.database import reading
from request_app.store.values import Channel, Right
from request_app.web.services import NAME
from tests.support import stored_cases
from tests.support.desk_browser import Browser
from tests.support.staff_accounts import hire, sign_in_quickly

ENTER = "/desk/enter"
MONDAY = datetime(2026, 3, 9, 7, tzinfo=UTC)
LETTER = {
    "received": "6.3.2026",
    "channel": "letter",
    "rights": ["access", "rectification", "marketing-objection", "consent-withdrawal"],
    "scope": "all",
    "items-0-now": "Airila",
    "items-0-right": "Airola",
    "marketing_where": "testi@example.com",
    "consent_what": "Uutiskirje",
    "text": "Lähettäkää tietoni.",
    "name": "Testi Testinen",
    "post": "Testikatu 1\n00000 Testilä",
    "whose": "own",
    "access_form": "paper",
    "reply_language": "fi",
}


@pytest.fixture
def handler(staff_client):
    return staff_client("handler", "fi", name="aino")


def send(browser, **changes):
    """Fill in the form as it is shown, and press the button."""
    page = browser.open(ENTER)
    stamp = page.soup.find("input", {"name": "stamp"})["value"]
    return browser.send(ENTER, **{"stamp": stamp} | LETTER | changes)


def only_case(app):
    return stored_cases.only_case(app.extensions[NAME].engine)


def every_case(app):
    return stored_cases.every_case(app.extensions[NAME].engine)


def opened(app, case):
    with app.extensions[NAME].writing("test") as action:
        return open_case(action, case)


def told(page):
    return {
        dt.get_text(): dt.find_next("dd").get_text() for dt in page.soup.find_all("dt")
    }


def letter(page):
    return page.soup.select_one(".paper").get_text()


@pytest.mark.parametrize(
    ("now", "received", "due", "shown"),
    [
        # a Friday; 6 April 2026 is Easter Monday
        (MONDAY, "6.3.2026", date(2026, 4, 7), "tiistai 7.4.2026"),
        # 3 April is Good Friday, then a Saturday, Easter and Easter Monday
        (MONDAY, "3.3.2026", date(2026, 4, 7), "tiistai 7.4.2026"),
        # a Sunday: it counts as the day of receipt all the same
        (MONDAY, "8.3.2026", date(2026, 4, 8), "keskiviikko 8.4.2026"),
        # 24 December is Christmas Eve, a Thursday; 27 December is a Sunday
        (datetime(2026, 11, 30, 7, tzinfo=UTC), "24.11.2026", date(2026, 12, 28), "maanantai 28.12.2026"),
        # a Friday; 27 December is a Sunday
        (datetime(2026, 11, 30, 7, tzinfo=UTC), "27.11.2026", date(2026, 12, 28), "maanantai 28.12.2026"),
    ],
)  # fmt: skip
def test_four_rights_of_a_letter_have_the_right_dates(
    desk, handler, clock, now, received, due, shown
):
    clock.move_to(now)
    page = send(browser_again(desk, handler), received=received)
    case = only_case(desk)

    assert page.status == 200
    assert told(page)["Viimeinen vastauspäivä"] == shown
    assert case.due == due
    assert case.received_on == date(*map(int, reversed(received.split("."))))
    assert (case.channel, case.entered_at) == (Channel.LETTER, now)
    assert opened(desk, case).rights == {
        Right.ACCESS,
        Right.RECTIFICATION,
        Right.MARKETING,
        Right.WITHDRAWAL,
    }


def test_what_was_entered_looks_like_what_the_form_takes(desk, handler):
    send(handler, whose="child", whose_name="Tyttö Testinen", phone="050 1234567")
    held = opened(desk, only_case(desk)).parts

    assert held["person"] == {
        "whose": "child",
        "whose_name": "Tyttö Testinen",
        "name": "Testi Testinen",
        "post": "Testikatu 1\n00000 Testilä",
        "phone": "050 1234567",
        "reach": "letter",
    }
    assert held["request"] == {
        "access_form": "paper",
        "items": [{"now": "Airila", "right": "Airola", "why": ""}],
        "marketing_where": "testi@example.com",
        "consent_what": "Uutiskirje",
        "text": "Lähettäkää tietoni.",
    }


def test_details_of_what_was_not_chosen_are_left_behind(desk, handler):
    send(handler, rights=["access"], object_why="Ei tähän.")

    assert opened(desk, only_case(desk)).parts["request"] == {
        "access_form": "paper",
        "text": "Lähettäkää tietoni.",
    }


def test_sending_twice_gives_one_case_and_the_same_code(desk, handler):
    stamp = handler.open(ENTER).soup.find("input", {"name": "stamp"})["value"]
    first, second = (handler.send(ENTER, stamp=stamp, **LETTER) for _ in range(2))

    only_case(desk)
    assert letter(first) == letter(second)


def test_what_was_settled_since_stays_when_it_is_sent_again(desk, handler):
    stamp = handler.open(ENTER).soup.find("input", {"name": "stamp"})["value"]
    handler.send(ENTER, stamp=stamp, minor="y", **LETTER)
    case = only_case(desk)
    handler.send(f"/desk/cases/{case.reference}/flags", version=case.version)
    handler.send(ENTER, stamp=stamp, minor="y", **LETTER)

    assert not opened(desk, only_case(desk)).flags.minor


def test_another_day_is_another_case_that_names_the_former_one(desk, handler, clock):
    clock.move_to(MONDAY)
    handler = browser_again(desk, handler)
    stamp = handler.open(ENTER).soup.find("input", {"name": "stamp"})["value"]
    handler.send(ENTER, stamp=stamp, **LETTER)
    former = only_case(desk)
    page = handler.send(ENTER, stamp=stamp, **LETTER | {"received": "5.3.2026"})

    assert f"Sen viite: {former.reference}" in page.words
    assert {each.received_on.day for each in every_case(desk)} == {5, 6}


def test_other_requests_of_the_person_are_shown(desk, handler):
    send(handler, email="testi.testinen@example.com")
    first = only_case(desk)
    page = send(handler, email="Testi.Testinen@example.com", text="Uudestaan.")

    assert f"/desk/cases/{first.reference}/" in {
        link["href"] for link in page.soup.select("#others ~ ul a")
    }


def test_the_letter_has_name_address_and_code(handler):
    page = send(handler)

    assert "Testi Testinen\nTestikatu 1\n00000 Testilä\n" in letter(page)
    assert "Avauskoodi: " in letter(page)
    assert page.soup.select_one(".paper")["lang"] == "fi"
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_hidden_address_is_on_no_page_and_no_letter(desk, handler):
    page = send(handler, hidden_address="y")

    assert "Testikatu" not in page.response.text
    assert "Testi Testinen" in letter(page)
    assert opened(desk, only_case(desk)).flags.hidden_address


def test_the_letter_is_in_the_language_of_the_answer(handler):
    page = send(handler, reply_language="en")

    assert "We have received your request" in letter(page)
    assert page.soup.select_one(".paper")["lang"] == "en"


@pytest.mark.parametrize(("email", "count"), [("testi@example.com", 1), ("", 0)])
def test_who_has_an_address_gets_the_acknowledgement(desk, handler, email, count):
    send(handler, email=email)

    with reading(desk.extensions[NAME].engine) as connection:
        assert len(connection.execute(tables.outbox.select()).all()) == count


def test_who_only_forbids_marketing_need_not_say_who_they_are(desk, handler):
    page = send(
        handler, rights=["marketing-objection"], name="", post="", channel="phone"
    )

    assert page.status == 200
    assert only_case(desk).channel is Channel.PHONE


def test_a_colleagues_request_opens_for_whom_is_named(desk, handler, staff_client):
    other = staff_client("handler", "fi", name="eino")
    with reading(desk.extensions[NAME].engine) as connection:
        eino = accounts.by_name(connection, "eino").id
    page = send(handler, readers=[eino])
    case = only_case(desk)

    assert "Et ole itse heidän joukossaan." in page.words
    assert page.soup.find("a", string="Avaa pyyntö") is None
    assert handler.open(f"/desk/cases/{case.reference}/people").status == 404
    assert other.open(f"/desk/cases/{case.reference}/people").status == 200
    with reading(desk.extensions[NAME].engine) as connection:
        assert readers.of_case(connection, case.id) == {eino}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"received": ""}, "Kirjoita päivä muodossa 20.11.2026."),
        ({"received": "31.2.2026"}, "Kirjoita päivä muodossa 20.11.2026."),
        ({"received": "6.3.26"}, "Kirjoita päivä muodossa 20.11.2026."),
        ({"received": "10.3.2026"}, "Se päivä ei ole vielä tullut."),
        ({"received": "6.3.0026"}, "Tarkista vuosi: tietosuoja-asetusta on sovellettu 25.5.2018 alkaen."),
        ({"channel": "form"}, "Valitse, miten pyyntö tuli."),
        ({"rights": []}, "Valitse, mitä pyydetään."),
        ({"scope": "some"}, "Valitse rekisterit tai kaikki tiedot."),
        ({"name": ""}, "Kirjoita pyytäjän nimi."),
        ({"post": ""}, "Kirjoita ainakin yksi yhteystieto."),
        ({"phone": "ei ole"}, "Kirjoita puhelinnumero numeroin."),
        ({"email": "testi@"}, "Kirjoita sähköpostiosoite muodossa nimi@esimerkki.fi."),
        ({"whose": "child"}, "Kirjoita, kenen tiedoista on kyse, sen mukaan kuin se on kerrottu."),
        ({"items-0-now": "x" * 5001}, "Lyhennä tekstiä. Tilaa on 5 000 merkille."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_lost(
    desk, handler, clock, changes, fault
):
    clock.move_to(MONDAY)
    page = send(browser_again(desk, handler), **changes)

    assert page.status == 422
    assert page.faults == [fault]
    assert every_case(desk) == []
    if "text" not in changes:
        assert (
            page.soup.find("textarea", {"name": "text"}).get_text(strip=True)
            == LETTER["text"]
        )
    for link in page.soup.select(".faults a"):
        assert page.soup.find(id=link["href"][1:]), link


@pytest.mark.parametrize(
    "typed", ["6.3.2026", "06.03.2026", "6/3/2026", "2026-03-06", " 6.3.2026 "]
)
def test_a_day_is_read_as_people_write_it(desk, handler, clock, typed):
    clock.move_to(MONDAY)
    send(browser_again(desk, handler), received=typed)

    assert only_case(desk).received_on == date(2026, 3, 6)


def test_readers_alone_could_not_answer(desk, handler, staff_client):
    staff_client("viewer", "fi", name="eino")
    with reading(desk.extensions[NAME].engine) as connection:
        eino = accounts.by_name(connection, "eino").id

    assert send(handler, readers=[eino]).faults == [
        "Valitse vähintään yksi asianhoitaja: lukija ei voi vastata."
    ]


def test_another_correction_has_room_and_nothing_is_lost(handler):
    page = send(handler, go="add")

    assert page.status == 200
    assert page.soup.find("textarea", {"name": "items-1-now"})
    assert (
        page.soup.find("textarea", {"name": "items-0-now"}).get_text(strip=True)
        == "Airila"
    )


def test_a_stamp_of_another_secret_is_renewed_and_nothing_is_lost(desk, handler):
    page = send(handler, stamp="other")
    stamp = page.soup.find("input", {"name": "stamp"})["value"]

    assert page.status == 422
    assert "lähetä se vielä kerran" in page.words
    assert handler.send(ENTER, stamp=stamp, **LETTER).status == 200
    only_case(desk)


def test_a_viewer_enters_nothing(staff_client):
    viewer = staff_client("viewer", "fi")

    assert viewer.open(ENTER).status == 403
    assert viewer.send(ENTER, **LETTER).status == 403
    assert viewer.open("/desk/").soup.find("a", string="Kirjaa pyyntö") is None


def test_both_databases_take_it_once(start_desk, engine):
    desk = start_desk(engine)
    browser = Browser(desk, sign_in_quickly(desk, hire(desk)))
    stamp = browser.open(ENTER).soup.find("input", {"name": "stamp"})["value"]
    pages = [
        browser.send(ENTER, stamp=stamp, hidden_address="y", **LETTER) for _ in range(2)
    ]

    assert {page.status for page in pages} == {200}
    only_case(desk)


def browser_again(app, browser):
    """The same person after the clock was moved: a session of now."""
    with reading(app.extensions[NAME].engine) as connection:
        account = accounts.by_name(connection, "aino")
    browser.cookie = sign_in_quickly(app, account)
    return browser


@pytest.mark.parametrize("field", ["text", "items-0-now", "known"])
def test_an_identity_code_is_asked_about_and_stops_nothing(handler, desk, field):
    page = handler.open(ENTER)
    assert "Älä kirjoita henkilötunnusta" in page.words
    asked = send(handler, **{field: "Tunnus 131052-308T"})
    assert asked.status == 422
    assert "Tekstissä näyttää olevan henkilötunnus." in asked.words
    assert every_case(desk) == []
    entered = send(handler, go="as-it-is", **{field: "Tunnus 131052-308T"})

    assert entered.status == 200
    assert only_case(desk)
