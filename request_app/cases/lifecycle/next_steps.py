"""What to do next in a case, in the order in which it should be done.

The list comes from the notice of the day of receipt (`Plan`) and from how far the case
has come (`Progress`). It only suggests; the rules of the steps forbid.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from request_app.cases.notice.plan import Plan
from request_app.cases.rights import NEEDS_IDENTITY, Outcome
from request_app.cases.steps.progress import Progress
from request_app.deadlines import PauseKind
from request_app.store.values import AT_ONCE, Right

SOON = timedelta(days=7)
# Access comes before erasure, and what must be done at once before everything.
ORDER = (
    Right.MARKETING,
    Right.WITHDRAWAL,
    Right.OTHER,
    Right.ACCESS,
    Right.PORTABILITY,
    Right.RECTIFICATION,
    Right.RESTRICTION,
    Right.OBJECTION,
    Right.ERASURE,
    Right.HUMAN_REVIEW,
)


class Task(StrEnum):
    """The kinds of things to do; templates have the words."""

    LATE = "late"
    NEWS = "news"
    TAKE = "take"
    WHICH_RIGHT = "which-right"
    CANCELLED = "cancelled"
    RESTRICT = "restrict"
    IDENTITY = "identity"
    MANDATE = "mandate"
    SCOPE = "scope"
    SEARCH = "search"
    EXTEND = "extend"
    DECIDE = "decide"
    RECIPIENTS = "recipients"
    ANSWER = "answer"
    FETCH = "fetch"
    LIFT = "lift"
    CLOSE = "close"


class TaskStanding(StrEnum):
    """The status of a thing to do."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"  # for the person
    LATER = "later"  # something else comes first
    MAY = "may"  # optional


