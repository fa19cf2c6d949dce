from datetime import date, timedelta

import pytest

from request_app.cases.rights import Outcome
from request_app.cases.steps.assignment import Noted, RightsSettled, Taken
from request_app.cases.steps.closing import Closed, Held, Released, Reopened
from request_app.cases.steps.extension import Extended, LateTold
from request_app.cases.steps.facts import WhyNotTold
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.questions import Answered
from request_app.cases.steps.restriction import (
    RestrictionEndTold,
    RestrictionLifted,
    RestrictionSet,
)
from request_app.cases.steps.search import Searched
from request_app.deadlines import PauseKind
from request_app.store.values import AT_ONCE, Right
from tests.support.case_steps import (
    LIMITS,
    RECEIVED,
    RECEIVED_AT,
    after,
    answered,
    ask,
    decide,
    deliver,
    ended,
    known,
    reach,
    refused,
    searched,
    started,
)

DUE = LIMITS.due
LATER = DUE + timedelta(days=1)
FACTS = {"facts": "The data lie in two units and on paper."}


def extend(to=LIMITS.extended_due, on=RECEIVED, reason="complex_volume"):
    return Extended(to=to, on=on, reason=reason)


def test_what_was_found_outside_the_registers_is_described():
    mail = Searched(place="place_mail", found=True)

    assert refused(started(), mail) == ["Write what was found there."]
    assert refused(started(), mail, words={"what": "messages of May"}) == []
    assert refused(started(), Searched(place="members", found=True)) == []


def test_an_extension_in_time_with_a_reason_is_allowed():
    assert refused(started(), extend(on=DUE), today=DUE, words=FACTS) == []


@pytest.mark.parametrize(
    ("progress", "step", "today", "words", "says"),
    [
        pytest.param(started(), extend(on=LATER), LATER, FACTS, "before its last day", id="after the due date"),
        pytest.param(started(), extend(on=RECEIVED), LATER, FACTS, "before its last day", id="after the due date, dated back"),
        pytest.param(started(), extend(on=RECEIVED), DUE, FACTS, "day on which it is told", id="dated back"),
        pytest.param(after(started(), extend()), extend(), RECEIVED, FACTS, "only once", id="a second one"),
        pytest.param(started(), extend(reason="holidays"), RECEIVED, FACTS, "Choose the reason", id="no such reason"),
        pytest.param(started(), extend(), RECEIVED, {"facts": " "}, "Write what in this request", id="no facts"),
        pytest.param(started(), extend(to=LIMITS.extended_due + timedelta(days=1)), RECEIVED, FACTS, "within three months", id="past three months"),
        pytest.param(started(), extend(to=DUE), RECEIVED, FACTS, "after the first one", id="no later than the first"),
        pytest.param(started(), extend(to=date(2026, 5, 1)), RECEIVED, FACTS, "working day", id="to the first of May"),
        pytest.param(started(Right.MARKETING), extend(), RECEIVED, FACTS, "Nothing is left", id="of what is done at once"),
        pytest.param(answered(), extend(), RECEIVED, FACTS, "Nothing is left", id="of an answered request"),
    ],
)  # fmt: skip
def test_no_other_extension_is(progress, step, today, words, says):
    assert any(
        says in reason for reason in refused(progress, step, today=today, words=words)
    )


@pytest.mark.parametrize("right", sorted(AT_ONCE))
@pytest.mark.parametrize(
    "outcome", [Outcome.REFUSED, Outcome.NOT_IDENTIFIED, Outcome.PASSED_ON]
)
def test_marketing_and_consent_have_no_refusal(right, outcome):
    words = {"facts": "r", "controller": "c", "kept_until": "k"}
    step = decide(right, outcome, ground="unfounded")

    assert refused(started(right), step, words=words) != []


REFUSAL = {
    "facts": "The invoice belongs to the books.",
    "kept_until": "31.12.2032",
    "provision": "Accounting Act 2:10",
}


