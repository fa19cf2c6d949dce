"""The page of a step: what the rules refuse changes nothing."""

import pytest

from tests.support.answerable_cases import case_of, page_of
from tests.support.desk_steps import FACTS, REASON, address, kept

PAGES = (
    *("take", "give", "rights", "note", "close", "reopen", "identity", "identity/ask"),
    *("mandate", "ask", "answered", "extend", "late", "restriction", "search"),
    "message",
)


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_step_has_a_page(staff_client, case, language, page):
    answer = staff_client("handler", language).open(address(case, page))

    assert answer.status == 200
    assert case.reference in answer.title
    assert answer.soup.main.select("form.step .button")


@pytest.mark.parametrize(
    ("page", "fields", "sentence"),
    [
        ("extend", {"facts": FACTS, "go": "draft"}, "Choose the reason for the extension."),
        ("extend", {"reason": REASON, "go": "send"}, "Write what in this request takes more time."),
        ("extend", {"reason": REASON, "facts": FACTS, "to": "20.12.2027", "go": "send"}, "The new day must be after the first one, within three months."),
        ("late", {"why": "Loma.", "go": "send"}, "The answer is not late."),
        ("close", {}, "The answer has not reached the person yet."),
        ("reopen", {"why": "Unohtui."}, "The case is open."),
        ("restriction", {"go": "lift"}, "No restriction is on."),
        ("restriction", {"which": "x", "why": "y", "go": "send"}, "No restriction is on."),
        ("answered", {"kind": "identity"}, "No such question is open."),
        ("identity", {"method": "no-doubt", "on": "1.1.2030"}, "The day is still to come."),
    ],
)  # fmt: skip
def test_what_the_rules_refuse_changes_nothing(
    desk, case, take, page, fields, sentence
):
    before = kept(desk, case)
    answer = take(page, **fields)

    assert answer.status == 409
    assert sentence in answer.words
    assert kept(desk, case) == before


@pytest.mark.parametrize("path", ["search", "identity", "decide/access", "recipients"])
def test_each_step_says_whose_data_it_is_about(desk, staff_client, path):
    case = case_of(desk, whose="child", whose_name="Taimi Testinen")
    page = staff_client("handler").open(page_of(case, path))

    assert "Kenen tiedot: Taimi Testinen . Pyytäjä: Testi Testinen" in page.words
