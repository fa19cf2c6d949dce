"""How far a case has come: its steps, one after the other, folded into one value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, reduce, singledispatch
from typing import NamedTuple

from request_app.cases.grounds import changes_data
from request_app.cases.steps.kinds import (
    Answered,
    Asked,
    Closed,
    Decided,
    Delivered,
    Extended,
    Held,
    IdentityClaimed,
    IdentityDenied,
    IdentityMethod,
    IdentitySettled,
    LateTold,
    Mandate,
    MandateSettled,
    Noted,
    Outcome,
    Reached,
    RecipientSettled,
    Released,
    Reopened,
    RestrictionEndTold,
    RestrictionLifted,
    RestrictionSet,
    RightsSettled,
    Searched,
    Step,
    Taken,
    Undecided,
)
from request_app.deadlines import (
    AIM_DAYS,
    Pause,
    PauseKind,
    TimeLimits,
    aim,
    aim_at_once,
    next_working_day,
    time_limits,
)
from request_app.store.cases import Case
from request_app.store.values import AT_ONCE, Right, State
from request_app.workdays import Eve, previous_working_day

DAYS_TO_FETCH = 7  # then somebody looks why the answer was not fetched


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something the person was asked."""

    kind: PauseKind
    asked_on: date
    excused: bool = False
    answered_on: date | None = None
    enough: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_on is None

    @property
    def pause(self) -> Pause:
        return Pause(
            kind=self.kind,
            asked_on=self.asked_on,
            answered_on=self.answered_on,
            excused=self.excused,
        )


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """The time in which data are stored and not used: GDPR Art. 18(2)."""

    since: date
    end_told_on: date | None = None
    ends: date | None = None  # as the person was told