@pytest.mark.parametrize(
    ("ground", "words", "says"),
    [
        pytest.param("exception_17_3_b", REFUSAL, None, id="complete"),
        pytest.param(None, REFUSAL, "ground", id="no ground"),
        pytest.param("data_correct", REFUSAL, "ground", id="ground of another right"),
        pytest.param("not_identified", REFUSAL, "ground", id="ground of another outcome"),
        pytest.param("special_law", REFUSAL | {"provision": ""}, "act and section", id="a law without its name"),
        pytest.param("exception_17_3_b", REFUSAL | {"facts": ""}, "facts of this case", id="no reason"),
        pytest.param("exception_17_3_b", REFUSAL | {"provision": ""}, "act and section", id="no act that demands it"),
        pytest.param("exception_17_3_b", REFUSAL | {"kept_until": ""}, "until when", id="not told until when"),
    ],
)  # fmt: skip
def test_a_refusal_tells_ground_facts_and_time(ground, words, says):
    step = decide(Right.ERASURE, Outcome.REFUSED, ground=ground)

    reasons = refused(started(Right.ERASURE), step, words=words)

    assert (says is None and reasons == []) or any(says in each for each in reasons)


@pytest.mark.parametrize("right", [Right.ERASURE, Right.RECTIFICATION])
def test_nothing_is_changed_while_it_is_open_who_asks(right):
    progress = after(started(right), ask())

    assert any(
        "still open who asks" in each
        for each in refused(progress, decide(right), values={"new": "n"})
    )


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(decide(Right.ACCESS), id="deciding on access"),
        pytest.param(
            decide(Right.ERASURE, Outcome.REFUSED, ground="exception_17_3_b"),
            id="refusing",
        ),
        pytest.param(searched(), id="searching"),
        pytest.param(extend(), id="extending"),
        pytest.param(RestrictionSet(on=RECEIVED), id="restricting"),
        pytest.param(Noted(), id="noting"),
        pytest.param(ask(PauseKind.SCOPE), id="another question"),
    ],
)
def test_an_open_identity_question_stops_nothing_else(step):
    progress = after(started(Right.ACCESS, Right.ERASURE), ask())

    assert refused(progress, step, words=REFUSAL | FACTS) == []


def test_nothing_is_handed_over_while_it_is_open_who_asks():
    progress = after(started(), decide(), ask())

    assert refused(progress, deliver()) == [
        "It is still open who asks: nothing is handed over yet."
    ]


def test_nothing_is_handed_over_before_it_is_noted_who_asks():
    assert refused(after(started(), decide()), deliver()) == [
        "Note first how you know who asks."
    ]


def test_a_marketing_objection_needs_no_identity():
    progress = after(started(Right.MARKETING), decide(Right.MARKETING))

    assert refused(progress, deliver()) == []


def test_access_comes_before_erasure():
    progress = after(started(Right.ACCESS, Right.ERASURE), known())
    erase = decide(Right.ERASURE)

    [why] = refused(progress, erase)
    assert why.startswith("First take a copy of the data for the answer")
    assert refused(after(progress, decide()), erase) == []


@pytest.mark.parametrize(
    ("group", "reasons"), [("members", 0), ("members#2", 0), ("invoices", 1)]
)
def test_access_to_one_register_is_no_copy_of_another(group, reasons):
    both = after(started(Right.ACCESS, Right.ERASURE), known())
    progress = after(both, decide(group="members"))
    erase = decide(Right.ERASURE, group=group)

    assert (
        len(refused(progress, erase, words={"data": "x" * ("#" in group)})) == reasons
    )


def test_no_data_is_said_after_searching_only():
    step = decide(outcome=Outcome.NO_DATA)

    assert refused(started(), step) == ["Note first where you have searched."]
    assert refused(after(started(), searched(found=None)), step) == [
        "Some places have not been searched yet."
    ]
    assert refused(after(started(), searched()), step) == []


def test_a_place_without_data_was_searched_itself():
    step = decide(outcome=Outcome.NO_DATA, group="members")

    assert refused(after(started(), searched()), step) == [
        "Some places have not been searched yet."
    ]
    assert refused(after(started(), searched("members")), step) == []


