"""Whole requests in real browsers: from the form, or a letter, to the fetched answer.

The days are worked out by hand beside each story, from GDPR Art. 12(3) and the calendar
of Finland, never by the program. In 2027 Good Friday is 26.3. and Easter Monday 29.3.
"""

import re

import pytest
import time_machine

from request_app import migrations
from request_app.desk.app import make_desk
from request_app.sealing import keyfiles
from request_app.settings import read
from request_app.store.database import open_database
from tests.support.browser_walk import served
from tests.support.form_app import close, running, settings
from tests.support.story_actors import PROMPT, Club, Desk, Person

EMAIL = "testi.testinen@example.com"
ON_FILE = "testi@tyopaikka.example"
IMPOSTOR = "testi.testinen@muualla.example"
BY_POST = {"name": "Testi Testinen", "post": "Testikatu 1\n00000 Testilä"}
REGISTERS = ("members", "newsletter-and-events")
SHEET = "päivä;vene\r\n2026-06-01;Kaisla\r\n".encode()
REMEDY_FI = ("Tietosuojavaltuutetun toimisto", "Voit myös viedä asian tuomioistuimeen.")
REMEDY_EN = (
    "Office of the Data Protection Ombudsman",
    "You can also take the matter to court.",
)
TUE_20_4 = ("tiistai 20.4.2027", "Tuesday 20 April 2027")


@pytest.fixture(params=["fi", "en"])
def club(request, chromium, small, tmp_path):
    """The club, with a form and a desk on one database, at a time that can be set."""
    url = f"sqlite:///{tmp_path}/seloste.sqlite3"
    engine = open_database(url)
    migrations.upgrade(engine)
    form = running(engine, tmp_path)
    keyfiles.make_desk_secret(tmp_path / "desk")
    desk = make_desk(read(settings(url, tmp_path)), trial=True)
    contexts = set(chromium.contexts)
    with (
        time_machine.travel("2026-11-23T08:00:00Z", tick=True) as clock,
        served(form) as form_address,
        served(desk) as desk_address,
    ):
        yield Club(
            content=small,
            language=request.param,
            form=(form, form_address),
            desk=(desk, f"{desk_address}desk/"),
            keys=tmp_path / "desk",
            clock=clock,
            browser=chromium,
        )
        for each in set(chromium.contexts) - contexts:
            each.close()
    close(form)
    close(desk)


def test_access_over_two_registers(club):
    # Tuesday 24.11. and a month: Thursday 24.12., Christmas Eve. 25. and 26.12. are
    # holidays, 27.12. is a Sunday: Monday 28.12.  The aim, 14 days on: Tuesday 8.12.
    due = ("maanantai 28.12.2026", "Monday 28 December 2026")
    aim = ("tiistai 8.12.2026", "Tuesday 8 December 2026")
    club.on("2026-11-24")
    person = Person(club)
    person.asks("access", registers=REGISTERS, name="Testi Testinen", email=EMAIL)
    assert person.told("Last day to answer") == club.either(*due)
    club.brings(EMAIL)

    club.on("2026-11-30")
    desk = takes_up(person, aim, due)
    desk.says_no_doubt()
    desk.searches(*REGISTERS)
    desk.decides_all("access", "granted", *REGISTERS)
    desk.tailors("Kesäregatta ry")
    desk.attaches("soudut.csv", SHEET)
    desk.sends("email")

    letter = fetches(person, EMAIL)
    assert club.either("Kesäregatta ry (soutu", "Kesäregatta ry (org") in letter
    assert not PROMPT.search(letter)
    assert person.saves("soudut.csv") == SHEET
    assert club.say("Fetched by the person") in desk.looks("delivery")
    ends(desk, person)