class FirstAnswer(NamedTuple):
    """When the first answer went out; one after a reopening changes none of it."""

    on: date
    late: bool
    in_aim: bool  # by the day on which the desk itself wanted it


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A case as its steps have left it; nothing in it is personal."""

    case: Case
    rights: frozenset[Right]
    working_eves: frozenset[Eve] = frozenset()
    aim_days: int = AIM_DAYS
    steps: int = 0
    handler: str | None = None
    identity: IdentityMethod | None = None
    denied: bool = False  # at an address on file they say it was not them
    mandate: Mandate | None = None
    questions: tuple[Question, ...] = ()
    extended: Extended | None = None
    days_paused_when_extended: int = 0
    searches: Mapping[str, Searched] = field(default_factory=dict)
    decisions: Mapping[tuple[Right, str], Decided] = field(default_factory=dict)
    recipients: Mapping[str, RecipientSettled] = field(default_factory=dict)
    restriction: Restriction | None = None
    late_told: LateTold | None = None
    deliveries: tuple[Delivered, ...] = ()  # of the answer that holds now
    reached_on: date | None = None
    first_answer: FirstAnswer | None = None
    closed: bool = False
    held: bool = False

    @cached_property
    def limits(self) -> TimeLimits:
        """The dates of the law, with the days that count as waiting."""
        return time_limits(
            self.case.received_at,
            pauses=[question.pause for question in self.questions],
            working_eves=self.working_eves,
        )

    @property
    def last_day(self) -> date:
        """The last day by which the answer must be there, as things stand.

        A day that was promised in place of the first moves with later days of waiting,
        and never past three months from receipt: GDPR Art. 12(3).
        """
        if self.extended is None:
            return self.limits.due
        later = self.limits.pause_days - self.days_paused_when_extended
        day = self.extended.to + timedelta(days=later)
        promised = next_working_day(day, working_eves=self.working_eves)
        return min(promised, self.limits.extended_due)

    @property
    def aim_on(self) -> date:
        """By when the desk itself wants to have done what comes next."""
        if self.answered:
            return self.deliveries[-1].on + timedelta(days=DAYS_TO_FETCH)
        if self.undecided & AT_ONCE:
            return aim_at_once(self.limits)
        if self.extended:
            eve = self.last_day - timedelta(days=1)
            return previous_working_day(eve, working_eves=self.working_eves)
        return aim(self.limits, days=self.aim_days)

    @property
    def state(self) -> State:
        if self.closed:
            return State.CLOSED
        if self.answered:
            return State.READY
        if self.open_questions:
            return State.WAITING
        return State.WORKING if self.steps else State.RECEIVED

    @property
    def answered(self) -> bool:
        return bool(self.deliveries)

    @property
    def open_questions(self) -> frozenset[PauseKind]:
        return frozenset(each.kind for each in self.questions if each.is_open)

    @property
    def is_denied(self) -> bool:
        """Whether somebody denied it, and who asks was not asked again since."""
        return self.denied and PauseKind.IDENTITY not in self.open_questions

    @property
    def undecided(self) -> frozenset[Right]:
        return self.rights - {right for right, _ in self.decisions}

    def is_late(self, today: date) -> bool:
        """Whether nobody has answered in time, and somebody wants an answer."""
        waits = self.first_answer is None and self.case.cancelled_at is None
        return waits and today > self.last_day

    def decided(self, right: Right) -> list[Decided]:
        return [each for (which, _), each in self.decisions.items() if which == right]

    def granted(self, right: Right) -> bool:
        return any(each.outcome is Outcome.GRANTED for each in self.decided(right))


def progress_of(start: Progress, steps: Iterable[Step]) -> Progress:
    """Follow the steps of a case from where it stood when it came."""
    return reduce(advance, steps, start)


def advance(progress: Progress, step: Step) -> Progress:
    """The progress after one more step, whether or not it was allowed."""
    return replace(_after(step, progress), steps=progress.steps + 1)


@singledispatch
def _after(step: Step, _progress: Progress) -> Progress:
    raise TypeError(f"There is no such step: {type(step).__name__}.")


@_after.register
def _(step: Taken, progress: Progress) -> Progress:
    return replace(progress, handler=step.handler)


@_after.register
def _(step: RightsSettled, progress: Progress) -> Progress:
    rights = frozenset(step.rights)
    kept = {key: each for key, each in progress.decisions.items() if key[0] in rights}
    return replace(progress, rights=rights, decisions=kept)


@_after.register
def _(step: IdentitySettled, progress: Progress) -> Progress:
    answered = Answered(question=PauseKind.IDENTITY, on=step.on, enough=True)
    progress = replace(progress, identity=step.method, denied=False)
    return _with_answer(progress, answered)


@_after.register
def _(step: IdentityDenied, progress: Progress) -> Progress:
    """It is an answer too, and no older than its question."""
    open_since = [
        each.asked_on
        for each in progress.questions
        if each.is_open and each.kind is PauseKind.IDENTITY
    ]
    on = max([step.on, *open_since])
    answered = Answered(question=PauseKind.IDENTITY, on=on, enough=False)
    return _with_answer(replace(progress, identity=None, denied=True), answered)


@_after.register
def _(step: MandateSettled, progress: Progress) -> Progress:
    return replace(progress, mandate=step.mandate)


@_after.register
def _(step: Asked, progress: Progress) -> Progress:
    question = Question(kind=step.question, asked_on=step.on, excused=step.excused)
    doubted = step.question is PauseKind.IDENTITY
    return replace(
        progress,
        questions=(*progress.questions, question),
        identity=None if doubted else progress.identity,
    )


@_after.register
def _(step: Answered, progress: Progress) -> Progress:
    return _with_answer(progress, step)


@_after.register
def _(step: Extended, progress: Progress) -> Progress:
    days = progress.limits.pause_days
    return replace(progress, extended=step, days_paused_when_extended=days)


@_after.register
def _(step: Searched, progress: Progress) -> Progress:
    return replace(progress, searches={**progress.searches, step.place: step})


@_after.register
def _(step: Decided, progress: Progress) -> Progress:
    key = (step.right, step.group)
    decided = replace(progress, decisions={**progress.decisions, key: step})
    is_new = changes_data(step) and not step.reworded
    return _after_a_change(decided) if is_new else decided


@_after.register
def _(step: Undecided, progress: Progress) -> Progress:
    gone = (step.right, step.group)
    kept = {key: each for key, each in progress.decisions.items() if key != gone}
    return replace(progress, decisions=kept)


@_after.register
def _(step: RecipientSettled, progress: Progress) -> Progress:
    return replace(progress, recipients={**progress.recipients, step.recipient: step})


@_after.register
def _(step: RestrictionSet, progress: Progress) -> Progress:
    restricted = replace(progress, restriction=Restriction(since=step.on))
    return _after_a_change(restricted)


@_after.register
def _(step: RestrictionEndTold, progress: Progress) -> Progress:
    if progress.restriction is None:
        return progress
    told = replace(progress.restriction, end_told_on=step.on, ends=step.ends)
    return replace(progress, restriction=told)


@_after.register(RestrictionLifted)
def _(_step: RestrictionLifted, progress: Progress) -> Progress:
    return replace(progress, restriction=None)


@_after.register
def _(step: LateTold, progress: Progress) -> Progress:
    return replace(progress, late_told=step)


@_after.register
def _(step: Delivered, progress: Progress) -> Progress:
    first = progress.first_answer or FirstAnswer(
        step.on,
        late=step.on > progress.last_day,
        in_aim=step.on <= progress.aim_on,
    )
    deliveries = (*progress.deliveries, step)
    return replace(progress, deliveries=deliveries, first_answer=first)


@_after.register
def _(step: Reached, progress: Progress) -> Progress:
    return replace(progress, reached_on=progress.reached_on or step.on)


@_after.register(Closed)
def _(_step: Closed, progress: Progress) -> Progress:
    return replace(progress, closed=True)


@_after.register(Reopened)
def _(_step: Reopened, progress: Progress) -> Progress:
    return replace(progress, closed=False, deliveries=(), reached_on=None)


@_after.register(Held)
def _(_step: Held, progress: Progress) -> Progress:
    return replace(progress, held=True)


@_after.register(Released)
def _(_step: Released, progress: Progress) -> Progress:
    return replace(progress, held=False)


@_after.register(IdentityClaimed)
@_after.register(Noted)
def _(_step: IdentityClaimed | Noted, progress: Progress) -> Progress:
    return progress


def _after_a_change(progress: Progress) -> Progress:
    """Who got data has to be told of each change, this one as well: GDPR Art. 19."""
    recipients = {key: e.after_a_change for key, e in progress.recipients.items()}
    return replace(progress, recipients=recipients)


def _with_answer(progress: Progress, step: Answered) -> Progress:
    """Close the open question of a kind; there is one at most."""
    questions = (
        replace(each, answered_on=step.on, enough=step.enough)
        if each.is_open and each.kind is step.question
        else each
        for each in progress.questions
    )
    return replace(progress, questions=tuple(questions))
