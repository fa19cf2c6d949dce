"""The answer: what it says of what was decided."""

from dataclasses import replace
from datetime import date

import pytest

from request_app.cases.grounds import REFUSALS, refusals_of
from request_app.cases.letters.answer import answer
from request_app.cases.rights import Outcome
from request_app.cases.steps.search import Searched
from request_app.store.values import AT_ONCE, Right
from tests.request_app.cases.letters.golden import LANGUAGES
from tests.support.example_case import CASE, SOME_DATA
from tests.support.letter_facts import (
    codes,
    decided,
    facts,
    handled_as,
    not_got,
    refused,
    section,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("right", "ground"),
    [
        (right, each.id)
        for right in sorted(set(Right) - AT_ONCE)
        for each in refusals_of(right)
    ],
)
def test_every_refusal_gives_reason_provision_and_remedy(
    small, language, right, ground
):
    about = facts(small, language, right)
    handled = handled_as(decisions=[refused(right, ground, group="all")])
    letter = answer(about, handled)

    told = section(letter, "not_done")
    provision = REFUSALS[ground].provision_of(right)[language]
    if REFUSALS[ground].names_provision:
        provision = "Laki 1 §"
    assert REFUSALS[ground].lead[language] in told
    assert "Because." in told
    assert provision in told
    assert not letter.section("complaint").editable
    assert bool(letter.section("to_ombudsman")) is (ground == "exception_34")
    # what else is open: the information of Art. 15, and who is told of a statement added
    assert codes(about, handled) <= {"prompt", "recipient-open"}


@pytest.mark.parametrize("ground", [each.id for each in refusals_of(Right.ACCESS)])
def test_a_refused_copy_comes_with_information_unless_that_is_refused_too(
    small, ground
):
    """EDPB 01/2022 ¶172."""
    handled = handled_as(decisions=[refused(Right.ACCESS, ground, group="all")])
    letter = answer(facts(small, "fi", Right.ACCESS), handled)
    withheld = ground in {"exception_34", "unfounded", "excessive"}

    assert (letter.section("access_information") is None) is withheld


def test_deciding_again_takes_the_place_of_what_was_decided(small):
    about = facts(small, "en", Right.OBJECTION)
    handled = handled_as(
        decisions=[
            refused(Right.OBJECTION, "compelling_grounds_21_1", group="all"),
            decided(Right.OBJECTION, "all"),
        ]
    )

    assert answer(about, handled).section("not_done") is None
    assert codes(about, handled) == set()


def test_a_part_of_a_register_is_decided_by_itself(small):
    about = facts(
        small, "en", Right.ERASURE, case=SOME_DATA, registers=frozenset({"members"})
    )
    handled = handled_as(
        decisions=[
            decided(Right.ERASURE, "members"),
            refused(
                Right.ERASURE, "exception_17_3_b", group="members#2", data="invoices"
            ),
        ],
        recipients=not_got("rowing-federation", "accounting"),
    )
    letter = answer(about, handled)

    assert "- Register of members, but for what is listed" in section(letter, "done")
    assert section(letter, "not_done").splitlines()[:2] == [
        "We did not erase these data:",
        "- Register of members: invoices",
    ]
    assert "nobody to tell" in section(letter, "told")
    assert codes(about, handled) == set()


def test_a_refusal_names_the_other_act_beside_the_article(small):
    """What staff wrote of the law is a reason too: GDPR Art. 12(4), 17(3)(b)."""
    words = {"provision": "Accounting Act (1336/1997), chapter 2 section 10"}
    no = refused(Right.ERASURE, "exception_17_3_b", **words)
    alone = refused(Right.ERASURE, "exception_17_3_b", provision="")

    def provision(decision):
        about = facts(small, "en", Right.ERASURE)
        told = section(answer(about, handled_as(decisions=[decision])), "not_done")
        return next(each for each in told.splitlines() if "Provision" in each)

    assert provision(no) == f"Provision: GDPR, Article 17(3)(b); {words['provision']}"
    assert provision(alone) == "Provision: GDPR, Article 17(3)(b)"


