"""Deciding over HTTP: group by group, saved together, and nothing lost."""

from datetime import timedelta

import pytest

from generator.languages import catalogue
from request_app.cases.letters.answer_checks import ANSWER_MESSAGES
from request_app.cases.lifecycle.record import read_progress
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.rights import Outcome
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import ProposedStep
from request_app.store import steps
from request_app.store.database import reading
from request_app.store.values import Right
from request_app.web.services import NAME
from tests.support.answerable_cases import (
    REGISTERS,
    case_of,
    do,
    dump,
    fields,
    granted,
    known,
    page_of,
    searched,
    send,
    today,
)

REFUSAL = {
    "members-outcome": "refused",
    "members-ground": "exception_17_3_b",
    "members-facts": "Laskut kuuluvat kirjanpitoon.",
    "members-kept_until": "31.12.2032",
    "members-provision": "Kirjanpitolaki 2 luku 10 §",
}


def decided(app, case):
    with app.extensions[NAME].reading("test") as action:
        found = read_progress(action, case).decisions
    return {
        (right.value, group): each.outcome for (right, group), each in found.items()
    }


def count(app, case):
    with reading(app.extensions[NAME].engine) as connection:
        return len(steps.of_case(connection, case.id))


def test_all_registers_are_decided_in_one_go(desk, handler):
    case = case_of(desk)
    address = page_of(case, "decide/access")
    answer = send(
        handler,
        address,
        go="save",
        **{"members-outcome": "granted", "newsletter-and-events-outcome": "granted"},
    )

    assert answer.status == 303
    assert decided(desk, case) == {
        ("access", "members"): Outcome.GRANTED,
        ("access", "newsletter-and-events"): Outcome.GRANTED,
    }


def test_what_did_not_change_makes_no_step(desk, handler):
    case = case_of(desk)
    address = page_of(case, "decide/access")
    send(handler, address, go="save", **{"members-outcome": "granted"})
    before = count(desk, case)
    send(handler, address, go="save")
    send(handler, address, go="save", **{"newsletter-and-events-outcome": "granted"})

    assert count(desk, case) == before + 1


def test_a_part_is_decided_by_itself_and_taken_back(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known())
    address = page_of(case, "decide/erasure")
    page = send(handler, address, go="part:members#2", **{"members-outcome": "granted"})
    part = {name.replace("members-", "members.2-"): REFUSAL[name] for name in REFUSAL}
    words = {"members.2-data": "laskut 2022–2026", "go": "save"}
    saved = handler.post(address, data=fields(page) | part | words)

    assert saved.status == 303
    assert decided(desk, case)["erasure", "members#2"] is Outcome.REFUSED

    send(handler, address, go="save", **{"members.2-taken_back": "y"})
    assert ("erasure", "members#2") not in decided(desk, case)


def test_a_decision_is_taken_back_and_stands_open_again(desk, handler):
    case = case_of(desk)
    address = page_of(case, "decide/access")
    send(handler, address, go="save", **{"members-outcome": "granted"})

    send(handler, address, go="save", **{"members-taken_back": "y"})

    assert decided(desk, case) == {}
    page = handler.open(address)
    assert page.soup.find(id="members-taken_back") is None


def looked(found=(), *, mail=""):
    """Every place is searched; data are in these registers, and in the mail."""
    places = (*REGISTERS, *OTHER_PLACES)
    acts = [
        ProposedStep(step=Searched(place=each, found=each in found)) for each in places
    ]
    in_mail = Searched(place="place_mail", found=True)
    return [*acts, ProposedStep(step=in_mail, words={"what": mail})] if mail else acts


def chosen(page):
    """What is chosen on a page, by the group."""
    inputs = page.soup.select("[type=radio][checked]")
    return {each["name"].removesuffix("-outcome"): each["value"] for each in inputs}


def test_after_the_search_access_is_one_press_of_save(desk, handler):
    case = case_of(desk)
    do(desk, case, *looked(["members"], mail="viestit 3.–9.3.2026"))
    address = page_of(case, "decide/access")
    page = handler.open(address)

    assert page.soup.find(id="place_mail-data").get_text() == "\nviestit 3.–9.3.2026"
    assert send(handler, address, go="save").status == 303
    assert decided(desk, case) == {
        ("access", "members"): Outcome.GRANTED,
        ("access", "newsletter-and-events"): Outcome.NO_DATA,
        ("access", "place_mail"): Outcome.GRANTED,
    }


