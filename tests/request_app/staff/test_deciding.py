"""Deciding over HTTP: group by group, saved together, and nothing lost."""

import pytest

from request_app.cases.casework import look
from request_app.cases.steps import Outcome
from request_app.store import steps
from request_app.store.database import reading
from request_app.store.values import Right
from request_app.web.parts import NAME
from tests.request_app.staff.answering import (
    case_of,
    do,
    dump,
    fields,
    granted,
    known,
    page_of,
    searched,
    send,
)

REFUSAL = {
    "members-outcome": "refused",
    "members-ground": "exception_17_3_b",
    "members-facts": "Laskut kuuluvat kirjanpitoon.",
    "members-kept_until": "31.12.2032",
    "members-provision": "Kirjanpitolaki 2 luku 10 §",
}


def decided(app, case):
    parts = app.extensions[NAME]
    with reading(parts.engine) as connection:
        found = look(connection, case, parts.intake()).decisions
    return {
        (right.value, group): each.outcome for (right, group), each in found.items()
    }


def count(app, case):
    with reading(app.extensions[NAME].engine) as connection:
        return len(steps.of_case(connection, case.id))


@pytest.fixture
def handler(staff_client):
    return staff_client("handler")


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


def test_a_register_searched_in_vain_is_suggested(desk, handler):
    case = case_of(desk)
    do(desk, case, *searched(found=False))
    page = handler.open(page_of(case, "decide/access"))

    checked = page.soup.find_all("input", checked=True)
    assert [each["value"] for each in checked] == ["no-data", "no-data"]


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


def test_restricting_sets_the_restriction(desk, handler):
    case = case_of(desk, Right.RESTRICTION)
    send(
        handler,
        page_of(case, "decide/restriction"),
        go="save",
        **{"members-outcome": "granted"},
    )
    parts = desk.extensions[NAME]
    with reading(parts.engine) as connection:
        assert look(connection, case, parts.intake()).restriction


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


def test_a_right_that_was_not_asked_for_has_no_page(desk, handler):
    case = case_of(desk)

    assert handler.open(page_of(case, "decide/erasure")).status == 404
    assert handler.open(page_of(case, "decide/x")).status == 404
