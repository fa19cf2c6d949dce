"""Closing a case, reopening it, and protecting it from deletion."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from generator.languages import N_
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import Proposal, Step


class Closed(Step):
    """A member of staff closed the case; retention times run from then on."""

    kind: Literal["closed"] = "closed"
    label = N_("The request was closed")
    fits_spam = True

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, closed=True)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """The answer must have reached the person; closing spam needs a reason."""
        case = proposal.progress.case
        if case.suspicion:
            if not proposal.says("note"):
                yield N_("Write how you know that this is spam and no request.")
        elif case.cancelled_at is None and proposal.progress.reached_on is None:
            yield N_("The answer has not reached the person yet.")
        if proposal.progress.restriction:
            yield N_("A restriction is on: lift it first, or leave the case open.")


class Reopened(Step):
    """The case is open again, and its earlier answer no longer holds."""

    kind: Literal["reopened"] = "reopened"
    label = N_("The request was reopened")
    fits_closed = True
    fits_spam = True  # it may be no spam after all

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, closed=False, deliveries=(), reached_on=None)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        if not proposal.progress.closed:
            yield N_("The case is open.")


class Held(Step):
    """The case is not deleted while a legal claim is possible (Art. 17(3)(e))."""

    kind: Literal["held"] = "held"
    label = N_("The case is held: nothing of it is deleted")
    fits_closed = True
    fits_spam = True

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, held=True)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """A case is held past its retention time only with a written reason."""
        if proposal.progress.held:
            yield N_("The case is held already.")
        if not proposal.says("reason"):
            yield N_("Write why nothing of this case may be deleted.")


class Released(Step):
    """The hold has ended: deletion applies to the case again."""

    kind: Literal["hold-ended"] = "hold-ended"
    label = N_("The hold of the case has ended")
    fits_closed = True
    fits_spam = True

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, held=False)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        if not proposal.progress.held:
            yield N_("The case is not held.")
        if not proposal.says("reason"):
            yield N_("Write why the case need not be held any longer.")
