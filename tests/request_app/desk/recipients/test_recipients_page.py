"""Whom a change concerns, when it changes once more: what was said does not outlive it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from request_app.cases.decision.recipients import NOBODY_ELSE
from request_app.cases.lifecycle.record import read_progress
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.steps.assignment import Taken
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import ProposedStep
from request_app.desk.recipients import recipients_page
from request_app.desk.shell.days import write_day
from request_app.store.values import Right
from request_app.web.services import NAME
from tests.support.answerable_cases import (
    RECIPIENTS,
    case_of,
    do,
    fields,
    granted,
    known,
    page_of,
    refused,
    searched,
    send,
    today,
    told,
)

BOTH = (Right.RECTIFICATION, Right.ERASURE)


@pytest.fixture
def handler(staff_client):
    return staff_client("handler", "en")


@pytest.fixture
def finnish_handler(staff_client):
    return staff_client("handler")


def corrected():
    step = granted(Right.RECTIFICATION, "item-1").step
    return ProposedStep(step=step, values={"old": "1974", "new": "1947"})


def kept_after_all():
    words = {"facts": "Jäsenyys jatkuu.", "kept_until": "1.1.2030"}
    return refused(Right.ERASURE, ground="still_needed_17_1", **words)


def stated():
    """An opinion is not corrected; what the person says of it is added."""
    words = {"facts": "Arvio.", "data": "luonnehdinta"}
    ground = "opinion_statement_added"
    return refused(Right.RECTIFICATION, "item-1", ground=ground, **words)


def settled(app, case):
    with app.extensions[NAME].reading("test") as action:
        return read_progress(action, case).recipients


def stops(handler, case):
    """The recipients of whom the page of the answer says that they are open."""
    links = [e["href"] for e in handler.open(page_of(case, "answer")).soup.select("a")]
    found = [each.partition("recipients#")[2] for each in links]
    return sorted({each.rpartition("-")[0] for each in found if each})


def to_do(handler, case):
    """How the thing to do about recipients stands in the row; none: it is not there."""
    page = handler.open(page_of(case, "recipients"))
    rows = page.soup.select(".stages li")
    return next((e["class"] for e in rows if "Recipients" in e.get_text()), None)


def test_who_was_told_is_told_again_of_a_later_change(desk, handler):
    case = case_of(desk, *BOTH)
    others = RecipientSettled(recipient="accounting", got=True, unchanged=True)
    never = [
        RecipientSettled(recipient=each, got=False)
        for each in ("newsletter-service", "regatta-organisers")
    ]
    steps = [known(), *searched(), corrected(), *told("rowing-federation")]
    do(desk, case, *steps, others, *never)
    assert stops(handler, case) == []
    do(desk, case, granted(Right.ERASURE))

    assert stops(handler, case) == ["accounting", "rowing-federation"]
    page = handler.open(page_of(case, "recipients"))
    assert page.words.count("Data changed after this was settled") == 2
    assert page.soup.find(id="rowing-federation-told_on")["value"] == ""
    typed = {"accounting-got": "others"}
    typed["rowing-federation-told_on"] = write_day(today())
    assert send(handler, page_of(case, "recipients"), go="save", **typed).status == 303
    assert stops(handler, case) == []


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        pytest.param("done", "Oikaistu tänään.", [], id="what the person reads"),
        pytest.param("new", "1948", ["rowing-federation"], id="what recipients read"),
    ],
)
def test_only_other_data_are_told_again(desk, handler, field, text, expected):
    case = case_of(desk, Right.RECTIFICATION)
    do(desk, case, known(), *searched(), corrected(), *told("rowing-federation"))
    others = [RecipientSettled(recipient=each, got=False) for each in RECIPIENTS[1:]]
    do(desk, case, *others)
    page = page_of(case, "decide/rectification")
    for _ in range(2):  # pressed twice, it is decided once
        decided = send(handler, page, go="save", **{f"item-1-{field}": text})
        assert decided.status == 303

    assert stops(handler, case) == expected
    assert text in handler.open(page_of(case, "answer")).words


def test_nobody_is_told_of_a_change_before_it_is_made(desk, handler):
    case, yesterday = case_of(desk, Right.ERASURE), today() - timedelta(days=1)
    do(desk, case, known(), *searched(), granted(Right.ERASURE))
    typed = {"accounting-got": "yes", "accounting-told_on": write_day(yesterday)}
    answer = send(handler, page_of(case, "recipients"), go="save", **typed)
    letter = page_of(case, "recipients/accounting/letter")
    early = {"change-1-data": "kaikki", "sent_on": write_day(yesterday)}

    assert answer.status == 422
    assert answer.soup.select_one(".faults a")["href"] == "#accounting-told_on"
    assert send(handler, letter, go="send", **early).status == 422
    assert settled(desk, case) == {}


def kept(group, **words):
    act = kept_after_all()
    step = act.step.model_copy(update={"group": group})
    return replace(act, step=step, words={**act.words, **words})


@pytest.mark.parametrize(
    ("recipient", "parts", "expected"),
    [
        pytest.param(
            "accounting",
            [granted(Right.ERASURE, "members")],
            "Nimi, Postiosoite, Maksut ja laskut",
            id="what the notice tells of this recipient",
        ),
        pytest.param(
            "own-1",
            [granted(Right.ERASURE, "members")],
            "Jäsenrekisteri",
            id="all of a register",
        ),
        pytest.param(
            "accounting",
            [kept("members"), granted(Right.ERASURE, "members#2", data="osoite")],
            "osoite",
            id="the part that was erased",
        ),
        pytest.param(
            "accounting",
            [granted(Right.ERASURE, "members"), kept("members#2", data="laskut")],
            "",
            id="nothing that was kept",
        ),
    ],
)
def test_a_letter_begins_with_the_data_that_changed(
    desk, handler, recipient, parts, expected
):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *searched(), *parts)
    page = handler.open(page_of(case, f"recipients/{recipient}/letter"))

    assert page.soup.find(id="change-1-data").get_text(strip=True) == expected


def test_after_a_letter_come_the_recipients_that_are_left(desk, handler):
    case = case_of(desk, Right.ERASURE)
    elsewhere = [Searched(place=each, found=False) for each in OTHER_PLACES]
    done = [*searched(), *elsewhere, granted(Right.ERASURE, "members")]
    do(desk, case, Taken(handler="aino"), known(), *done)
    address = page_of(case, "recipients/accounting/letter")
    answer = send(handler, address, go="send")

    assert answer.response.location == page_of(case, "recipients")


def test_of_a_correction_a_letter_names_no_other_data(desk, handler):
    case = case_of(desk, Right.RECTIFICATION)
    do(desk, case, known(), *searched(), corrected())
    page = handler.open(page_of(case, "recipients/accounting/letter"))

    assert page.soup.find(id="change-1-data").get_text(strip=True) == ""


def two_corrections_and_an_erasure():
    second = granted(Right.RECTIFICATION, "item-2").step
    other = ProposedStep(step=second, values={"old": "Airila", "new": "Airola"})
    return [corrected(), other, granted(Right.ERASURE, "members")]


def test_one_letter_tells_all_that_changed(desk, handler):
    case = case_of(desk, *BOTH)
    do(desk, case, known(), *searched(), *two_corrections_and_an_erasure())
    page = handler.open(page_of(case, "recipients/accounting/letter"))
    letter = page.soup.select_one(".paper").get_text()

    headings = [each.get_text() for each in page.soup.select(".change h2")]
    assert headings == ["Correction", "Correction", "Erasure"]
    for value in ("1974", "1947", "Airila", "Airola"):
        assert f"”{value}”" in letter
    assert "Maksut ja laskut" in letter


def test_what_a_recipient_never_got_is_left_out(desk, handler):
    case = case_of(desk, *BOTH)
    do(desk, case, known(), *searched(), *two_corrections_and_an_erasure())
    address = page_of(case, "recipients/accounting/letter")
    two = {"change-1-left_out": "y", "change-2-left_out": "y"}
    page = send(handler, address, go="show", **two)
    letter = page.soup.select_one(".paper").get_text()

    assert "Maksut ja laskut" in letter
    assert "1947" not in letter
    assert page.soup.find(id="change-1-new").get_text(strip=True) == "1947"
    none = two | {"change-3-left_out": "y"}
    assert send(handler, address, go="send", **none).status == 422
    assert send(handler, address, go="send", **two).status == 303
    assert settled(desk, case)["accounting"].told_on == today()


def test_where_nothing_is_changed_any_more_what_was_told_stays(desk, handler):
    case = case_of(desk, Right.ERASURE)
    others = RecipientSettled(recipient="newsletter-service", got=True, unchanged=True)
    do(desk, case, known(), granted(Right.ERASURE), *told("accounting"), others)
    do(desk, case, kept_after_all())
    before = settled(desk, case)
    send(handler, page_of(case, "recipients"), go="save")

    assert settled(desk, case) == before
    no = {"accounting-got": "no"}
    assert send(handler, page_of(case, "recipients"), go="save", **no).status == 303
    assert not settled(desk, case)["accounting"].got


@pytest.mark.parametrize("go", ["save", "nobody"])
@pytest.mark.parametrize("chosen", ["", "no"])
def test_a_row_without_a_name_is_no_recipient(desk, handler, go, chosen):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    row = fields(send(handler, address, go="another"))
    data = row | ({"own-1-got": chosen} if chosen else {})

    assert handler.post(address, data=data | {"go": go}).status == 303
    assert "own-1" not in settled(desk, case)


def test_a_recipient_of_ones_own_has_a_name(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    data = fields(send(handler, address, go="another")) | {"go": "save"}

    assert handler.post(address, data=data | {"own-1-got": "others"}).status == 422


def test_of_a_change_outside_the_registers_nobody_is_left_to_tell(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE, "place_mail", data="viestit"))

    assert to_do(handler, case) == ["done"]
    assert stops(handler, case) == []


def test_of_a_change_in_one_register_its_recipients_are_told(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *searched(), granted(Right.ERASURE, "members"))
    assert stops(handler, case) == ["accounting", "rowing-federation"]
    do(desk, case, *told("accounting", "rowing-federation"))

    assert to_do(handler, case) == ["done"]
    assert stops(handler, case) == []


def test_who_was_said_to_have_got_what_changed_is_told_wherever_it_was(desk, handler):
    case = case_of(desk, Right.ACCESS, Right.ERASURE)
    got = RecipientSettled(recipient="accounting", got=True)
    mail = granted(Right.ERASURE, "place_mail", data="viestit")
    do(desk, case, known(), *searched(), granted(), got, mail)

    assert to_do(handler, case) == ["now"]
    assert stops(handler, case) == ["accounting"]


def test_of_a_statement_recipients_are_told_too(desk, handler):
    case = case_of(desk, Right.RECTIFICATION)
    do(desk, case, known(), *searched(), stated())
    assert stops(handler, case) == sorted(RECIPIENTS)
    assert to_do(handler, case) == ["now"]
    address = page_of(case, "recipients/accounting/letter")
    page = handler.open(address)

    assert "Olemme lisänneet tietojen yhteyteen" in page.words
    assert page.soup.find(id="change-1-data").get_text(strip=True) == "luonnehdinta"
    assert send(handler, address, go="send").status == 422
    said = {"change-1-statement": "En ole myöhästellyt."}
    assert send(handler, address, go="send", **said).status == 303
    assert settled(desk, case)["accounting"].told_on == today()


def test_where_the_notice_is_silent_somebody_says_that_nobody_got_data(
    desk, handler, small, monkeypatch
):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *searched(), granted(Right.ERASURE, "all"))
    monkeypatch.setattr(
        recipients_page, "silent_registers", lambda *_: small.registers[:1]
    )
    address = page_of(case, "recipients")
    page = handler.open(address)
    assert small.registers[0].name["en"] in page.words

    answer = handler.post(address, data=fields(page) | {"go": "nobody"})
    assert answer.status == 303
    assert settled(desk, case)[NOBODY_ELSE].got is False
    assert NOBODY_ELSE not in handler.open(address).response.text
    assert "nobody else" in handler.open(page_of(case)).words


@pytest.mark.parametrize("right", [Right.ERASURE, Right.ACCESS])
def test_articles_of_the_law_stand_behind_what_the_page_asks(desk, handler, right):
    case = case_of(desk, right)
    do(desk, case, known(), *searched(), granted(right, "members"))
    page = handler.open(page_of(case, "recipients"))
    sources = [each.extract().get_text() for each in page.soup.select(".source")]

    assert len(sources) == 1
    assert "Art" not in page.soup.main.get_text()


def test_recipients_are_settled_in_one_go(desk, finnish_handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *searched(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    typed = {
        "rowing-federation-got": "yes",
        "rowing-federation-told_on": write_day(today()),
        "accounting-got": "others",
        "newsletter-service-got": "no",
        "regatta-organisers-got": "yes",
    }
    nameless = send(finnish_handler, address, go="save", **typed)
    named = {"regatta-organisers-name": "Esimerkkiregatta ry"}
    why = {
        "regatta-organisers-why_not": "impossible",
        "regatta-organisers-why": "Järjestäjää ei enää ole.",
    }

    assert nameless.status == 422
    assert nameless.soup.select_one(".faults a")["href"] == "#regatta-organisers-name"
    assert (
        send(finnish_handler, address, go="save", **typed | named | why).status == 303
    )
    page = finnish_handler.open(page_of(case, "answer"))
    assert "Järjestäjää ei enää ole." in page.words
    assert not [
        each for each in page.soup.select(".box a") if "recipients" in each["href"]
    ]


def test_who_got_nothing_that_changed_is_not_told(desk, finnish_handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *searched(), granted(Right.ERASURE))
    typed = {f"{each}-got": "others" for each in RECIPIENTS}
    stale = {"accounting-told_on": "mañana", "accounting-why": "Unohtui."}
    answer = send(
        finnish_handler, page_of(case, "recipients"), go="save", **typed | stale
    )

    assert answer.status == 303  # nor must the nameless one be named
    page = finnish_handler.open(page_of(case, "answer"))
    assert "Poistettuja tietoja ei ole annettu muille" in page.words
    assert "Unohtui." not in page.words
    assert not [
        each for each in page.soup.select(".box a") if "recipients" in each["href"]
    ]


def test_where_nothing_changed_nobody_is_told(desk, finnish_handler):
    case = case_of(desk, Right.ACCESS)
    do(desk, case, known(), granted())
    page = finnish_handler.open(page_of(case, "recipients"))

    choices = page.soup.find_all("input", {"name": "accounting-got"})
    assert [each["value"] for each in choices] == ["no", "yes"]
    assert page.soup.find(id="accounting-told_on") is None
    assert page.soup.find(id="regatta-organisers-name")


def test_all_that_is_open_is_closed_with_one_button(desk, finnish_handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    button = "button[value=nobody]"
    assert (
        "Kukaan näistä"
        in finnish_handler.open(address).soup.select_one(button).get_text()
    )
    some = send(finnish_handler, address, go="save", **{"accounting-got": "others"})
    assert some.status == 303
    assert (
        "Kukaan muu" in finnish_handler.open(address).soup.select_one(button).get_text()
    )
    assert send(finnish_handler, address, go="nobody").status == 303

    page = finnish_handler.open(address)
    chosen = page.soup.select("input[type=radio][checked]")
    assert sorted(each["value"] for each in chosen) == ["no", "no", "no", "others"]
    assert page.soup.select_one(button) is None


def test_what_was_chosen_is_kept_on_the_way_to_a_letter(desk, finnish_handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    typed = {"accounting-got": "yes", "newsletter-service-got": "no"}
    answer = send(finnish_handler, address, go="letter:accounting", **typed)

    assert answer.location == page_of(case, "recipients/accounting/letter")
    page = finnish_handler.open(address)
    assert len(page.soup.select("input[type=radio][checked]")) == 2
    assert send(finnish_handler, address, go="letter:nobody").status == 404


def test_a_recipient_that_the_notice_does_not_know(desk, finnish_handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    page = send(finnish_handler, address, go="another")
    data = fields(page) | {"own-1-name": "Naapuri Oy", "own-1-got": "yes", "go": "save"}

    assert finnish_handler.post(address, data=data).status == 303
    assert "Naapuri Oy" in finnish_handler.open(address).words
