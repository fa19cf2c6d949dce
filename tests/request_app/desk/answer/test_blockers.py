"""What keeps an answer here, and where it is mended."""

import pytest

from request_app.cases.lifecycle.protection import Flags, put_flags
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.rights import Outcome
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.facts import IdentityMethod, Mandate
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.search import Searched
from request_app.cases.steps.verification import MandateSettled
from request_app.store.values import Right
from request_app.web.services import NAME
from tests.support.answerable_cases import (
    CODE,
    LETTER,
    PAPER,
    REGISTERS,
    SEND,
    case_of,
    do,
    dump,
    fields,
    granted,
    known,
    page_of,
    ready,
    searched,
    send,
    today,
    told,
)
from tests.support.case_steps import ask
from tests.support.filed_requests import EMAIL


def undecided(app):
    case = case_of(app, Right.ACCESS, Right.OBJECTION)
    do(app, case, known(), *searched(), *told(), granted())
    return case, SEND


def identity_open(app):
    case = case_of(app)
    do(app, case, ask(on=today()), *searched(), *told(), granted())
    return case, LETTER


def nobody_known(app):
    case = case_of(app)
    do(app, case, *searched(), *told(), granted())
    return case, LETTER


def untold_recipient(app):
    case = case_of(app, Right.ERASURE)
    got = [
        RecipientSettled(recipient=each, got=True)
        for each in ("rowing-federation", "accounting")
    ]
    do(app, case, known(), *searched(), *got, granted(Right.ERASURE))
    return case, LETTER


def unsettled_recipient(app):
    case = case_of(app, Right.ERASURE)
    do(app, case, known(), *searched(), granted(Right.ERASURE))
    return case, LETTER


def prompt_left(app):
    return ready(app), SEND | {"own_words": "Hei ⟦nimi⟧"}


def mandate_missing(app):
    case = ready(app, whose="authorised", whose_name="Toinen Testinen")
    return case, LETTER


def mandate_missing_by_mail(app):
    case = ready(app, whose="authorised", whose_name="Toinen Testinen")
    return case, SEND | {"to_represented": "y"}


def mandate_missing_by_letter(app):
    case = ready(app, whose="authorised", whose_name="Toinen Testinen")
    return case, LETTER | {"to_represented": "y"}


def child_not_thought_of(app):
    case = ready(app, whose="child", whose_name="Toinen Testinen")
    do(app, case, MandateSettled(mandate=Mandate.CUSTODY, on=today()))
    return case, LETTER


def minor_not_thought_of(app):
    case = ready(app)
    with app.extensions[NAME].writing("test") as action:
        put_flags(action, case, Flags(minor=True))
    return case, SEND


def others_not_looked_at(app):
    return ready(app), SEND | {"others": ""}


def mail_to_an_unknown_address(app):
    case = case_of(app)
    met = known(IdentityMethod.IN_PERSON)
    do(app, case, met, *searched(), *told(), granted())
    return case, SEND


def mail_to_it_although_typed(app):
    case, fields_ = mail_to_an_unknown_address(app)
    return case, fields_ | {"address": "other", "email": EMAIL.upper()}


def code_by_phone(app):
    return ready(app), SEND | {"means": "phone"}


def read_out_to_nobody_known(app):
    return ready(app), SEND | {"means": "read"}


def day_to_come(app):
    return ready(app), PAPER | {"on": "1.1.2030"}


IMPOSSIBLE = [
    undecided,
    identity_open,
    nobody_known,
    untold_recipient,
    unsettled_recipient,
    prompt_left,
    mandate_missing,
    mandate_missing_by_mail,
    mandate_missing_by_letter,
    child_not_thought_of,
    minor_not_thought_of,
    others_not_looked_at,
    mail_to_an_unknown_address,
    mail_to_it_although_typed,
    code_by_phone,
    read_out_to_nobody_known,
    day_to_come,
]


@pytest.mark.parametrize("made", IMPOSSIBLE, ids=lambda made: made.__name__)
def test_what_may_not_go_changes_nothing(desk, handler, made):
    case, typed = made(desk)
    address = page_of(case, "answer")
    page = handler.open(address)
    before = dump(desk)
    answer = handler.post(address, data=fields(page) | typed | {"go": "send"})

    assert answer.status == 409
    assert answer.soup.select(".faults li")
    assert not CODE.search(answer.response.text)
    assert dump(desk) == before


def test_what_keeps_the_answer_here_is_told_once(desk, handler):
    case = case_of(desk, Right.ERASURE)
    address = page_of(case, "answer")
    box = handler.open(address).soup.select_one(".box")
    stops = {each.get_text(): each["href"] for each in box.select("a")}
    page = send(handler, address, go="send", means="paper")
    links = {
        each.get_text(): each["href"]
        for each in page.soup.select(".faults a")
        if each.get_text() in stops
    }

    assert page.status == 409
    assert links == stops
    assert page.soup.select_one(".box") is None


def test_what_stands_against_it_leads_to_where_it_is_mended(desk, handler):
    case, _ = untold_recipient(desk)
    page = handler.open(page_of(case, "answer"))
    links = [each["href"] for each in page.soup.select(".box a")]

    assert page_of(case, "recipients") + "#accounting-got" in links


def test_what_is_open_is_told_by_right_and_register(desk, handler):
    case = case_of(desk, Right.ACCESS, Right.ERASURE)
    members = [granted(each, "members") for each in (Right.ACCESS, Right.ERASURE)]
    do(desk, case, known(), *searched(), *told(), *members)
    page = handler.open(page_of(case, "answer"))
    stops = {each["href"]: each.get_text() for each in page.soup.select(".box a")}

    left, where = "Uutiskirjeen ja tapahtumien rekisteri", "newsletter-and-events"
    assert [
        stops[page_of(case, f"decide/{right}#{where}-outcome")]
        for right in ("access", "erasure")
    ] == [
        f"Ratkaisu puuttuu: Tiedot nähtäväksi, {left}",
        f"Ratkaisu puuttuu: Poistaminen, {left}",
    ]


def no_data(group):
    on = today()
    return Decided(right=Right.ACCESS, group=group, outcome=Outcome.NO_DATA, on=on)


NOTHING_FOUND = [
    Searched(place=each, found=False) for each in (*REGISTERS, *OTHER_PLACES)
]


SEARCHES = {
    "not searched": ([*searched(found=False), no_data("all")], "result_2"),
    "found after all": (
        [*searched(found=False), no_data("members"), searched()[0]],
        "result_0",
    ),
    "not found after all": (
        [*searched(), granted(group="members"), searched(found=False)[0]],
        "result_0",
    ),
    "nothing anywhere": ([granted(), *NOTHING_FOUND], ""),
}


@pytest.mark.parametrize("name", SEARCHES)
def test_what_the_search_leaves_open_leads_to_the_search(desk, handler, name):
    steps, at = SEARCHES[name]
    case = case_of(desk)
    do(desk, case, known(), *steps)
    stops = handler.open(page_of(case, "answer")).soup.select(".box a")
    search = handler.open(page_of(case, "search"))

    wanted = page_of(case, f"search#{at}" if at else "search")
    assert wanted in [each["href"] for each in stops]
    assert not at or search.soup.find(id=at)


def test_with_a_thought_for_the_child_it_goes(desk, handler):
    case, typed = child_not_thought_of(desk)
    note = {"child": "Lapsi on 4-vuotias, eikä tiedoissa ole arkaa."}
    page = send(handler, page_of(case, "answer"), go="send", **typed | note)

    assert page.status == 200