def test_rectification_of_two_items(club):
    # Friday 26.2. and a month: 26.3., Good Friday; then Saturday, Easter Sunday and
    # Easter Monday: Tuesday 30.3.  The aim, 14 days on: Friday 12.3.
    due = ("tiistai 30.3.2027", "Tuesday 30 March 2027")
    aim = ("perjantai 12.3.2027", "Friday 12 March 2027")
    club.on("2027-02-26", hour=23)
    person = Person(club)
    items = [("Airila", "Airola"), ("2019", "2018")]
    person.asks("rectification", registers=["members"], items=items, **BY_POST)
    assert person.told("Last day to answer") == club.either(*due)

    club.on("2027-03-05")
    desk = takes_up(person, aim, due)
    desk.says_no_doubt()
    desk.searches("members")
    facts = club.either("Lomakkeessasi on 3.5.2019.", "Your form is of 3 May 2019.")
    desk.decides("rectification", "item-1", "granted", save=False)
    refusal = {"ground": "data_correct", "facts": facts}
    desk.decides("rectification", "item-2", "refused", **refusal)
    desk.settles_recipients("rowing-federation", without=["accounting"])
    desk.writes_to("rowing-federation", club.either("sukunimi", "surname"))
    code = desk.sends("letter", to="Testi Testinen\nTestikatu 1\n00000 Testilä")

    letter = person.fetches(code)
    holds(
        letter,
        *club.either(
            ["Aiemmin: ”Airila”. Nyt: ”Airola”."],
            ["Before: “Airila”. Now: “Airola”."],
        ),
        facts,
        club.either("Tietosuoja-asetuksen 16 artikla", "GDPR, Article 16"),
        club.either(
            "Kerroimme oikaisusta: Esimerkkisoutuliitto ry (5.3.2027)",
            "We told of the correction: Esimerkkisoutuliitto ry (5 March",
        ),
        *club.either(REMEDY_FI, REMEDY_EN),
    )
    assert club.say("Fetched by the person") in desk.looks("delivery")
    ends(desk, person)


def test_erasure_but_for_the_books(club):
    # Sunday 6.12. and a month: Wednesday 6.1., Epiphany: Thursday 7.1.  14 days on is
    # a Sunday, 20.12.: Monday 21.12.  Invoices of 2026: six years from its end.
    due = ("torstai 7.1.2027", "Thursday 7 January 2027")
    aim = ("maanantai 21.12.2026", "Monday 21 December 2026")
    club.on("2026-12-06")
    person = Person(club)
    person.asks("erasure", registers=REGISTERS, name="Testi Testinen", email=EMAIL)
    club.sends_its_mail()

    club.on("2026-12-17")
    desk = takes_up(person, aim, due)
    desk.says_no_doubt()
    desk.searches(*REGISTERS)
    books = {
        "data": club.either("laskut 2026", "invoices of 2026"),
        "facts": club.either("Maksoit jäsenmaksun.", "You paid the fee."),
        "provision": club.either("kirjanpitolaki 2:10", "Accounting Act 2:10"),
        "kept_until": "31.12.2032",
    }
    desk.parts("erasure", "members.2")
    desk.decides(
        "erasure",
        "members.2",
        "refused",
        ground="exception_17_3_b",
        save=False,
        **books,
    )
    desk.decides_all("erasure", "granted", *REGISTERS)
    told = ("rowing-federation", "accounting", "newsletter-service")
    desk.settles_recipients(*told, without=["regatta-organisers"], on="17.12.2026")
    desk.sends("email")

    letter = fetches(person, EMAIL)
    named = ("Esimerkkisoutuliitto ry", "Tilitoimisto Taselaskelma Oy", "Example Mail")
    article = club.either("17 artiklan 3 kohdan b alakohta", "Article 17(3)(b)")
    kept_until = club.either(
        "Säilytämme ne 31.12.2032 asti.", "until 31 December 2032."
    )
    told_of = [books[each] for each in ("data", "facts", "provision")]
    holds(letter, article, *told_of, kept_until, *named)
    holds(letter, *club.either(REMEDY_FI, REMEDY_EN))
    assert letter.count(club.either("(17.12.2026)", "(17 December 2026)")) == len(told)
    ends(desk, person)


