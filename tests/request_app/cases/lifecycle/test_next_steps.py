from dataclasses import replace
from datetime import timedelta

import pytest

from request_app.cases.lifecycle.next_steps import (
    Situation,
    Task,
    TaskStanding,
    checklist,
    next_of,
)
from request_app.cases.notice.plan import Plan, Recipient, SearchTask
from request_app.cases.steps.assignment import Taken
from request_app.cases.steps.closing import Reopened
from request_app.cases.steps.restriction import RestrictionSet
from request_app.deadlines import PauseKind
from request_app.store.values import Right
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
    searched,
    started,
)

PLAN = Plan(
    tasks=(
        SearchTask("customers", "Customers", ""),
        SearchTask("place_mail", "E-mail", ""),
    ),
    recipients=(Recipient("accounting", "Accounting", True, None, (), ("customers",)),),
    hints=(),
    retention=(),
    changed=(),
)
NOW = Situation(plan=PLAN, today=RECEIVED)


def standings(progress, now=NOW):
    return {(item.task, item.right): item.standing for item in checklist(progress, now)}


def of(task, progress, now=NOW, right=None):
    return standings(progress, now).get((task, right))


def taken(*rights, **changes):
    return after(started(*rights, **changes), Taken(handler="aino"))


def test_somebody_takes_the_case_first():
    assert next_of(checklist(started(), NOW)).task is Task.TAKE


def test_marketing_is_stopped_before_anything_else_is_thought_of():
    item = next_of(checklist(taken(Right.ACCESS, Right.MARKETING), NOW))

    assert (item.task, item.right) == (Task.DECIDE, Right.MARKETING)


def test_then_it_is_asked_who_it_is():
    assert next_of(checklist(taken(), NOW)).task is Task.IDENTITY


def test_while_the_person_is_asked_the_search_goes_on():
    progress = after(taken(), ask())

    assert of(Task.IDENTITY, progress) is TaskStanding.WAITING
    assert next_of(checklist(progress, NOW)).task is Task.SEARCH


def test_every_place_is_searched():
    progress = after(taken(), known(), searched("customers"))
    (item,) = [each for each in checklist(progress, NOW) if each.task is Task.SEARCH]

    assert (item.standing, item.done, item.of) == (TaskStanding.NOW, 1, 2)
    assert of(Task.SEARCH, after(progress, searched("place_mail"))) is TaskStanding.DONE


def test_erasure_waits_for_access():
    progress = taken(Right.ACCESS, Right.ERASURE)

    assert of(Task.DECIDE, progress, right=Right.ERASURE) is TaskStanding.LATER
    assert (
        of(Task.DECIDE, after(progress, decide()), right=Right.ERASURE)
        is TaskStanding.NOW
    )


def test_recipients_are_asked_about_once_something_was_erased():
    def standing(recipients):
        return of(Task.RECIPIENTS, taken(), replace(NOW, recipients=recipients))

    assert standing({"accounting": True, "printer": False}) is TaskStanding.NOW
    assert standing({"accounting": True, "printer": True}) is TaskStanding.DONE
    assert standing({}) is TaskStanding.DONE
    assert standing(None) is None


def test_the_answer_is_written_when_all_is_decided():
    assert of(Task.ANSWER, taken()) is TaskStanding.LATER
    assert of(Task.ANSWER, after(taken(), decide())) is TaskStanding.NOW


@pytest.mark.parametrize(
    ("progress", "undelivered", "fetching", "closing"),
    [
        pytest.param(answered(), False, TaskStanding.WAITING, TaskStanding.LATER, id="on its way"),
        pytest.param(answered(), True, TaskStanding.NOW, TaskStanding.LATER, id="not fetched"),
        pytest.param(after(answered(), reach()), False, TaskStanding.DONE, TaskStanding.NOW, id="fetched"),
    ],
)  # fmt: skip
def test_not_fetched_is_not_delivered(progress, undelivered, fetching, closing):
    now = replace(NOW, undelivered=undelivered)

    assert of(Task.FETCH, progress, now) is fetching
    assert of(Task.CLOSE, progress, now) is closing


def test_more_time_is_offered_in_the_last_week_only():
    def offered(day):
        return of(Task.EXTEND, taken(), replace(NOW, today=day))

    assert offered(LIMITS.due - timedelta(days=8)) is None
    assert offered(LIMITS.due - timedelta(days=7)) is TaskStanding.MAY
    assert offered(LIMITS.due + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("question", "task"),
    [(PauseKind.SCOPE, Task.SCOPE), (PauseKind.IDENTITY, Task.IDENTITY)],
)
def test_who_has_written_since_is_waited_for_no_more(question, task):
    asked = after(taken(), ask(question))

    assert of(task, asked) is TaskStanding.WAITING
    assert of(task, asked, replace(NOW, replied=True)) is TaskStanding.NOW


def test_a_late_answer_is_told_of():
    late = replace(NOW, today=LIMITS.due + timedelta(days=1))

    assert of(Task.LATE, taken()) is None
    assert of(Task.LATE, taken(), late) is TaskStanding.NOW
    assert of(Task.LATE, after(ended(), Reopened()), late) is None
    assert of(Task.LATE, taken(cancelled_at=RECEIVED_AT), late) is None


def test_what_may_not_be_used_is_marked_and_later_freed():
    wanted = replace(NOW, wants_restriction=True)
    restricted = after(taken(), RestrictionSet(on=RECEIVED))

    assert of(Task.RESTRICT, taken(), wanted) is TaskStanding.NOW
    assert of(Task.RESTRICT, restricted, wanted) is TaskStanding.DONE
    assert of(Task.LIFT, restricted) is TaskStanding.LATER
    assert (
        of(Task.LIFT, after(restricted, known(), decide(), deliver()))
        is TaskStanding.NOW
    )


def test_what_the_person_wrote_is_read_first():
    assert next_of(checklist(started(), replace(NOW, unread=True))).task is Task.NEWS


def test_who_acts_for_another_shows_by_what():
    assert (
        of(Task.MANDATE, taken(), replace(NOW, acts_for_another=True))
        is TaskStanding.NOW
    )


def test_what_is_wanted_is_asked_where_it_is_not_clear():
    progress = taken(Right.OTHER)

    assert of(Task.WHICH_RIGHT, progress) is TaskStanding.NOW
    assert (
        of(Task.WHICH_RIGHT, after(progress, ask(PauseKind.WHICH_RIGHT)))
        is TaskStanding.WAITING
    )


def test_a_cancelled_case_is_closed():
    progress = taken(cancelled_at=RECEIVED_AT)

    assert of(Task.CANCELLED, progress) is TaskStanding.NOW
    assert of(Task.CLOSE, progress) is TaskStanding.NOW
    assert of(Task.ANSWER, progress) is None


def test_in_a_closed_case_there_is_nothing_to_do():
    assert checklist(ended(), NOW) == []
