"""Deciding on a right for a group of data, and taking a decision back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from generator.languages import N_
from request_app.cases.notice import data_groups
from request_app.cases.rights import WAITS_FOR_IDENTITY, Outcome
from request_app.cases.steps.decision_requirements import SENTENCES, Lack, missing
from request_app.cases.steps.facts import Decision
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import ANSWER_IS_SENT, Proposal, Step
from request_app.deadlines import PauseKind
from request_app.store.values import AT_ONCE, Right

WHOLE = N_("Decide on all of it. A part is decided by itself.")


class Decided(Decision, Step):
    """The outcome of a right for a group of data; a later decision replaces it."""

    kind: Literal["decided"] = "decided"
    label = N_("A decision was noted")

    def apply(self, progress: Progress) -> Progress:
        decisions = {**progress.decisions, self.key: self}
        decided = replace(progress, decisions=decisions)
        is_new = self.changes_data and not self.reworded
        return decided.with_changed_data() if is_new else decided

    def objections(self, proposal: Proposal) -> Iterator[str]:
        progress = proposal.progress
        if self.right not in progress.rights:
            yield N_("The request does not hold this right.")
        if progress.answered:
            yield ANSWER_IS_SENT
        if data_groups.PART in self.group and not proposal.says("data"):
            yield N_("Write which data this part is about.")
        elif proposal.says("data") and not data_groups.takes_data(
            self.right, self.group
        ):
            yield WHOLE
        words = {**proposal.proposed.words, **proposal.proposed.values}
        yield from (SENTENCES[each.lack] for each in missing(self, words))
        if rule := _OBJECTIONS.get(self.outcome):
            yield from rule(self, proposal)


class Undecided(Step):
    """A decision was withdrawn, such as one on a part that does not exist."""

    kind: Literal["undecided"] = "undecided"
    label = N_("A decision was taken back")
    right: Right
    group: str

    def apply(self, progress: Progress) -> Progress:
        withdrawn = (self.right, self.group)
        decisions = progress.decisions.items()
        kept = {key: each for key, each in decisions if key != withdrawn}
        return replace(progress, decisions=kept)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        if (self.right, self.group) not in proposal.progress.decisions:
            yield N_("Nothing has been decided on this.")
        if proposal.progress.answered:
            yield ANSWER_IS_SENT


def is_copied(group: str, progress: Progress) -> bool:
    """Whether access to the same data was decided, or was not requested."""
    decided = {each.whole for each in progress.decided(Right.ACCESS)}
    whole = data_groups.whole_of(group)
    covered = (
        bool(decided)
        if whole == data_groups.ALL
        else bool(decided & {data_groups.ALL, whole})
    )
    return covered or Right.ACCESS not in progress.rights


def _grant(step: Decided, proposal: Proposal) -> Iterator[str]:
    """Data are erased or corrected only after identity is verified and data copied."""
    progress = proposal.progress
    if step.right in WAITS_FOR_IDENTITY:
        if PauseKind.IDENTITY in progress.open_questions:
            yield N_("It is still open who asks: nothing is erased or corrected yet.")
        elif progress.identity is None:
            yield N_("Note first how you know who asks.")
    # EDPB 01/2022 ¶36–39: the data are given as they were when the request came
    if step.right is Right.ERASURE and not is_copied(step.group, progress):
        yield N_(
            "First take a copy of the data for the answer: decide on access, and erase "
            "only then."
        )


def _no_data(step: Decided, proposal: Proposal) -> Iterator[str]:
    """“No data” can be decided only after the places were searched."""
    searches = proposal.progress.searches
    here = (
        step.whole == data_groups.ALL
        or data_groups.is_item(step.whole)
        or step.whole in searches
    )
    if not searches:
        yield N_("Note first where you have searched.")
    elif not here or any(each.found is None for each in searches.values()):
        yield N_("Some places have not been searched yet.")


def _not_identified(step: Decided, proposal: Proposal) -> Iterator[str]:
    """GDPR Art. 11(2), 12(2): only after the person was asked who they are."""
    progress = proposal.progress
    asked = any(each.kind is PauseKind.IDENTITY for each in progress.questions)
    if not asked or progress.identity is not None:
        yield N_("Ask the person first who they are.")
    if step.right in AT_ONCE:
        yield N_("This right needs no identity.")


def _passed_on(step: Decided, proposal: Proposal) -> Iterator[str]:
    del proposal
    if step.right in AT_ONCE:
        yield SENTENCES[Lack.NEVER_REFUSED]


def _cancelled(_step: Decided, proposal: Proposal) -> Iterator[str]:
    if proposal.progress.case.cancelled_at is None:
        yield N_("The person has not cancelled the request.")


_OBJECTIONS = {
    Outcome.GRANTED: _grant,
    Outcome.NO_DATA: _no_data,
    Outcome.NOT_IDENTIFIED: _not_identified,
    Outcome.PASSED_ON: _passed_on,
    Outcome.CANCELLED: _cancelled,
}
