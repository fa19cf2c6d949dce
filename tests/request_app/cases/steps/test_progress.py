from datetime import UTC, date, datetime, timedelta

import pytest

from request_app.cases.rights import Outcome, Result
from request_app.cases.steps.assignment import Taken
from request_app.cases.steps.closing import Closed, Reopened
from request_app.cases.steps.extension import Extended
from request_app.cases.steps.questions import Answered
from request_app.deadlines import PauseKind, local_day, time_limits
from request_app.store.values import Right, State
from tests.support.case_steps import (
    LIMITS,
    RECEIVED,
    after,
    answered,
    ask,
    decide,
    ended,
    known,
    reach,
    started,
)

DAY = timedelta(days=1)


def reply(question, on, *, enough=True):
    return Answered(question=question, on=on, enough=enough)


@pytest.mark.parametrize(
    ("progress", "state"),
    [
        pytest.param(started(), State.RECEIVED, id="untouched"),
        pytest.param(after(started(), Taken(handler="a")), State.WORKING, id="taken"),
        pytest.param(after(started(), ask()), State.WAITING, id="asked"),
        pytest.param(after(started(), ask(), known()), State.WORKING, id="answered the question"),
        pytest.param(answered(), State.READY, id="sent"),
        pytest.param(after(answered(), reach()), State.READY, id="fetched"),
        pytest.param(ended(), State.CLOSED, id="closed"),
        pytest.param(after(ended(), Reopened()), State.WORKING, id="opened again"),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_steps(progress, state):
    assert progress.state is state


def test_waiting_for_who_asks_moves_the_last_day():
    asked, told = RECEIVED + DAY, RECEIVED + 11 * DAY

    progress = after(started(), ask(on=asked), known(on=told))

    assert progress.limits.pause_days == 10
    assert progress.last_day == date(2026, 4, 15)


def test_asking_which_right_moves_nothing():
    question = PauseKind.WHICH_RIGHT
    progress = after(started(), ask(question), reply(question, RECEIVED + 10 * DAY))

    assert progress.last_day == LIMITS.due


def test_a_question_asked_late_moves_nothing_unless_excused():
    late, told = RECEIVED + 20 * DAY, RECEIVED + 25 * DAY

    assert after(started(), ask(on=late), known(on=told)).last_day == LIMITS.due
    assert (
        after(started(), ask(on=late, excused=True), known(on=told)).last_day
        > LIMITS.due
    )


def test_two_questions_wait_side_by_side():
    progress = after(
        started(), ask(), ask(PauseKind.SCOPE), reply(PauseKind.SCOPE, RECEIVED + DAY)
    )

    assert progress.open_questions == {PauseKind.IDENTITY}


def test_an_answer_that_was_not_enough_ends_its_pause():
    """EDPB 01/2022, example 31."""
    first = [ask(), reply(PauseKind.IDENTITY, RECEIVED + 4 * DAY, enough=False)]
    second = [ask(on=RECEIVED + 4 * DAY), known(on=RECEIVED + 9 * DAY)]

    progress = after(started(), *first, *second)

    assert progress.limits.pause_days == 9


def test_asking_again_who_it_is_makes_it_open_again():
    progress = after(started(), known(), ask())

    assert progress.identity is None


def extended(to=date(2026, 5, 29)):
    return Extended(to=to, reason="complex_volume", on=RECEIVED)


def test_an_extension_moves_the_last_day_to_the_day_promised():
    assert after(started(), extended()).last_day == date(2026, 5, 29)


def test_waiting_after_an_extension_moves_the_day_promised():
    progress = after(started(), extended(), ask(), known(on=RECEIVED + 10 * DAY))

    assert progress.last_day == date(2026, 6, 8)


def test_the_desk_aims_at_the_next_working_day_where_it_must_act_at_once():
    assert started(Right.MARKETING, Right.ACCESS).aim_on == date(2026, 3, 6)


def test_waiting_moves_no_extension_past_three_months():
    at = datetime(2026, 1, 3, 10, tzinfo=UTC)
    day = local_day(at)
    promised = Extended(to=date(2026, 4, 7), reason="complex_volume", on=day + 20 * DAY)
    waited = (ask(on=day + DAY), promised, known(day + 25 * DAY))
    progress = after(started(received_at=at, received_on=day), *waited)

    # 3 April is a Good Friday; 24 days later is a Monday
    assert time_limits(at).extended_due == promised.to
    assert progress.last_day == date(2026, 4, 27)


def test_an_answer_nobody_fetches_comes_up_again():
    assert answered().aim_on == RECEIVED + 7 * DAY


def test_a_case_opened_again_needs_a_new_answer():
    progress = after(ended(), Reopened())

    assert not progress.answered
    assert progress.reached_on is None
    assert not after(progress, Closed()).answered


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], Result.OPEN),
        ([Outcome.GRANTED], Result.GRANTED),
        ([Outcome.GRANTED, Outcome.NO_DATA], Result.GRANTED),
        ([Outcome.GRANTED, Outcome.REFUSED], Result.IN_PART),
        ([Outcome.REFUSED, Outcome.NO_DATA], Result.REFUSED),
        ([Outcome.NOT_IDENTIFIED], Result.NOT_IDENTIFIED),
        ([Outcome.PASSED_ON, Outcome.NO_DATA], Result.PASSED_ON),
        ([Outcome.CANCELLED], Result.CANCELLED),
    ],
)
def test_what_became_of_a_right(outcomes, expected):
    decisions = [
        decide(outcome=each, group=str(number)) for number, each in enumerate(outcomes)
    ]

    assert after(started(), *decisions).result(Right.ACCESS) is expected
