"""The state of a case after its steps, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from request_app import deadlines
from request_app.cases.rights import (
    GIVES_DATA,
    NEEDS_IDENTITY,
    Outcome,
    Result,
    result_of,
)
from request_app.cases.steps import facts
from request_app.store.cases import Case
from request_app.store.values import AT_ONCE, Right, State
from request_app.workdays import Eve, next_working_day, previous_working_day

DAYS_TO_FETCH = 7  # then somebody looks why the answer was not fetched


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The state of a case after its steps; it holds no personal data."""

    case: Case
    rights: frozenset[Right]
    working_eves: frozenset[Eve] = frozenset()
    aim_days: int = deadlines.AIM_DAYS
    steps: int = 0
    handler: str | None = None
    identity: facts.IdentityMethod | None = None
    denied: bool = False  # a reader at an address on file denied the request
    mandate: facts.Mandate | None = None
    questions: tuple[facts.Question, ...] = ()
    extended: facts.Extension | None = None
    days_paused_when_extended: int = 0
    searches: Mapping[str, facts.Search] = field(default_factory=dict)
    decisions: Mapping[tuple[Right, str], facts.Decision] = field(default_factory=dict)
    recipients: Mapping[str, facts.RecipientStatus] = field(default_factory=dict)
    restriction: facts.Restriction | None = None
    late_told: facts.LateNotice | None = None
    deliveries: tuple[facts.Dispatch, ...] = ()  # of the current answer
    reached_on: date | None = None
    first_answer: facts.FirstAnswer | None = None
    closed: bool = False
    held: bool = False

    @cached_property
    def limits(self) -> deadlines.TimeLimits:
        """The statutory dates, with the days on which the clock stood still."""
        return deadlines.time_limits(
            self.case.received_at,
            pauses=[question.pause for question in self.questions],
            working_eves=self.working_eves,
        )

    @property
    def last_day(self) -> date:
        """The current deadline of the answer.

        An extended deadline moves with later pauses, but never past three months from
        receipt: GDPR Art. 12(3).
        """
        if self.extended is None:
            return self.limits.due
        later = self.limits.pause_days - self.days_paused_when_extended
        day = self.extended.to + timedelta(days=later)
        promised = next_working_day(day, working_eves=self.working_eves)
        return min(promised, self.limits.extended_due)

    @property
    def aim_on(self) -> date:
        """The desk’s own target for the next thing to do."""
        if self.answered:
            return self.deliveries[-1].on + timedelta(days=DAYS_TO_FETCH)
        if self.undecided & AT_ONCE:
            return deadlines.aim_at_once(self.limits)
        if self.extended:
            eve = self.last_day - timedelta(days=1)
            return previous_working_day(eve, working_eves=self.working_eves)
        return deadlines.aim(self.limits, days=self.aim_days)

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
    def open_questions(self) -> frozenset[deadlines.PauseKind]:
        return frozenset(each.kind for each in self.questions if each.is_open)

    @property
    def is_denied(self) -> bool:
        """Whether identity was denied and has not been asked about again since."""
        return self.denied and deadlines.PauseKind.IDENTITY not in self.open_questions

    @property
    def undecided(self) -> frozenset[Right]:
        return self.rights - {right for right, _ in self.decisions}

    def is_late(self, today: date) -> bool:
        """Whether the deadline has passed without an answer, or a cancellation."""
        waits = self.first_answer is None and self.case.cancelled_at is None
        return waits and today > self.last_day

    def decided(self, right: Right) -> list[facts.Decision]:
        return [each for (which, _), each in self.decisions.items() if which == right]

    def granted(self, right: Right) -> bool:
        return any(each.outcome is Outcome.GRANTED for each in self.decided(right))

    @property
    def gives_data(self) -> bool:
        """Whether the person gets data with the answer."""
        return any(self.granted(right) for right in GIVES_DATA)

    @property
    def needs_identity(self) -> bool:
        """Whether a right was granted that requires a verified identity."""
        return any(self.granted(right) for right in self.rights & NEEDS_IDENTITY)

    def result(self, right: Right) -> Result:
        """The result of a right; closing the case cancels an undecided one."""
        found = result_of({each.outcome for each in self.decided(right)})
        ended = found is Result.OPEN and self.closed
        return Result.CANCELLED if ended else found

    def with_reply(self, kind: deadlines.PauseKind, on: date, *, enough: bool) -> Self:
        """Record the reply to the open question of a kind; there is one at most."""
        questions = (
            replace(each, answered_on=on, enough=enough)
            if each.is_open and each.kind is kind
            else each
            for each in self.questions
        )
        return replace(self, questions=tuple(questions))

    def with_changed_data(self) -> Self:
        """Require that recipients be notified again after a change: GDPR Art. 19."""
        recipients = {key: each.after_change for key, each in self.recipients.items()}
        return replace(self, recipients=recipients)
