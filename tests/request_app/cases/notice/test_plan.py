"""The checklists of a case, made from the notice of the day of receipt."""

import re
from dataclasses import replace

import pytest

from generator.content.model import Disclosure, JointControllers, Party
from generator.content.values import Text
from request_app.cases.notice.hints import kept_by_law
from request_app.cases.notice.plan import (
    OTHER_PLACES,
    Scope,
    place_name,
    places_to_search,
    plan,
)
from request_app.cases.notice.wording import id_of
from request_app.store.values import Right
from tests.support.example_case import CASE, SOME_DATA, kept_of

EVERYTHING = frozenset(Right)


def planned(content, *rights, case=CASE, registers=(), now=None, language="en"):
    scope = Scope(case, frozenset(rights or EVERYTHING), frozenset(registers))
    return plan(scope, kept_of(content), now, language=language)


def recipient(plan, recipient_id):
    return next(each for each in plan.recipients if each.id == recipient_id)


def hints(plan, right, register=None):
    return [each.text for each in hints_of(plan, right, register)]


def hints_of(plan, right, register=None):
    wanted = (right, register)
    return [each for each in plan.hints if (each.right, each.register) == wanted]


def changed(content, register_id, **values):
    """The content with other values in a register."""
    registers = tuple(
        each.model_copy(update=values) if each.id == register_id else each
        for each in content.registers
    )
    return replace(content, registers=registers)


def test_all_registers_and_the_other_places_are_searched(small):
    tasks = planned(small).tasks

    assert [each.id for each in tasks] == [
        "members",
        "newsletter-and-events",
        *OTHER_PLACES,
    ]
    assert "Year of birth" in tasks[0].holds
    assert tasks[0].systems == ("Tilitoimisto Taselaskelma Oy",)


def test_only_what_was_named_is_searched_where_something_was(small):
    tasks = planned(small, case=SOME_DATA, registers=["members"]).tasks

    assert [each.id for each in tasks] == ["members", *OTHER_PLACES]
    assert tasks[0].why == "The person named this register."


@pytest.mark.parametrize("registers", [(), ("members", "of-old"), ("members",)])
def test_what_the_letter_wants_searched_is_what_the_desk_lists(small, registers):
    case = SOME_DATA if registers else CASE
    tasks = planned(small, case=case, registers=registers).tasks
    places = places_to_search(case, frozenset(registers), kept_of(small))

    assert tuple(each.id for each in tasks) == places


def test_requests_themselves_are_searched_only_for_who_names_them(small):
    own = "data-protection-requests"
    tasks = planned(small, case=SOME_DATA, registers=[own]).tasks

    assert [each.id for each in tasks] == [own, *OTHER_PLACES]
    assert [each.elsewhere for each in tasks] == [False, *map(bool, OTHER_PLACES)]


def test_where_no_register_was_named_all_are_searched(small):
    assert planned(small, case=SOME_DATA).tasks == planned(small).tasks


def test_a_register_that_the_notice_does_not_know_is_not_forgotten(small):
    tasks = planned(small, case=SOME_DATA, registers=["gone"]).tasks

    assert (tasks[0].id, tasks[0].label) == ("gone", "gone")


def test_every_recipient_is_asked_about_once(small):
    found = planned(small).recipients

    ids = [each.id for each in found]
    assert len(set(ids)) == len(ids)
    assert {"rowing-federation", "accounting", "newsletter-service"} <= set(ids)
    accounting = recipient(planned(small), "accounting")
    assert (accounting.label, accounting.role) == (
        "Tilitoimisto Taselaskelma Oy",
        "processor",
    )
    assert accounting.data == ("Name", "Postal address", "Payments and invoices")


@pytest.mark.parametrize(
    ("elsewhere", "shown"),
    [
        pytest.param("other", 4, id="other data are shown besides"),
        pytest.param(None, 0, id="where one does not tell, any of it"),
    ],
)
def test_a_recipient_of_two_registers_shows_the_data_of_both(small, elsewhere, shown):
    members, newsletter = small.registers[:2]
    accounting = next(e for e in members.disclosures if id_of(e) == "accounting")
    data = newsletter.data[-1:] if elsewhere else None
    again = accounting.model_copy(update={"data": data})
    found = recipient(
        planned(changed(small, newsletter.id, disclosures=(again,))), "accounting"
    )

    assert len(found.data) == shown
    assert found.registers == (members.id, newsletter.id)