@pytest.mark.parametrize("right", [Right.ERASURE, Right.RESTRICTION, Right.OBJECTION])
def test_where_it_is_weighed_only_what_is_not_there_is_chosen(desk, handler, right):
    case = case_of(desk, right)
    do(desk, case, *looked(["members"], mail="viestit"))

    page = handler.open(page_of(case, f"decide/{right}"))
    assert chosen(page) == {"newsletter-and-events": "no-data"}


def test_while_the_search_lasts_nothing_is_chosen(desk, handler):
    case = case_of(desk)
    do(desk, case, *searched())
    page = handler.open(page_of(case, "decide/access"))

    assert chosen(page) == {}
    assert page.soup.select_one(".note [href$=search]")


def test_the_copy_is_taken_before_the_data_go(desk, handler):
    both = case_of(desk, Right.ACCESS, Right.ERASURE)
    only = case_of(desk, Right.ERASURE)

    def told(case):
        words = handler.open(page_of(case, "decide/erasure")).words
        return words.count("Ota ensin kopio tiedoista vastausta varten")

    assert (told(both), told(only)) == (1, 0)
    do(desk, both, granted(Right.ACCESS, "members"))
    assert told(both) == 1
    do(desk, both, granted())
    assert told(both) == 0


def test_a_register_as_a_whole_says_not_which_data(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *looked(["members"], mail="viestit"))
    address = page_of(case, "decide/erasure")
    page = handler.open(address)
    before = dump(desk)
    words = {"members-outcome": "granted", "members-data": "vain sähköpostiosoite"}
    answer = send(handler, address, go="save", **words)

    assert page.soup.find(id="place_mail-data")
    assert not page.soup.find(id="members-data")
    assert answer.status == 422
    assert [each["href"] for each in answer.soup.select(".faults a")] == [
        "#members-data"
    ]
    assert answer.soup.find(id="members-data")
    assert dump(desk) == before


def test_data_may_go_once_the_copy_is_taken(clock, desk, handler, staff_client):
    case = case_of(desk, Right.ACCESS, Right.ERASURE)
    do(desk, case, known(), *looked(["members"]))
    send(handler, page_of(case, "decide/access"), go="save")
    erased = send(
        handler,
        page_of(case, "decide/erasure"),
        go="save",
        **{"members-outcome": "granted"},
    )

    erased_first = catalogue("fi").gettext(ANSWER_MESSAGES["erased-first"])
    assert erased.status == 303
    assert erased_first not in handler.open(page_of(case, "answer")).words

    # the copy was taken again, after the data had gone
    clock.shift(timedelta(days=1))
    again = Decided(
        right=Right.ACCESS, group="members", outcome=Outcome.GRANTED, on=today()
    )
    do(desk, case, again)
    later = staff_client("handler", name="later")
    assert erased_first in later.open(page_of(case, "answer")).words


@pytest.mark.parametrize(
    ("right", "asked", "labels"),
    [
        (
            Right.ACCESS,
            "Saako pyytäjä nämä tiedot?",
            ["Tiedot annetaan", "Tietoja ei anneta"],
        ),
        (
            Right.ERASURE,
            "Mitä näille tiedoille on tehty?",
            ["Poistettu", "Ei poistettu"],
        ),
        (
            Right.RESTRICTION,
            "Mitä näille tiedoille on tehty?",
            ["Käyttöä rajoitettu", "Käyttöä ei rajoitettu"],
        ),
        (Right.OTHER, "Mitä näille tiedoille on tehty?", ["Tehty", "Ei tehty"]),
    ],
)
def test_question_and_outcomes_are_in_the_words_of_the_right(
    desk, handler, right, asked, labels
):
    page = handler.open(page_of(case_of(desk, right), f"decide/{right}"))
    told = page.soup.select("fieldset .choice label")
    assert page.soup.select_one("fieldset legend").get_text() == asked
    assert [each.get_text() for each in told[:2]] == labels


@pytest.mark.parametrize(
    "left_out", ["members-ground", "members-facts", "members-kept_until"]
)
def test_a_refusal_needs_ground_facts_and_time(desk, handler, left_out):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known())
    address = page_of(case, "decide/erasure")
    before = dump(desk)
    page = send(handler, address, go="save", **REFUSAL | {left_out: ""})

    assert page.status == 422
    assert [link["href"] for link in page.soup.select(".faults a")] == [f"#{left_out}"]
    assert dump(desk) == before
    field = page.soup.find(id="members-provision")
    assert field["value"] == "Kirjanpitolaki 2 luku 10 §"


@pytest.mark.parametrize("right", [Right.MARKETING, Right.WITHDRAWAL])
def test_some_rights_know_no_refusal(desk, handler, right):
    case = case_of(desk, right)
    address = page_of(case, f"decide/{right}")
    page = handler.open(address)
    values = [each["value"] for each in page.soup.select("[type=radio]")]
    before = dump(desk)
    answer = send(handler, address, go="save", **{"all-outcome": "refused"})

    assert values == ["granted", "no-data"]
    assert answer.status == 422
    assert dump(desk) == before


