"""Whom a change concerns, and what the answer tells of it: GDPR Art. 19."""

from dataclasses import replace
from datetime import date

import pytest

from request_app.cases.decision.recipients import NOBODY_ELSE
from request_app.cases.letters.answer import answer
from request_app.cases.steps.facts import WhyNotTold
from request_app.cases.steps.notification import RecipientSettled
from request_app.store.values import Right
from tests.support.example_case import SOME_DATA
from tests.support.letter_facts import (
    BOTH,
    codes,
    decided,
    facts,
    got,
    handled_as,
    not_got,
    places,
    section,
)


@pytest.mark.parametrize(
    "right", [Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION]
)
def test_recipients_have_to_be_settled_after_a_change(small, right):
    """GDPR Art. 19."""
    about = facts(small, "en", right)
    handled = handled_as(decisions=[decided(right, "all", old="a", new="b")])

    assert "recipient-open" in codes(about, handled)


@pytest.mark.parametrize(
    ("step", "words", "code"),
    [
        ({"got": True}, {}, "recipient-untold"),
        ({"got": True, "why_not": WhyNotTold.IMPOSSIBLE}, {}, "recipient-why"),
        ({"got": True, "told_on": date(2026, 12, 10)}, {}, "recipient-nameless"),
    ],
)
def test_a_recipient_is_named_and_told_or_it_is_said_why_not(small, step, words, code):
    about = facts(small, "en", Right.ERASURE)
    settled = RecipientSettled(recipient="regatta-organisers", **step)
    handled = handled_as(
        decisions=[decided(Right.ERASURE, "newsletter-and-events")],
        recipients=[*not_got("newsletter-service"), (settled, words)],
    )

    assert code in codes(about, handled)


def test_who_got_nothing_that_changed_stands_not_among_the_told(small):
    about = facts(small, "en", Right.ERASURE)
    others = RecipientSettled(recipient="regatta-organisers", got=True, unchanged=True)
    handled = handled_as(
        decisions=[decided(Right.ERASURE, "newsletter-and-events")],
        recipients=[*not_got("newsletter-service"), (others, {})],
    )

    text = section(answer(about, handled), "told")
    assert text == (
        "We have not given the data that we erased to anyone, so there was nobody to "
        "tell of it."
    )
    assert not any(each.startswith("recipient") for each in codes(about, handled))


@pytest.mark.parametrize(
    ("group", "stops"),
    [("members", True), ("newsletter-and-events", False), ("place_mail", False)],
)
def test_who_was_told_before_a_change_of_its_data_is_not_told(small, group, stops):
    about = facts(small, "en", Right.ERASURE, case=SOME_DATA, registers=BOTH)
    none = ("newsletter-service", "regatta-organisers", "rowing-federation")
    handled = handled_as(
        decisions=[decided(Right.ERASURE, group, data="some")],
        recipients=[*not_got(*none), got("accounting", on=date(2026, 12, 1))],
    )

    assert ("recipient-untold" in codes(about, handled)) == stops


def test_a_restriction_set_meanwhile_is_told_to_recipients(small):
    about = facts(small, "en", Right.OBJECTION)
    handled = handled_as(
        decisions=[decided(Right.OBJECTION, "all")], restricted_on=date(2026, 11, 23)
    )

    assert "We restricted the use of your data on 23 November 2026" in section(
        answer(about, handled), "done"
    )
    assert "recipient-open" in codes(about, handled)


def test_a_recipient_that_staff_found_is_told_of(small):
    about = facts(
        small, "en", Right.ERASURE, case=SOME_DATA, registers=frozenset({"members"})
    )
    handled = handled_as(
        decisions=[decided(Right.ERASURE, "members")],
        recipients=[
            *not_got("rowing-federation", "accounting"),
            got("own-1", name="Esimerkkipursi ry"),
        ],
    )

    assert section(answer(about, handled), "told") == (
        "We told of the erasure: Esimerkkipursi ry (10 December 2026)"
    )
    assert codes(about, handled) == set()


def test_of_a_change_elsewhere_no_recipient_of_a_register_is_told(small):
    erased = decided(Right.ERASURE, "place_mail", data="messages of May")
    handled = handled_as(decisions=[erased])
    about = facts(small, "en", Right.ERASURE)

    assert answer(about, handled).section("told") is None
    assert "recipient-open" not in codes(about, handled)


def test_where_the_notice_is_silent_nobody_is_said_to_have_got_data(small):
    """What Art. 15 makes a prompt, Art. 19 does not take for “nobody”."""
    silent = {"disclosures": None, "joint_controllers": None, "purposes": ()}
    registers = tuple(each.model_copy(update=silent) for each in small.registers)
    content = replace(small, registers=registers)
    asked = {"case": SOME_DATA, "registers": frozenset({"members"})}
    about = facts(content, "en", Right.ERASURE, **asked)
    erased = [decided(Right.ERASURE, "members")]
    handled = handled_as(decisions=erased)
    another = handled_as(decisions=erased, recipients=not_got("own-1"))
    settled = handled_as(decisions=erased, recipients=not_got(NOBODY_ELSE))

    assert section(answer(about, handled), "told") == "⟦who has received data, by name⟧"
    assert places(about, handled, "recipient-unknown") == ["own-1"]
    assert places(about, another, "recipient-unknown") == ["own-1"]
    assert "not given your data to anyone" in section(answer(about, settled), "told")
    assert not places(about, settled, "recipient-unknown")