def test_marketing_is_stopped_at_once(club):
    # Maundy Thursday 25.3.; the next working day is after Easter: Tuesday 30.3.  A
    # month: Sunday 25.4., so Monday 26.4.
    aim = ("tiistai 30.3.2027", "Tuesday 30 March 2027")
    due = ("maanantai 26.4.2027", "Monday 26 April 2027")
    club.on("2027-03-25", hour=20)
    person = Person(club)
    person.asks("marketing-objection", email=EMAIL, marketing_where=EMAIL)
    assert person.told("Last day to answer") == club.either(*due)
    club.sends_its_mail()

    club.on("2027-03-30")
    desk = takes_up(person, aim, due)
    desk.looks("decide/marketing-objection")
    offered = desk.page.locator("[name=all-outcome]").evaluate_all(
        "all => all.map(each => each.value)"
    )
    assert offered == ["granted", "no-data"]
    desk.decides("marketing-objection", "all", "granted")
    desk.sends("email")

    letter = fetches(person, EMAIL)
    assert club.either("30.3.2027", "30 March 2027") in letter
    ends(desk, person)


def test_a_letter_that_asks_four_things(club):
    # Saturday 20.3. counts, though it was read on Monday 22.3.; a month: Tuesday 20.4.
    # Asked on 22.3., the first working day; answered on 2.4.: 11 days. 1.5. is May Day
    # and a Saturday, so Monday 3.5.  The aim: 14 and 11 days, Wednesday 14.4.
    # Three months and 11 days: Thursday 1.7.; the working day before: Wednesday 30.6.
    club.on("2027-03-22")
    desk = Desk(club)
    desk.comes()
    desk.enters(
        *("access", "rectification", "erasure", "marketing-objection"),
        items=[("Airila", "Airola")],
        received="20.3.2027",
        name="Testi Testinen",
        post="Testikatu 1\n00000 Testilä",
    )
    shows(desk, ("maanantai 22.3.2027", "Monday 22 March 2027"), TUE_20_4)
    desk.looks()
    desk.takes()
    desk.decides("marketing-objection", "all", "granted")
    monday = ("maanantai 5.4.2027", "Monday 5 April 2027")  # 3.4. is a Saturday
    shows(desk, monday, TUE_20_4)
    desk.asks_by_letter_who_it_is(
        club.either("Nimiä on kaksi.", "There are two of that name."),
        club.either("liittymisvuosi", "the year of joining"),
    )

    club.on("2027-04-02")
    desk.comes()
    desk.knows_by("known-facts", "2019")
    wednesday = ("keskiviikko 14.4.2027", "Wednesday 14 April 2027")
    shows(desk, wednesday, ("maanantai 3.5.2027", "Monday 3 May 2027"))

    club.on("2027-04-12")
    desk.comes()
    facts = club.either("Kuvia on 900.", "There are 900 pictures.")
    desk.extends("complex_volume", facts)
    wednesday = ("keskiviikko 30.6.2027", "Wednesday 30 June 2027")
    shows(desk, wednesday, ("torstai 1.7.2027", "Thursday 1 July 2027"))

    club.on("2027-04-29")
    desk.comes()
    answers_the_four(club, desk)
    desk.closes()
    assert club.say("This case is closed") in desk.looks()


def answers_the_four(club, desk):
    desk.searches(*REGISTERS)
    desk.decides_all("access", "granted", *REGISTERS)
    desk.decides("rectification", "item-1", "granted")
    facts = club.either("Olet yhä jäsen.", "You are still a member.")
    kept_until = club.either("jäsenyyden loppuun", "the end of membership")
    desk.decides(
        "erasure",
        "members",
        "refused",
        ground="still_needed_17_1",
        save=False,
        facts=facts,
        kept_until=kept_until,
    )
    desk.decides("erasure", "newsletter-and-events", "granted")
    desk.settles_recipients(
        *("rowing-federation", "accounting", "newsletter-service"),
        without=["regatta-organisers"],
        on="29.4.2027",
    )
    desk.tailors()
    code = desk.sends("letter")

    letter = Person(club).fetches(code)
    holds(letter, facts, kept_until, *club.either(REMEDY_FI, REMEDY_EN))
    assert club.either("Emme poistaneet kaikkea.", "We did not erase everyth") in letter
    assert club.either("Pyysit 20.3.2027", "On 20 March 2027 you asked") in letter