def test_erasure_waits_for_access(desk, handler):
    case = case_of(desk, Right.ACCESS, Right.ERASURE)
    do(desk, case, known())
    before = dump(desk)
    page = send(
        handler,
        page_of(case, "decide/erasure"),
        go="save",
        **{"members-outcome": "granted"},
    )

    assert page.status == 409
    assert "ratkaise ensin" in page.words
    assert dump(desk) == before


def test_nothing_is_corrected_while_it_is_open_who_asks(desk, handler):
    items = [{"now": "Airila", "right": "Airola", "why": ""}]
    case = case_of(desk, Right.RECTIFICATION, request={"items": items})
    address = page_of(case, "decide/rectification")
    page = handler.open(address)
    before = dump(desk)
    refused = send(handler, address, go="save", **{"item-1-outcome": "granted"})

    assert "Airola" in page.soup.find(id="item-1-new").get_text()
    assert refused.status == 409
    assert dump(desk) == before
    do(desk, case, known())
    assert (
        send(handler, address, go="save", **{"item-1-outcome": "granted"}).status == 303
    )


def test_an_item_of_which_half_was_written_needs_a_word_too(desk, handler):
    whole = {"now": "Airila", "right": "Airola", "why": ""}
    items = [whole, {"now": "", "right": "Lisätkää välinimi", "why": ""}]
    case = case_of(desk, Right.RECTIFICATION, request={"items": items})
    send(
        handler,
        page_of(case, "decide/rectification"),
        go="save",
        **{
            "item-1-outcome": "refused",
            "item-1-ground": "data_correct",
            "item-1-facts": "Niin lukee lomakkeessasi.",
        },
    )
    links = handler.open(page_of(case, "answer")).soup.select(".box a")

    open_item = page_of(case, "decide/rectification") + "#item-2-outcome"
    assert open_item in [each["href"] for each in links]


def test_restricting_sets_the_restriction(desk, handler):
    case = case_of(desk, Right.RESTRICTION)
    send(
        handler,
        page_of(case, "decide/restriction"),
        go="save",
        **{"members-outcome": "granted"},
    )
    with desk.extensions[NAME].reading("test") as action:
        assert read_progress(action, case).restriction


def test_who_looked_before_somebody_else_loses_nothing(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known())
    address = page_of(case, "decide/erasure")
    data = {"csrf_token": handler.token(), "version": "0", "go": "save"}
    groups = {"group": ["members", "newsletter-and-events"]}
    version = handler.open(address).soup.find("input", {"name": "version"})["value"]
    do(desk, case, granted(Right.ERASURE, "newsletter-and-events"))
    page = handler.post(address, data=data | groups | REFUSAL | {"version": version})

    assert page.status == 409
    assert "kuuluvat kirjanpitoon" in page.soup.find(id="members-facts").get_text()
    assert page.soup.find("input", {"name": "version"})["value"] != version


def test_what_the_law_orders_to_keep_is_ready_to_be_chosen(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known())
    address = page_of(case, "decide/erasure")
    page = send(handler, address, go="part:members#2:0")
    ready = fields(page)

    assert ready["members.2-outcome"] == ["refused"]
    assert ready["members.2-ground"] == ["exception_17_3_b"]
    assert ready["members.2-data"] == ["laskut ja maksut"]
    assert ready["members.2-provision"] == ["kirjanpitolaki (1336/1997) 2 luku 10 §"]
    assert ready["members.2-kept_until"][0].startswith("6 vuotta sen kalenterivuoden")
    assert ready["members.2-facts"] == [""]  # in this case: that is for staff to say
    assert not page.soup.select("[value='part:members#3:0']")


def test_grounds_are_plain_and_what_they_rest_on_is_folded(desk, handler):
    page = handler.open(page_of(case_of(desk), "decide/access"))
    told = page.soup.select_one(".grounds").extract()

    assert "Tietosuoja-asetuksen 15 artiklan 4 kohta" in told.get_text()
    sources = [each.extract() for each in page.soup.select(".source")]
    assert len(sources) == 2
    for text in ("artikla", "¶", "EDPB"):
        assert text not in page.soup.main.get_text()


def test_a_right_that_was_not_asked_for_has_no_page(desk, handler):
    case = case_of(desk)

    assert handler.open(page_of(case, "decide/erasure")).status == 404
    assert handler.open(page_of(case, "decide/x")).status == 404
