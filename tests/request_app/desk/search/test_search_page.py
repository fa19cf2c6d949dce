"""Places are searched one by one, and nothing is noted that was not found."""

import pytest

from request_app.cases.notice.plan import OTHER_PLACES
from tests.support.staff_accounts import hire


def test_several_places_are_noted_in_one_go(take, progress, show):
    form = show("search").soup.select_one("form.step")
    assert len(form.select("fieldset.place")) == len(form.select("select"))
    assert not form.select("[type=radio][checked]")
    taken = take("search", result_0="found", result_1="nothing")
    assert taken.status == 303
    unchanged = take("search", result_0="found", result_1="nothing")

    assert unchanged.status == 422
    assert sorted(each.found for each in progress().searches.values()) == [False, True]


def test_one_tick_notes_all_that_is_left_outside_the_registers(take, progress):
    chosen = {"result_1": "found", "what_1": "Viestit 3.–9.3.2026", "rest": "y"}
    assert take("search", **chosen).status == 303

    found = {place: each.found for place, each in progress().searches.items()}
    assert found == dict.fromkeys(OTHER_PLACES, False) | {"place_mail": True}


def test_the_tick_speaks_for_no_colleague(desk, take, progress):
    bertta = hire(desk, "bertta").id
    assert take("search", owner_1=bertta).status == 303
    chosen = {"owner_1": bertta, "rest": "y"}
    assert take("search", **chosen).status == 303

    found = {place: each.found for place, each in progress().searches.items()}
    assert found == dict.fromkeys(OTHER_PLACES, False) | {"place_mail": None}


@pytest.mark.parametrize("chosen", [{}, {"result_1": "nothing"}])
def test_what_was_found_needs_its_result(take, progress, chosen):
    refused = take("search", what_1="Viestit 3.–9.3.2026", rest="y", **chosen)

    assert refused.status == 422
    assert refused.soup.select_one(".faults a")["href"] == "#result_1"
    assert refused.soup.find(id="what_1")["value"] == "Viestit 3.–9.3.2026"
    assert refused.soup.find(id="result_1")
    assert progress().searches == {}


def test_a_search_is_taken_back(take, progress):
    take("search", result_0="found")
    assert take("search", result_0="open").status == 303

    assert [each.found for each in progress().searches.values()] == [None]


def test_what_lies_outside_the_registers_is_described(take, progress, show):
    refused = take("search", result_1="found", what_1=" ")
    assert refused.status == 422
    assert refused.soup.select_one(".faults a")["href"] == "#what_1"
    assert progress().searches == {}
    take("search", result_1="found", what_1="Viestit 3.–9.3.2026")

    assert show("search").soup.find(id="what_1")["value"] == "Viestit 3.–9.3.2026"
    assert "What was found: Viestit 3.–9.3.2026" in show().words


def test_a_search_may_be_given_to_somebody_else(take, progress, show, staff_client):
    staff_client("handler", name="eino")
    take("take")
    options = show("search").soup.select("#owner_0 option")
    assert [each.get_text() for each in options] == ["aino (case handler)", "eino"]
    assert take("search", owner_0=options[1]["value"]).status == 303

    assert progress().searches["members"].owner == options[1]["value"]