def test_an_impostor_is_found_out(club):
    # Asked on Wednesday 24.3., denied on Wednesday 31.3.: 7 days. Tuesday 23.3. and a
    # month is Friday 23.4.; with the days, Friday 30.4., a working day.
    club.on("2027-03-23")
    impostor = Person(club)
    impostor.asks("access", name="Testi Testinen", email=IMPOSTOR)
    club.sends_its_mail()
    club.on("2027-03-24")
    desk = takes_up(impostor)
    doubt = club.either("Osoite on meille uusi.", "The address is new to us.")
    desk.asks_at(ON_FILE, doubt)
    mail = club.brings(ON_FILE)

    club.on("2027-03-31")
    Person(club).replies_by(mail, "no")
    assert ON_FILE not in impostor.looks()
    impostor.fetches(impostor.code, impostor.code, status=422)
    desk.comes()
    denied = club.say("Somebody says the request is not theirs")
    assert denied in desk.looks()
    desk.looks("identity")
    desk.checks("method", "no-doubt")
    desk.press(".button[value=save]", status=409)  # not without saying why
    shows(desk, None, ("perjantai 30.4.2027", "Friday 30 April 2027"))
    desk.searches(*REGISTERS)
    desk.decides_all("access", "not-identified", *REGISTERS, facts=doubt)
    desk.sends("email")

    letter = fetches(impostor, IMPOSTOR)
    assert club.say("Whose request it is") in letter
    assert club.content.register("members").name[club.language] not in letter
    ends(desk, impostor)


def test_an_impostor_opens_nothing_with_the_access_code(club):
    club.on("2027-03-23")
    impostor = Person(club)
    impostor.asks("access", registers=["members"], name="Testi", email=IMPOSTOR)
    club.sends_its_mail()
    desk = takes_up(impostor)
    desk.says_no_doubt()
    desk.searches("members")
    desk.decides("access", "members", "granted")
    desk.attaches("soudut.csv", SHEET)
    desk.sends("email", address=ON_FILE)
    mail = club.brings(ON_FILE)

    assert "soudut.csv" not in impostor.looks()
    for guess in ("", impostor.code):
        assert "soudut.csv" not in impostor.fetches(guess, impostor.code, status=422)
    person, code = Person(club), delivery_code(club, mail)
    assert "soudut.csv" not in person.fetches(code, status=422)  # nor the mail alone
    assert club.say("Sent, not fetched yet") in desk.looks("delivery")


def takes_up(person, *days):
    """A member of staff opens the request, sees its aim and last day, and takes it."""
    desk = Desk(person.club)
    desk.comes()
    desk.opens(person.reference)
    if days:
        shows(desk, *days)
    desk.takes()
    return desk


def fetches(person, address):
    """The answer, with the code that is mailed to this address and the access code."""
    code = delivery_code(person.club, person.club.brings(address))
    return person.fetches(code, person.code)


def delivery_code(club, mail):
    return re.search(f"{club.say('Delivery code')}: (.+)", mail.text)[1].strip()


def ends(desk, person):
    """The answer has arrived: the case is closed, and the person sees it."""
    desk.closes()
    assert desk.club.say("This case is closed") in desk.looks()
    assert person.club.say("Closed") in person.looks()


def holds(letter, *texts):
    assert [each for each in texts if each not in letter] == [], letter


def shows(desk, aim, last_day):
    """The page of the case tells these days, in the language of the desk."""
    desk.looks()
    if aim:
        assert desk.told("Our aim") == desk.club.either(*aim)
    assert desk.told("Last day to answer") == desk.club.either(*last_day)
