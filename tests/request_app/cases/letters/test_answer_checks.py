"""What keeps an answer from being sent, and what is unusual in it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from request_app.cases.letters import answer_checks
from request_app.cases.letters.answer import answer
from request_app.cases.letters.answer_checks import (
    ANSWER_MESSAGES,
    answer_faults,
    warnings,
)
from request_app.cases.letters.parts import render
from request_app.cases.rights import BY_REGISTER, Outcome
from request_app.cases.steps.search import Searched
from request_app.published import kept
from request_app.store.notices import Notice
from request_app.store.values import Right
from tests.request_app.cases.letters.golden import LANGUAGES, WORDS, answers
from tests.support.example_case import SOME_DATA
from tests.support.letter_facts import (
    BOTH,
    codes,
    decided,
    everywhere,
    facts,
    got,
    handled_as,
    not_got,
    places,
    refused,
    section,
    warned,
)


def test_answers_ready_to_send_have_no_fault(small):
    for language in LANGUAGES:

        def of(*rights, language=language, **changes):
            return facts(small, language, *rights, **changes)

        for name, (about, handled) in answers(of, WORDS[language]).items():
            assert list(answer_faults(about, handled)) == [], (language, name)


# ---------------------------------------------------------------- what is asked is decided


def test_what_is_asked_is_decided(small):
    about = facts(small, "en", Right.ACCESS, Right.MARKETING)

    assert codes(about, handled_as(decisions=[])) == {"undecided"}


def test_each_register_needs_a_word_where_one_has_it(small):
    about = facts(small, "en", Right.ERASURE)
    handled = handled_as(decisions=[decided(Right.ERASURE, "members")])

    assert places(about, handled, "undecided") == ["erasure/newsletter-and-events"]


@pytest.mark.parametrize("right", sorted(BY_REGISTER))
def test_no_right_leaves_a_register_without_a_word(small, right):
    """Each of them is decided register by register on the desk."""
    about = facts(small, "en", right)
    handled = handled_as(
        decisions=[decided(right, "members")],
        searches=[Searched(place="place_mail", found=True)],
    )

    left = [f"{right}/newsletter-and-events", f"{right}/place_mail"]
    assert places(about, handled, "undecided") == left
    assert answer(about, handled).section("summary") is None


@pytest.mark.parametrize(
    "some",
    [
        decided(Right.ERASURE, "members", data="e-mail address only"),
        decided(Right.ERASURE, "members#2", data="e-mail address only"),
        decided(Right.ERASURE, "all", data="e-mail address only"),
    ],
)
def test_a_part_is_not_told_as_the_whole(small, some):
    """Of what is kept the reasons are told: GDPR Art. 12(4)."""
    members = {"case": SOME_DATA, "registers": frozenset({"members"})}
    about = facts(small, "en", Right.ACCESS, Right.ERASURE, **members)
    handled = handled_as(decisions=[decided(Right.ACCESS, "all"), some])
    letter = answer(about, handled)

    assert places(about, handled, "undecided") == ["erasure/members"]
    assert letter.section("summary") is None
    told = section(letter, "access_information")
    assert "What the data are used for" in told
    assert "What the data were used for" not in told


def test_parts_and_the_whole_of_a_register_are_told_as_erased(small):
    members = {"case": SOME_DATA, "registers": frozenset({"members"})}
    about = facts(small, "en", Right.ACCESS, Right.ERASURE, **members)
    erased = [decided(Right.ERASURE, each) for each in ("members", "members#2")]
    handled = handled_as(decisions=[decided(Right.ACCESS, "all"), *erased])
    letter = answer(about, handled)

    assert places(about, handled, "undecided") == []
    assert section(letter, "summary") == "We have done what you asked."
    assert "What the data were used for" in section(letter, "access_information")


def test_each_item_to_correct_needs_a_word(small):
    about = facts(small, "en", Right.RECTIFICATION)
    items = {"item-1": ("Airila", "Airola"), "item-2": ("2019", "2018")}
    first = decided(Right.RECTIFICATION, "item-1", old="Airila", new="Airola")
    handled = handled_as(decisions=[first], corrections=items)

    assert places(about, handled, "undecided") == ["rectification/item-2"]
    assert answer(about, handled).section("summary") is None


# ---------------------------------------------------------------- what a decision lacks


@pytest.mark.parametrize("name", ["facts", "kept_until"])
def test_a_refused_erasure_lacks_nothing(small, name):
    """Reason, provision and how long the data are kept: GDPR Art. 12(4)."""
    decision = refused(Right.ERASURE, "exception_17_3_e", group="all", **{name: ""})
    found = list(
        answer_faults(
            facts(small, "en", Right.ERASURE), handled_as(decisions=[decision])
        )
    )

    assert f"erasure/all/{name}" in {each.place for each in found}


@pytest.mark.parametrize(
    ("right", "ground", "code"),
    [
        (Right.ERASURE, None, "no-ground"),
        (Right.ERASURE, "made-up", "no-ground"),
        (Right.ERASURE, "exception_34", "wrong-ground"),
        (Right.ACCESS, "not_identified", "wrong-ground"),
        (Right.MARKETING, "excessive", "never-refused"),
        (Right.WITHDRAWAL, "special_law", "never-refused"),
    ],
)
def test_a_ground_goes_with_its_rights_only(small, right, ground, code):
    handled = handled_as(decisions=[refused(right, ground, group="all")])

    assert code in codes(facts(small, "en", right), handled)


def test_another_law_is_named_by_staff(small):
    decision = refused(Right.OBJECTION, "special_law", group="all", provision="")

    assert "no-provision" in codes(
        facts(small, "en", Right.OBJECTION), handled_as(decisions=[decision])
    )


def test_rectification_needs_old_and_new(small):
    about = facts(small, "en", Right.RECTIFICATION)
    handled = handled_as(decisions=[decided(Right.RECTIFICATION, "item-1", old="1974")])

    assert "no-old-or-new" in codes(about, handled)


def test_a_request_passed_on_names_the_controller(small):
    handled = handled_as(decisions=[decided(Right.ACCESS, "all", Outcome.PASSED_ON)])

    assert "no-controller" in codes(facts(small, "en"), handled)


def test_what_was_found_elsewhere_needs_a_word_and_is_named(small):
    """E-mail and paper are a part of the answer too: EDPB 01/2022 ¶95–99."""
    about = facts(small, "en", case=SOME_DATA, registers=frozenset({"members"}))
    members = decided(Right.ACCESS, "members")
    mails = decided(Right.ACCESS, "place_mail", data="messages of May")
    searches = [
        Searched(place="place_mail", found=True),
        Searched(place="place_paper", found=False),
    ]
    without = handled_as(decisions=[members], searches=searches)
    whole = handled_as(decisions=[members, mails], searches=searches)

    places = [each.place for each in answer_faults(about, without)]
    assert places == ["access/place_mail"]
    assert codes(about, whole) == set()
    assert "- E-mail: messages of May" in section(answer(about, whole), "done")


# ---------------------------------------------------------------- what the search says


@pytest.mark.parametrize(
    ("searches", "code"),
    [
        ([], "no-places"),
        ([Searched(place="members")], "still-searching"),
        ([Searched(place="members", found=True)], "found"),
    ],
)
def test_no_data_is_said_only_where_all_was_searched(small, searches, code):
    handled = handled_as(
        decisions=[decided(Right.ACCESS, "all", Outcome.NO_DATA)], searches=searches
    )

    assert code in codes(facts(small, "en"), handled)


def test_nothing_is_found_only_where_everybody_looked(small):
    """Places that nobody has opened yet count as well: EDPB 01/2022 ¶95–99."""
    nothing = [decided(Right.ACCESS, "all", Outcome.NO_DATA)]
    searches = everywhere("members", "place_paper", found=False)
    handled = handled_as(decisions=nothing, searches=searches)
    about = facts(small, "en")

    left = ["members", "place_paper"]
    assert places(about, handled, "still-searching") == left
    found = handled_as(decisions=nothing, searches=everywhere(found=False))
    assert codes(about, found) == set()


CORRECTIONS = {"item-1": ("Airila", "Airola"), "item-2": ("2019", "2018")}
NO_SUCH_ITEM = decided(Right.RECTIFICATION, "item-2", Outcome.NO_DATA)


@pytest.mark.parametrize(
    ("beside", "corrections"),
    [
        pytest.param(
            [decided(Right.RECTIFICATION, "item-1", old="Airila", new="Airola")],
            CORRECTIONS,
            id="beside what was corrected",
        ),
        pytest.param([], {"item-2": ("2019", "2018")}, id="alone"),
    ],
)
def test_an_item_that_is_not_there_needs_no_correction(small, beside, corrections):
    """GDPR Art. 16: of the person there are data, but not these."""
    members = {"case": SOME_DATA, "registers": frozenset({"members"})}
    about = facts(small, "en", Right.RECTIFICATION, **members)
    handled = handled_as(
        decisions=[*beside, NO_SUCH_ITEM],
        searches=[Searched(place="members", found=True)],
        corrections=corrections,
        recipients=[got("rowing-federation"), *not_got("accounting")],
    )
    letter = answer(about, handled)

    assert section(letter, "no_such_data") == (
        "We do not have these data, so there is nothing to correct:\n"
        "- “2019”, which you asked to have as “2018”"
    )
    assert "found none" not in render(letter)
    assert codes(about, handled) == set()


def test_where_nothing_was_found_no_item_is_told_by_itself(small):
    about = facts(small, "en", Right.RECTIFICATION)
    searches = everywhere(found=False)
    handled = handled_as(decisions=[NO_SUCH_ITEM], searches=searches)
    letter = answer(about, handled)

    assert letter.section("no_such_data") is None
    assert "- Register of members" in section(letter, "no_data")
    assert codes(about, handled) == set()


def test_what_was_found_never_stands_among_what_was_not(small):
    """“We found none” is said of all places, whatever was decided one by one."""
    nothing = [decided(Right.ACCESS, each, Outcome.NO_DATA) for each in sorted(BOTH)]
    mail = Searched(place="place_mail", found=True)
    searches = [*everywhere("place_mail", found=False), mail]
    handled = handled_as(decisions=nothing, searches=searches)
    about = facts(small, "en")

    assert "- E-mail" not in section(answer(about, handled), "no_data")
    assert places(about, handled, "found") == ["place_mail"]


@pytest.mark.parametrize("group", ["members", "members#2", "all"])
def test_what_the_search_did_not_find_is_not_given(small, group):
    """The search may change after somebody has decided."""
    given = [decided(Right.ACCESS, group, data="x" if "#" in group else "")]
    about = facts(small, "en")
    not_there = handled_as(decisions=given, searches=everywhere(found=False))
    there = handled_as(decisions=given, searches=everywhere(found=True))

    assert places(about, not_there, "not-found") == [f"access/{group}"]
    assert not places(about, there, "not-found")


def test_a_prompt_in_what_staff_wrote_keeps_the_letter_back(small):
    about = facts(small, "en", Right.OBJECTION)
    words = {"facts": "We ⟦why?⟧ need the data."}
    handled = handled_as(
        decisions=[
            refused(Right.OBJECTION, "compelling_grounds_21_1", group="all", **words)
        ]
    )

    assert [(each.code, each.about) for each in answer_faults(about, handled)] == [
        ("prompt", "why?")
    ]


def test_a_notice_that_cannot_be_read_stops_the_letter_and_not_the_case(small):
    about = replace(facts(small, "fi"), kept=kept(Notice("{}")), now=None)
    handled = handled_as(decisions=[decided(Right.ACCESS, "all")])

    assert "prompt" in codes(about, handled)
    assert "Vastaus pyyntöösi" in render(answer(about, handled))


# ---------------------------------------------------------------- what is unusual


def test_who_gives_data_is_reminded_of_where_nobody_looked(small):
    searches = everywhere("place_paper", found=True)
    given = handled_as(decisions=[decided(Right.ACCESS, "all")], searches=searches)
    [_, warning] = warnings(facts(small, "en"), given)

    assert (warning.code, warning.about) == ("unsearched", "Paper")


def test_what_is_given_is_attached(small):
    handled = handled_as(
        decisions=[decided(Right.ACCESS, "all")], searches=everywhere(found=True)
    )
    attached = replace(handled, attached=["data.csv"])
    written_out = replace(handled, words={"own_words": "Your year of birth: 1947"})

    assert warned(facts(small, "en"), handled) == ["nothing-attached"]
    assert warned(facts(small, "en"), attached) == []
    assert warned(facts(small, "en"), written_out) == []


def test_data_are_given_before_they_are_erased(small):
    """EDPB 01/2022, example 6."""
    about = facts(small, "en", Right.ACCESS, Right.ERASURE)
    given = decided(Right.ACCESS, "all", on=date(2026, 12, 10))
    erased = [decided(Right.ERASURE, "all", on=date(2026, 12, day)) for day in (9, 10)]

    def of_both(each):
        searches = everywhere(found=True)
        return handled_as(
            decisions=[given, each], searches=searches, attached=["data.csv"]
        )

    found = [warned(about, of_both(each)) for each in erased]
    assert found == [["erased-first"], []]


def test_a_refusal_after_an_extension_is_late(small):
    """Art. 12(4) knows no extension."""
    about = facts(small, "en", Right.OBJECTION, today=date(2027, 1, 15))
    about = replace(about, case=replace(about.case, extended_to=date(2027, 2, 22)))
    handled = handled_as(
        decisions=[refused(Right.OBJECTION, "legal_claims_21_1", group="all")]
    )

    assert answer(about, handled).section("late") is None
    assert warned(about, handled) == ["refusal-late"]


def test_the_day_that_is_printed_is_the_one_that_was_passed(small):
    """Art. 12(4): a refusal has one month, whatever moved the last day since."""
    about = facts(small, "en", Right.OBJECTION, original_due=date(2026, 12, 11))
    handled = handled_as(
        decisions=[refused(Right.OBJECTION, "legal_claims_21_1", group="all")]
    )

    [late] = warnings(about, handled)
    assert (late.code, late.about) == ("refusal-late", about.day(date(2026, 12, 11)))


def test_every_fault_has_words():
    source = Path(answer_checks.__file__).read_text()
    given = set(re.findall(r'Fault\(\s*"([\w-]+)"', source))
    given |= set(re.findall(r'yield "([\w-]+)", "', source))

    assert given <= set(ANSWER_MESSAGES)
