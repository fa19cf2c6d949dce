"""Sending the answer, and noting that it has reached the person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from generator.languages import N_
from request_app.cases.steps.facts import Dispatch, FirstAnswer
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import Proposal, Step
from request_app.deadlines import PauseKind


class Delivered(Dispatch, Step):
    """The answer was sent; it counts as delivered once the person has it."""

    kind: Literal["delivered"] = "delivered"
    label = N_("The answer was sent")

    def apply(self, progress: Progress) -> Progress:
        first = progress.first_answer or FirstAnswer(
            self.on, late=self.on > progress.last_day, in_aim=self.on <= progress.aim_on
        )
        deliveries = (*progress.deliveries, self)
        return replace(progress, deliveries=deliveries, first_answer=first)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """All is decided, identity verified if needed, and recipients notified."""
        progress = proposal.progress
        if progress.undecided:
            yield N_("Some of the rights are still undecided.")
        if PauseKind.IDENTITY in progress.open_questions:
            yield N_("It is still open who asks: nothing is handed over yet.")
        elif progress.identity is None and progress.needs_identity:
            yield N_("Note first how you know who asks.")
        yield from _recipient_objections(progress)


class Reached(Step):
    """The answer has reached the person: fetched, posted on paper, or handed over."""

    kind: Literal["reached"] = "reached"
    label = N_("The answer reached the person")
    fits_closed = True
    delivery: str
    on: date

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, reached_on=progress.reached_on or self.on)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        known = {each.delivery for each in proposal.progress.deliveries}
        if self.delivery not in known:
            yield N_("There is no such delivery.")


def _recipient_objections(progress: Progress) -> Iterator[str]:
    """GDPR Art. 19: each recipient is notified, unless impossible or too much."""
    changed = any(each.changes_data for each in progress.decisions.values())
    unnotified = any(each.is_open for each in progress.recipients.values())
    if unnotified and (changed or progress.restriction is not None):
        yield N_("A recipient that got the data has not been told of the change.")
