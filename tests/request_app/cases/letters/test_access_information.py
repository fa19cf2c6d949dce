"""What who asks for their data is told besides, and its gaps: GDPR Art. 15."""

from dataclasses import replace

import pytest

from generator.content.base_model import NotApplicableReason
from request_app.cases.letters.access_draft import information_draft
from request_app.cases.letters.access_information import Known, access_information
from request_app.cases.letters.answer import answer
from request_app.cases.letters.answer_checks import answer_faults
from request_app.cases.letters.parts import prompts
from request_app.cases.letters.placeholders import (
    filled,
    gaps_of,
    merge_gap_words,
    unfilled,
)
from request_app.cases.notice.wording import disclosures
from request_app.cases.steps.search import Searched
from request_app.published import edition_of
from request_app.store.values import Right
from tests.request_app.cases.letters.golden import LANGUAGES
from tests.support.example_case import SOME_DATA, kept_of
from tests.support.letter_facts import codes, decided, facts, handled_as, section


def informed(content, *registers, language="en", **given):
    kept = kept_of(content)
    of = [kept.register(each) for each in registers]
    return filled(access_information(kept, of, language, Known(**given), kept.law), {})


def test_what_a_complete_notice_tells_leaves_no_prompt(small):
    text = informed(small, "members")

    assert prompts(text) == []
    for heading in (
        "What the data are used for",
        "Which data",
        "Who has received data",
        "Where the data come from",
        "How long the data are kept",
        "Data outside the EU and the EEA",
        "Automated decisions and profiling",
        "Your rights",
    ):
        assert heading in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_notice_does_not_tell_becomes_a_prompt(first, language):
    assert len(prompts(informed(first, "workplace-mediation", language=language))) >= 6


def test_recipients_are_told_by_name(small):
    """C-154/21."""
    before = prompts(informed(small, "newsletter-and-events"))
    named = informed(
        small,
        "newsletter-and-events",
        got={"regatta-organisers": True},
        names={"regatta-organisers": "Esimerkkiregatta ry"},
    )
    without = informed(
        small, "newsletter-and-events", got={"regatta-organisers": False}
    )

    assert before == [
        "the name of this recipient",
        "whether data of this person were given to it",
    ]
    assert "Esimerkkiregatta ry (organiser of the regatta)" in named
    assert prompts(named) == prompts(without) == []
    assert (
        "regatta" not in without.partition("Who has received")[2].partition("Where")[0]
    )


def test_transfers_tell_country_and_safeguard(small):
    """GDPR Art. 15(2)."""
    text = informed(small, "newsletter-and-events")

    assert "Country: United States" in text
    assert "Safeguard: standard contractual clauses" in text


def test_data_given_to_nobody_are_said_so(small):
    nobody = NotApplicableReason.model_construct(not_applicable="Ei kenellekään.")
    registers = tuple(
        each.model_copy(update={"disclosures": nobody, "purposes": ()})
        for each in small.registers
    )
    content = replace(small, registers=registers)

    assert "Your data have not been given to anyone." in informed(
        content, "newsletter-and-events"
    )


def test_what_was_erased_is_told_as_it_was(small):
    erased = decided(Right.ERASURE, "newsletter-and-events")
    given = decided(Right.ACCESS, "all")
    about = facts(small, "en", Right.ACCESS, Right.ERASURE)
    text = section(
        answer(about, handled_as(decisions=[given, erased])), "access_information"
    )
    members, _, newsletter = text.partition("Register of the newsletter")

    assert "What the data are used for" in members
    assert "What the data were used for" in newsletter


def test_where_nothing_was_found_nothing_more_is_told(small):
    handled = handled_as(
        decisions=[decided(Right.ACCESS, "all")],
        searches=[
            Searched(place="members", found=True),
            Searched(place="newsletter-and-events", found=False),
        ],
    )
    text = section(answer(facts(small, "en"), handled), "access_information")

    assert "Register of members" in text
    assert "Register of the newsletter and events" not in text


# ---------------------------------------------------------------- its gaps


def open_draft(small, language="en", **said):
    """Access to the newsletter, whose notice does not know who got data."""
    about = facts(
        small,
        language,
        case=SOME_DATA,
        registers=frozenset({"newsletter-and-events"}),
    )
    handled = handled_as(decisions=[decided(Right.ACCESS, "all")], words=said)
    return about, handled


def test_each_gap_of_the_draft_is_told_once_with_its_place(small):
    about, handled = open_draft(small)
    found = [each for each in answer_faults(about, handled) if each.code == "prompt"]

    assert len(found) == len({each.place for each in found}) == 2
    assert found[0].about == (
        "Who has received data: the name of this recipient (organiser of the regatta)"
    )


def test_what_is_said_in_a_gap_stands_in_its_place(small):
    about, handled = open_draft(small)
    name, whether = gaps_of(information_draft(about, handled), {})
    said = {name.name: "Esimerkkiregatta ry", whether.name: "yes"}
    about, handled = open_draft(small, **said)
    text = section(answer(about, handled), "access_information")

    assert whether.whether
    assert "- Esimerkkiregatta ry (organiser of the regatta)\n" in text
    assert codes(about, handled) == set()