@pytest.mark.parametrize("group", ["all", "members", "members#2", "place_mail"])
def test_only_a_part_or_another_place_says_which_data(group):
    """What a register holds besides would be left without a word."""
    may = group in {"members#2", "place_mail"}
    why = [] if may else ["Decide on all of it. A part is decided by itself."]

    assert refused(started(), decide(group=group), words={"data": "invoices"}) == why


def test_not_identified_is_said_after_asking_only():
    step, words = decide(outcome=Outcome.NOT_IDENTIFIED), {"facts": "No answer came."}

    assert refused(started(), step, words=words) == [
        "Ask the person first who they are."
    ]
    assert refused(after(started(), ask()), step, words=words) == []


def test_cancelled_is_what_the_person_did():
    step = decide(outcome=Outcome.CANCELLED)

    assert refused(started(), step) == ["The person has not cancelled the request."]


def test_every_right_is_decided_before_the_answer_goes():
    progress = after(started(Right.ACCESS, Right.MARKETING), known(), decide())

    assert refused(progress, deliver()) == ["Some of the rights are still undecided."]


@pytest.mark.parametrize(
    ("settled", "allowed"),
    [
        pytest.param({"got": True}, False, id="had the data and was not told"),
        pytest.param({"got": True, "told_on": RECEIVED}, True, id="was told"),
        pytest.param(
            {"got": True, "unchanged": True}, True, id="got nothing that changed"
        ),
        pytest.param(
            {"got": True, "why_not": WhyNotTold.IMPOSSIBLE}, True, id="cannot be told"
        ),
        pytest.param({"got": False}, True, id="never had the data"),
    ],
)
def test_recipients_are_told_of_an_erasure_before_the_answer_goes(settled, allowed):
    recipient = RecipientSettled(recipient="accounting", **settled)
    progress = after(started(Right.ERASURE), known(), decide(Right.ERASURE), recipient)

    assert (refused(progress, deliver()) == []) == allowed


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            decide(
                Right.RECTIFICATION, Outcome.REFUSED, ground="opinion_statement_added"
            ),
            id="a statement was added",
        ),
        pytest.param(RestrictionSet(on=RECEIVED), id="use is restricted meanwhile"),
    ],
)
def test_recipients_are_told_of_what_else_changed(change):
    """GDPR Art. 16, 18 and 19."""
    had = RecipientSettled(recipient="accounting", got=True)
    progress = after(started(Right.RECTIFICATION), known(), change, had)

    assert "A recipient that got the data has not been told of the change." in refused(
        progress, deliver()
    )


def test_the_end_of_a_restriction_is_told_before():
    progress = after(started(Right.RESTRICTION), RestrictionSet(on=RECEIVED))
    lift = RestrictionLifted(on=RECEIVED)

    assert refused(progress, lift) == [
        "Tell the person before the restriction ends (GDPR Art. 18(3))."
    ]


@pytest.mark.parametrize(
    ("ends", "end"),
    [
        pytest.param(date(2026, 3, 20), date(2026, 3, 20), id="the day of the letter"),
        pytest.param(None, date(2026, 3, 6), id="no day was kept"),
    ],
)
def test_a_restriction_ends_on_the_day_that_was_told(ends, end):
    told = RestrictionEndTold(on=RECEIVED, ends=ends)
    progress = after(started(), RestrictionSet(on=RECEIVED), told)
    too_early = RestrictionLifted(on=end - timedelta(days=1))

    [reason] = refused(progress, too_early, today=end)
    assert reason.startswith("The person was told that the restriction ends later.")
    assert refused(progress, RestrictionLifted(on=end), today=end) == []


def test_no_end_is_told_for_the_day_of_telling():
    progress = after(started(), RestrictionSet(on=RECEIVED))

    [reason] = refused(progress, RestrictionEndTold(on=RECEIVED, ends=RECEIVED))
    assert reason.startswith("Name a later day than today")


def test_a_late_answer_is_never_stopped():
    late = LIMITS.extended_due + timedelta(days=400)
    progress = after(started(), known(), decide())

    assert refused(progress, deliver(on=late), today=late) == []
    assert refused(progress, LateTold(on=late, by=late), today=late) == []


