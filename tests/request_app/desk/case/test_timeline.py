"""What happened in a case, as its page and its file say it: in words, never in keys."""

import pytest

from request_app.cases.steps.assignment import Noted
from request_app.cases.steps.decision import Undecided
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.step import ProposedStep
from request_app.store.values import Right
from tests.support.answerable_cases import case_of, do, granted, known, page_of, refused


def part(**words):
    given = {"facts": "Maksoit.", "kept_until": "2032", "provision": "2:10 §"}
    return refused(
        Right.ERASURE, "members#2", ground="exception_17_3_b", **given | words
    )


def sentences(page):
    return [each.get_text() for each in page.soup.select(".history .what")]


@pytest.fixture
def case(desk):
    return case_of(desk, Right.ERASURE, Right.RECTIFICATION)


def test_a_part_of_a_register_is_named_with_its_data(desk, handler, case):
    do(desk, case, known(), part(data="laskut 2026"))
    do(desk, case, Undecided(right=Right.ERASURE, group="members#2"))
    page = handler.open(page_of(case))

    undone, decided, *_ = sentences(page)
    assert "(tiedot: Jäsenrekisteri, laskut 2026)" in decided
    assert "(tiedot: Jäsenrekisteri)" in undone
    assert "members" not in page.soup.find(id="history").parent.get_text()


def test_an_item_is_named_and_its_old_and_new_stand_below(desk, handler, case):
    right = granted(Right.RECTIFICATION, "item-1")
    do(
        desk,
        case,
        known(),
        ProposedStep(step=right.step, values={"old": "a", "new": "b"}),
    )
    page = handler.open(page_of(case))

    assert sentences(page)[0].endswith("(tiedot: Kohta 1)")
    said = [each.get_text() for each in page.soup.select(".history .said")]
    assert said == ["Tieto oli: a", "Tieto on nyt: b"]


def test_a_recipient_that_staff_found_is_called_by_its_name(desk, handler, case):
    own = RecipientSettled(recipient="own-1", got=True, unchanged=True)
    do(desk, case, ProposedStep(step=own, words={"name": "Naapuri Oy"}))
    page = handler.open(page_of(case))

    assert (
        sentences(page)[0]
        == "Sai tietoja, mutta ei niitä, jotka muuttuivat: Naapuri Oy"
    )
    assert "own-1" not in page.words
    file = handler.open(page_of(case, "file"))
    assert "Naapuri OySai tietoja, mutta ei niitä, jotka muuttuivat." in "".join(
        each.get_text() for each in file.soup.select("dl > div")
    )


def test_the_file_names_parts_and_items_too(desk, handler, case):
    do(desk, case, known(), part(data="laskut 2026"))
    words = handler.open(page_of(case, "file")).soup.main.get_text()

    assert "members#2" not in words
    assert "Jäsenrekisteri" in words


@pytest.mark.parametrize(("steps", "folded"), [(5, None), (17, "Näytä aiemmat (13)")])
def test_what_is_older_is_folded(desk, handler, case, steps, folded):
    do(desk, case, *[ProposedStep(step=Noted(), words={"note": "x"})] * steps)
    section = handler.open(page_of(case)).soup.find(id="history").parent

    summary = section.find("summary")
    assert (summary.get_text() if summary else None) == folded
    assert len(section.select(":scope > ol > li")) == (5 if folded else 6)
    assert len(section.select("li")) == steps + 1