def test_a_day_until_which_data_are_kept_stands_in_a_sentence(small):
    def until(language, text):
        no = refused(Right.ERASURE, "exception_17_3_e", kept_until=text)
        about = facts(small, language, Right.ERASURE)
        return section(answer(about, handled_as(decisions=[no])), "not_done")

    assert "Säilytämme ne 31.12.2030 asti." in until("fi", "31.12.2030")
    assert "We keep them until 31 December 2030." in until("en", "31.12.2030")
    assert "Säilytysaika: kunnes asia päättyy" in until("fi", "kunnes asia päättyy")


def test_data_are_said_to_be_attached_where_they_are(small):
    handled = handled_as(decisions=[decided(Right.ACCESS, "all")])
    attached = replace(handled, attached=["members.csv"])
    letters_ = [answer(facts(small, "en"), each) for each in (handled, attached)]

    told = ["attached to this answer" in section(each, "done") for each in letters_]
    assert told == [False, True]
    assert section(letters_[1], "attached") == "- members.csv"


@pytest.mark.parametrize("name", ["", "Testi Testinen"])
def test_a_letter_greets_and_is_signed_by_the_organisation(small, name):
    letter = answer(facts(small, "fi", name=name), handled_as(decisions=[]))

    assert section(letter, "greeting") == (f"Hei {name}," if name else "Hei,")
    assert section(letter, "signature").endswith("\nEsimerkkilän soutuseura ry")


@pytest.mark.parametrize(
    ("rights", "text"),
    [
        ([Right.ACCESS], "Pyysit 22.11.2026, että saisit nähdä tietosi."),
        ([Right.WITHDRAWAL], "Peruutit suostumuksesi 22.11.2026."),
        ([Right.ACCESS, Right.ERASURE], "että\n- saisit nähdä tietosi\n- poistaisimme"),
    ],
)
def test_what_was_asked_is_a_sentence_or_a_list(small, rights, text):
    letter = answer(facts(small, "fi", *rights), handled_as(decisions=[]))

    assert text in section(letter, "asked")


def test_an_item_that_is_not_corrected_is_quoted(small):
    no = refused(Right.RECTIFICATION, "data_correct", group="item-1")
    handled = handled_as(decisions=[no], corrections={"item-1": ("2019", "2018")})
    letter = answer(facts(small, "fi", Right.RECTIFICATION), handled)

    assert "- ”2019”, jonka tilalle pyysit ”2018”" in section(letter, "not_done")
    half = replace(handled, corrections={"item-1": ("", "2018")})
    letter = answer(facts(small, "fi", Right.RECTIFICATION), half)
    assert "- pyyntösi kohta 1\n" in section(letter, "not_done")


@pytest.mark.parametrize("right", sorted(AT_ONCE))
def test_what_is_done_at_once_says_so(small, right):
    handled = handled_as(decisions=[decided(right, "all")])
    text = section(answer(facts(small, "en", right), handled), "done")

    assert "This takes effect at once" in text


def test_access_describes_the_day_of_receipt(small):
    """EDPB 01/2022 ¶36–39."""
    handled = handled_as(
        decisions=[decided(Right.ACCESS, "all", on=date(2026, 12, 14))]
    )

    text = section(answer(facts(small, "en"), handled), "done")
    assert "as they were on 22 November 2026" in text


def test_an_answer_after_the_last_day_apologises(small):
    late = facts(small, "en", today=date(2026, 12, 23))
    in_time = facts(small, "en", today=date(2026, 12, 22))
    answered = replace(late.case, answered_on=date(2026, 12, 22))
    anew = replace(late, case=answered)  # in a case that was reopened
    handled = handled_as(decisions=[])

    assert section(answer(late, handled), "late") == "Our answer is late. We apologise."
    assert answer(in_time, handled).section("late") is None
    assert answer(anew, handled).section("late") is None


def test_a_letter_is_written_in_a_language_of_the_notice(small):
    assert answer(facts(small, "sv"), handled_as(decisions=[])).language == "fi"


@pytest.mark.parametrize(("case", "only"), [(CASE, True), (SOME_DATA, False)])
def test_nothing_else_is_kept_only_where_all_data_were_asked_for(small, case, only):
    nowhere = [Searched(place="members", found=False)]
    none = decided(Right.ACCESS, "members", Outcome.NO_DATA)
    handled = handled_as(decisions=[none], searches=nowhere)
    about = facts(small, "en", case=case, registers=frozenset({"members"}))

    text = section(answer(about, handled), "still_kept")
    assert ("We now keep only" in text) is only