def test_who_is_in_time_is_not_late():
    assert refused(started(), LateTold(on=DUE, by=LATER), today=DUE) == [
        "The answer is not late."
    ]


def test_a_case_is_closed_when_its_answer_has_arrived():
    assert refused(answered(), Closed()) == [
        "The answer has not reached the person yet."
    ]
    assert refused(after(answered(), reach()), Closed()) == []


def test_a_cancelled_case_may_be_closed_at_any_time():
    assert refused(started(cancelled_at=RECEIVED_AT), Closed()) == []


@pytest.mark.parametrize(
    "step",
    [
        Taken(handler="a"),
        known(),
        ask(),
        extend(),
        decide(),
        searched(),
        deliver(),
        RightsSettled(rights=(Right.ACCESS,)),
    ],
    ids=lambda step: step.kind,
)
def test_in_a_closed_case_nothing_is_done(step):
    assert "The case is closed. Reopen it first." in refused(ended(), step, words=FACTS)


def test_a_closed_case_is_opened_again():
    assert refused(ended(), Reopened()) == []
    assert refused(started(), Reopened()) == ["The case is open."]


def test_a_suspect_is_let_in_first():
    assert refused(started(suspicion="trap"), Taken(handler="a")) != []


@pytest.mark.parametrize("days", [1, -1], ids=["tomorrow", "before it came"])
def test_a_step_has_a_day_on_which_it_can_have_happened(days):
    assert refused(started(), known(on=RECEIVED + timedelta(days=days))) != []


@pytest.mark.parametrize("step", [Reopened(), Held()], ids=lambda step: step.kind)
def test_what_was_wrongly_closed_as_spam_is_not_lost(step):
    closed = after(started(suspicion="trap"), Closed())

    assert refused(closed, step, words={"reason": "Kantelu on vireillä."}) == []


def test_spam_is_closed_with_how_that_is_known():
    suspect = started(suspicion="trap")

    assert refused(suspect, Closed()) == [
        "Write how you know that this is spam and no request."
    ]
    assert (
        refused(suspect, Closed(), words={"note": "An advertisement for shoes."}) == []
    )


def test_one_question_of_a_kind_at_a_time():
    progress = after(started(), ask())

    assert refused(progress, ask()) == [
        "This has been asked already, and there is no answer yet."
    ]


def test_only_an_open_question_is_answered():
    answer = Answered(question=PauseKind.SCOPE, on=RECEIVED, enough=True)

    assert refused(after(started(), ask()), answer) == ["No such question is open."]
    assert refused(after(started(), ask(PauseKind.SCOPE)), answer) == []


def test_an_answer_is_as_old_as_its_own_question_at_most():
    """Another question, asked since, says nothing of it."""
    first, later = RECEIVED + timedelta(days=1), RECEIVED + timedelta(days=4)
    asked = after(started(), ask(on=first), ask(PauseKind.SCOPE, on=later))
    between = {"on": first + timedelta(days=1), "enough": True}

    for kind, reasons in {
        PauseKind.IDENTITY: [],
        PauseKind.SCOPE: ["The answer cannot be older than the question."],
    }.items():
        answer = Answered(question=kind, **between)
        assert refused(asked, answer, today=later) == reasons


def test_a_question_asked_late_is_excused_with_a_reason():
    late = ask(PauseKind.SCOPE, excused=True)

    assert refused(started(), late) == [
        "Write why the question could not be asked earlier."
    ]
    assert (
        refused(started(), late, words={"why_late": "It came to light in the search."})
        == []
    )


def test_a_case_is_held_for_a_reason_and_released_for_one():
    words = {"reason": "Kantelu on vireillä"}
    held = after(ended(), Held())

    assert refused(ended(), Held()) == [
        "Write why nothing of this case may be deleted."
    ]
    assert refused(ended(), Held(), words=words) == []
    assert refused(held, Held(), words=words) == ["The case is held already."]
    assert refused(held, Released()) == [
        "Write why the case need not be held any longer."
    ]
    assert refused(held, Released(), words=words) == []
    assert refused(ended(), Released(), words=words) == ["The case is not held."]