def test_who_got_nothing_is_not_told_of(small):
    about, handled = open_draft(small)
    _, whether = gaps_of(information_draft(about, handled), {})
    about, handled = open_draft(small, **{whether.name: "no"})

    text = section(answer(about, handled), "access_information")
    assert "organiser" not in text
    assert codes(about, handled) == set()


def drafted(content, *registers, **given):
    kept = kept_of(content)
    of = [kept.register(each) for each in registers]
    return access_information(kept, of, "en", Known(**given), kept.law)


def abroad(small, *recipients):
    """The newsletter’s register, whose data may go to these in Brazil, unguarded."""
    usual = next(each for each in disclosures(small.registers[0]) if each.id)
    unknown = {"name": None, "named_at": None, "safeguard": None, "country": "BR"}
    going = tuple(
        usual.model_copy(update=unknown | {"id": each, "certainty": "may-be-disclosed"})
        for each in recipients
    )
    changed = {"disclosures": going, "transfers": None, "joint_controllers": None}
    return replace(
        small,
        registers=tuple(
            each.model_copy(
                update=changed | {"purposes": tuple(map(_undisclosed, each.purposes))}
            )
            for each in small.registers
        ),
    )


def _undisclosed(purpose):
    return purpose.model_copy(update={"disclosures": None})


def test_where_nobody_got_anything_the_draft_says_so(small):
    draft = drafted(abroad(small, "one", "two"), "members")
    said = {each.name: "no" for each in gaps_of(draft, {}) if each.whether}
    text = filled(draft, said)

    assert "Your data have not been given to anyone." in text
    assert "We do not transfer data outside" in text
    assert list(unfilled(draft, said)) == []


def test_who_got_nothing_stands_nowhere_else_either(small):
    draft = drafted(abroad(small, "one", "two"), "members")
    [one] = [each for each in gaps_of(draft, {}) if each.about[2:] == ("one", "got")]
    left = {each.about[2] for each in unfilled(draft, {one.name: "no"})}

    assert left == {"two"}
    assert filled(draft, {one.name: "no"}).count("Brazil") == 1
    assert one in gaps_of(draft, {one.name: "no"})  # it can be said otherwise


def test_what_was_said_of_one_recipient_never_stands_at_another(small):
    content = abroad(small, "one", "two")
    first, second = (
        each
        for each in gaps_of(drafted(content, "members"), {})
        if each.asks == "what protects the data there"
    )
    settled = drafted(content, "members", got={"one": False})

    assert first.name != second.name
    assert "Our contract" not in filled(settled, {first.name: "Our contract"})
    assert "Our contract" in filled(settled, {second.name: "Our contract"})


def test_whom_staff_found_is_told_of(small):
    """C-154/21."""
    both = {"rowing-federation": False, "accounting": False, "own-1": True}
    draft = drafted(small, "members", got=both, names={"own-1": "Veneliitto ry"})
    text = filled(draft, {})

    assert "Other recipients\n- Veneliitto ry" in text
    assert "not been given to anyone" not in text
    nobody = filled(drafted(small, "members", got=both | {"own-1": False}), {})
    assert "Other recipients" not in nobody
    assert "Your data have not been given to anyone." in nobody


def test_nobody_got_data_is_said_of_the_whole_only(small):
    """Of one register among several something less is true."""
    none = {"rowing-federation": False, "accounting": False}
    text = informed(small, "members", "newsletter-and-events", got=none)

    assert "not been given to anyone" not in text
    assert "None of the recipients that our privacy notice names" in text


def test_what_is_said_goes_into_an_edited_text_where_it_was_left_alone(small):
    draft = drafted(abroad(small, "one", "two"), "members")
    gaps = list(gaps_of(draft, {}))
    said = {each.name: "yes" if each.whether else f"“{each.name}”" for each in gaps}
    text = filled(draft, {}).replace("Your rights", "Oikeutesi")
    cut = text.replace("Safeguard:", "Guard:", 1)

    assert merge_gap_words(draft, {}, said, text) == filled(draft, said).replace(
        "Your rights", "Oikeutesi"
    )
    assert len(prompts(merge_gap_words(draft, {}, said, cut))) == 1


def test_a_bracket_that_is_typed_into_a_gap_keeps_the_letter_back(small):
    about, handled = open_draft(small)
    name, whether = gaps_of(information_draft(about, handled), {})
    about, handled = open_draft(small, **{name.name: "⟦who⟧", whether.name: "yes"})

    assert codes(about, handled) == {"prompt"}


def test_a_draft_that_staff_wrote_takes_the_place_of_ours(small):
    handled = handled_as(
        decisions=[decided(Right.ACCESS, "all")],
        words={"access_information": "Tämä on meidän."},
    )

    letter = answer(facts(small, "fi"), handled)
    assert section(letter, "access_information") == "Tämä on meidän."


def test_the_answer_is_made_from_the_notice_of_the_day_of_receipt(small):
    later = replace(small, registers=())
    about = replace(facts(small, "en"), now=later)
    handled = handled_as(decisions=[decided(Right.ACCESS, "members")])

    assert edition_of(later).notice != edition_of(small).notice
    assert "Register of members" in section(
        answer(about, handled), "access_information"
    )