@dataclass(frozen=True)
class Item:
    """One thing to do."""

    task: Task
    standing: TaskStanding
    right: Right | None = None
    done: int = 0
    of: int = 0


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What the checklist depends on besides the steps taken."""

    plan: Plan
    today: date
    unread: bool = False  # the person has written
    replied: bool = False  # … since the last question was asked
    acts_for_another: bool = False
    wants_restriction: bool = False  # “do not use it until you have checked it”
    undelivered: bool = False  # a mail failed, or nobody fetched the answer
    # whether each recipient to notify is settled; None: nothing changed
    recipients: Mapping[str, bool] | None = None


def checklist(progress: Progress, now: Situation) -> list[Item]:
    """The things to do in a case, in order."""
    if progress.closed:
        return []
    return [
        *_at_the_top(progress, now),
        *_identity_and_scope(progress, now),
        *_searching(progress, now),
        *_deciding(progress),
        *_answering(progress, now),
    ]


def next_of(items: list[Item]) -> Item | None:
    """The first thing that can be done now."""
    return next((item for item in items if item.standing is TaskStanding.NOW), None)


def _at_the_top(progress: Progress, now: Situation) -> Iterator[Item]:
    if now.unread:
        yield Item(Task.NEWS, TaskStanding.NOW)
    taken = progress.handler is not None or progress.answered
    yield Item(Task.TAKE, _done_or_now(taken))
    if progress.case.cancelled_at and not progress.answered:
        yield Item(Task.CANCELLED, TaskStanding.NOW)
    if progress.is_late(now.today):
        yield Item(Task.LATE, _done_or_now(_lateness_notified(progress, now.today)))
    for right in _in_order(progress.rights & AT_ONCE):
        yield Item(Task.DECIDE, _done_or_now(right not in progress.undecided), right)


def _lateness_notified(progress: Progress, today: date) -> bool:
    return progress.late_told is not None and progress.late_told.by >= today


def _identity_and_scope(progress: Progress, now: Situation) -> Iterator[Item]:
    if Right.OTHER in progress.undecided:
        yield Item(Task.WHICH_RIGHT, _waiting(progress, now, PauseKind.WHICH_RIGHT))
    if now.wants_restriction or Right.RESTRICTION in progress.rights:
        settled = progress.restriction or progress.decided(Right.RESTRICTION)
        yield Item(Task.RESTRICT, _done_or_now(bool(settled) or progress.answered))
    if progress.rights & NEEDS_IDENTITY:
        yield Item(Task.IDENTITY, _identity(progress, now))
    if now.acts_for_another:
        yield Item(Task.MANDATE, _done_or_now(progress.mandate is not None))
    if PauseKind.SCOPE in progress.open_questions:
        yield Item(Task.SCOPE, _waiting(progress, now, PauseKind.SCOPE))


def _waiting(progress: Progress, now: Situation, question: PauseKind) -> TaskStanding:
    """Stop waiting once the person has replied: the reply is to be noted now."""
    waits = question in progress.open_questions and not now.replied
    return TaskStanding.WAITING if waits else TaskStanding.NOW


def _identity(progress: Progress, now: Situation) -> TaskStanding:
    if PauseKind.IDENTITY in progress.open_questions:
        return _waiting(progress, now, PauseKind.IDENTITY)
    refused = [
        each.outcome is Outcome.NOT_IDENTIFIED for each in progress.decisions.values()
    ]
    return _done_or_now(progress.identity is not None or any(refused))


def _searching(progress: Progress, now: Situation) -> Iterator[Item]:
    if not progress.rights & NEEDS_IDENTITY:
        return
    left, of = len(unsearched(progress, now.plan)), len(now.plan.tasks)
    standing = _done_or_now(not left or progress.answered)
    yield Item(Task.SEARCH, standing, done=of - left, of=of)
    near = progress.last_day - SOON <= now.today <= progress.limits.due
    if near and not progress.extended and progress.undecided - AT_ONCE:
        yield Item(Task.EXTEND, TaskStanding.MAY)


def unsearched(progress: Progress, plan: Plan) -> list[str]:
    """The places whose search has no result yet."""
    searches = progress.searches
    return [
        task.id
        for task in plan.tasks
        if task.id not in searches or searches[task.id].found is None
    ]


def _deciding(progress: Progress) -> Iterator[Item]:
    for right in _in_order(progress.rights - AT_ONCE):
        decided = right not in progress.undecided
        waits = (
            right is Right.ERASURE and Right.ACCESS in progress.undecided
        ) or right is Right.OTHER
        standing = (
            TaskStanding.LATER if waits and not decided else _done_or_now(decided)
        )
        yield Item(Task.DECIDE, standing, right)


def _answering(progress: Progress, now: Situation) -> Iterator[Item]:
    decided = not progress.undecided
    if now.recipients is not None:
        done, of = sum(now.recipients.values()), len(now.recipients)
        yield Item(Task.RECIPIENTS, _done_or_now(done == of), done=done, of=of)
    if progress.answered:
        yield Item(Task.ANSWER, TaskStanding.DONE)
        yield Item(Task.FETCH, _fetching(progress, now))
    elif not progress.case.cancelled_at:
        yield Item(Task.ANSWER, TaskStanding.NOW if decided else TaskStanding.LATER)
    if progress.restriction:
        yield Item(
            Task.LIFT, TaskStanding.NOW if progress.answered else TaskStanding.LATER
        )
    ready = progress.reached_on or progress.case.cancelled_at
    free = ready and not progress.restriction
    yield Item(Task.CLOSE, TaskStanding.NOW if free else TaskStanding.LATER)


def _fetching(progress: Progress, now: Situation) -> TaskStanding:
    """An answer that stays unfetched must be delivered some other way."""
    if progress.reached_on:
        return TaskStanding.DONE
    return TaskStanding.NOW if now.undelivered else TaskStanding.WAITING


def _done_or_now(done: bool) -> TaskStanding:  # noqa: FBT001 - its only argument
    return TaskStanding.DONE if done else TaskStanding.NOW


def _in_order(rights: frozenset[Right]) -> list[Right]:
    return sorted(rights, key=ORDER.index)