def test_a_kind_of_recipient_has_to_be_named_first(small):
    found = recipient(planned(small), "regatta-organisers")

    assert not found.named
    assert found.note == (
        "The notice gives no name. Named at: www.soutuseura.example/kilpailut"
    )


def test_a_recipient_written_on_the_spot_has_the_same_id_every_time(small):
    there = Disclosure.model_construct(
        recipient=Text.model_construct({"fi": "vakuuttaja", "en": "insurer"})
    )
    content = changed(small, "members", disclosures=(there,))

    first, second = (planned(content, language=each) for each in ("fi", "en"))

    [found] = [each for each in first.recipients if each.label == "vakuuttaja"]
    assert recipient(second, found.id).label == "insurer"
    assert found.id == id_of(there)


def test_those_who_decide_with_us_are_recipients_too(small):
    partner = Party.model_construct(name="Esimerkkipursi ry")
    joint = JointControllers.model_construct(parties=(partner,))

    found = planned(changed(small, "members", joint_controllers=joint)).recipients

    assert [each.role for each in found if each.label == "Esimerkkipursi ry"] == [
        "joint-controller"
    ]


def test_bases_suggest_the_exceptions_of_erasure(small):
    found = [
        each.ground
        for each in planned(small, Right.ERASURE).hints
        if each.register == "members"
    ]

    assert found == [None, "still_needed_17_1", "exception_17_3_b"]


def test_what_a_law_orders_to_keep_is_told_by_the_notice_alone(small):
    [books] = kept_by_law(small.register("members"), "en")

    assert books.data == "invoices and payments"
    assert books.provision == "Accounting Act (1336/1997) chapter 2 section 10"
    assert books.until.startswith("6 years after the end of the calendar year")
    assert list(kept_by_law(small.register("newsletter-and-events"), "en")) == []


def test_hints_are_plain_and_their_source_stands_beside_them(small):
    for hint in planned(small).hints:
        assert not re.search(r"¶|Art\.|Article|EDPB|C-\d", hint.text)
    assert all(each.source for each in hints_of(planned(small), Right.ACCESS))


def test_what_is_done_at_once_is_never_refused(small):
    for right in (Right.MARKETING, Right.WITHDRAWAL):
        found = planned(small, right).hints

        assert "never refused" in found[0].text
        assert not any(each.ground for each in found)


def test_portability_hangs_on_consent_and_contract(small):
    own = ["members", "data-protection-requests"]
    found = planned(small, Right.PORTABILITY, case=SOME_DATA, registers=own).hints
    grounds = {each.register: each.ground for each in found if each.register}

    assert grounds == {"data-protection-requests": "right_not_available_basis"}


def test_while_a_basis_is_not_told_nothing_is_suggested_against_the_person(first):
    found = planned(first, Right.PORTABILITY, Right.OBJECTION)

    assert not [
        each for each in found.hints if each.ground and each.register == "peili-profile"
    ]
    assert hints(found, Right.PORTABILITY, "peili-profile") == [
        "The notice does not tell every basis. Find it out first."
    ]


def test_times_are_those_of_the_notice_and_none_is_made_up(small, first):
    times = {each.register: each.times for each in planned(small).retention}

    assert times["members"]
    assert times["data-protection-requests"][2].endswith("after the matter was closed")
    assert planned(first).retention[0].times == ()


def test_nothing_has_changed_while_the_notice_is_the_same(small):
    assert planned(small, now=small).changed == ()


def test_changes_since_the_day_of_receipt_are_told(small):
    members = small.register("members")
    fewer = {"disclosures": members.disclosures[:1], "purposes": ()}
    today = changed(small, "members", **fewer)
    today = replace(today, registers=today.registers[:2])

    told = planned(small, now=today).changed

    assert any("No longer a recipient: Tilitoimisto Taselaskelma Oy" in t for t in told)
    assert told[-1] == (
        "Register no longer in the notice: Register of data protection requests"
    )
    assert "New register: " in planned(today, now=small).changed[0]


def test_a_register_that_cannot_be_read_is_searched_all_the_same(small):
    kept = kept_of(small)
    kept = replace(kept, unread=frozenset({"members"}))

    found = plan(Scope(CASE, EVERYTHING, frozenset()), kept, small, language="en")

    assert found.unread == ("members",)
    assert found.tasks[0].id == "members"
    assert not [each for each in found.hints if each.register == "members"]


def test_places_have_names(small):
    kept = kept_of(small)

    assert place_name("members", kept, "fi") == small.register("members").name["fi"]
    assert place_name("place_mail", kept, "en") == "E-mail"
    assert place_name("gone", kept, "en") == "gone"
