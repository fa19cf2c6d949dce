"""Steps in any order: what is refused changes nothing, what is allowed stays lawful."""

import os
from datetime import timedelta

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from request_app.cases.rights import Outcome
from request_app.cases.steps.assignment import Noted, Taken
from request_app.cases.steps.closing import Closed, Held, Released, Reopened
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.delivery import Delivered, Reached
from request_app.cases.steps.extension import Extended, LateTold
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.questions import Answered, Asked
from request_app.cases.steps.restriction import (
    RestrictionEndTold,
    RestrictionLifted,
    RestrictionSet,
)
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import ProposedStep, advance, objections
from request_app.cases.steps.verification import IdentitySettled
from request_app.deadlines import PauseKind
from request_app.store.values import AT_ONCE, Right, State, Way
from tests.support.case_steps import LIMITS, RECEIVED, started

DAYS = st.integers(-2, 120).map(lambda days: RECEIVED + timedelta(days=days))
TEXTS = st.dictionaries(
    st.sampled_from(["facts", "kept_until", "controller", "why_late"]),
    st.sampled_from(["", "words"]),
)
GROUNDS = st.sampled_from([None, "exception_17_3_b", "data_correct", "unfounded"])
STEPS = st.one_of(
    st.builds(Taken, handler=st.sampled_from("ab")),
    st.builds(IdentitySettled, method=st.sampled_from(IdentityMethod), on=DAYS),
    st.builds(Asked, question=st.sampled_from(PauseKind), on=DAYS, way=st.just(Way.STATUS_PAGE), excused=st.booleans()),
    st.builds(Answered, question=st.sampled_from(PauseKind), on=DAYS, enough=st.booleans()),
    st.builds(Extended, to=DAYS, reason=st.sampled_from(["complex_volume", "holidays"]), on=DAYS),
    st.builds(Searched, place=st.sampled_from(["customers", "mail"]), found=st.sampled_from([None, True, False])),
    st.builds(Decided, right=st.sampled_from(Right), group=st.just("all"), outcome=st.sampled_from(Outcome), on=DAYS, ground=GROUNDS),
    st.builds(RecipientSettled, recipient=st.just("r"), got=st.booleans(), told_on=st.none() | DAYS),
    st.builds(RestrictionSet, on=DAYS),
    st.builds(RestrictionEndTold, on=DAYS),
    st.builds(RestrictionLifted, on=DAYS),
    st.builds(LateTold, on=DAYS, by=DAYS),
    st.builds(Delivered, delivery=st.just("d"), way=st.just(Way.LETTER), on=DAYS),
    st.builds(Reached, delivery=st.just("d"), on=DAYS),
    st.just(Closed()),
    st.just(Reopened()),
    st.just(Held()),
    st.just(Released()),
    st.just(Noted()),
)  # fmt: skip
CHANGED = {Right.ERASURE, Right.RECTIFICATION}


class Desk(RuleBasedStateMachine):
    """Somebody who tries every step, on every day."""

    @initialize(rights=st.sets(st.sampled_from(Right), min_size=1))
    def receive(self, rights):
        self.progress, self.today, self.taken = started(*rights), RECEIVED, []

    @rule(days=st.integers(0, 25))
    def wait(self, days):
        self.today += timedelta(days=days)

    @rule(step=STEPS, words=TEXTS, new=st.sampled_from(["", "new"]))
    def attempt(self, step, words, new):
        act = ProposedStep(step=step, words=words, values={"new": new})
        if not list(objections(act, self.progress, today=self.today)):
            self.taken.append((self.today, act, self.progress))
            self.progress = advance(self.progress, step)

    @invariant()
    def extensions_are_lawful(self):
        extensions = [
            (day, act, before)
            for day, act, before in self.taken
            if isinstance(act.step, Extended)
        ]
        assert len(extensions) <= 1
        for day, act, before in extensions:
            assert day <= before.limits.due
            assert act.step.to <= before.limits.extended_due
            assert act.words["facts"]

    @invariant()
    def what_is_done_at_once_is_never_refused(self):
        for (right, _), decided in self.progress.decisions.items():
            assert right not in AT_ONCE or decided.outcome is not Outcome.REFUSED

    @invariant()
    def nothing_was_changed_for_who_was_not_known(self):
        for _, act, before in self.taken:
            grants = (
                isinstance(act.step, Decided) and act.step.outcome is Outcome.GRANTED
            )
            if grants and act.step.right in CHANGED:
                assert before.identity is not None
                assert PauseKind.IDENTITY not in before.open_questions

    @invariant()
    def what_went_out_was_decided(self):
        for _, act, before in self.taken:
            if isinstance(act.step, Delivered):
                assert not before.undecided
                assert PauseKind.IDENTITY not in before.open_questions

    @invariant()
    def a_closed_case_had_its_answer(self):
        if self.progress.state is State.CLOSED:
            assert self.progress.reached_on
            assert self.progress.restriction is None

    @invariant()
    def the_last_day_only_moves_later(self):
        assert LIMITS.due <= self.progress.last_day


EXAMPLES = int(os.environ.get("SELOSTE_EXAMPLES", "100")) // 10
TestAnyOrder = Desk.TestCase
TestAnyOrder.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=40, deadline=None
)
