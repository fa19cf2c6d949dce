"""Closing a case, opening it again, and holding it against deletion."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from generator.languages import N_
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import Proposal, Step


class Closed(Step):
    """Only a person closes a case; from then on the retention times run."""

    kind: Literal["closed"] = "closed"
    label = N_("The request was closed")
    fits_spam = True

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, closed=True)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """Not fetched is not delivered; and of spam somebody writes how they know."""
        case = proposal.progress.case
        if case.suspicion:
            if not proposal.says("note"):
                yield N_("Write how you know that this is spam and no request.")
        elif case.cancelled_at is None and proposal.progress.reached_on is None:
            yield N_("The answer has not reached the person yet.")
        if proposal.progress.restriction:
            yield N_("A restriction is on: lift it first, or leave the case open.")


class Reopened(Step):
    """The case is worked on again; its answer so far no longer holds."""

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
    """Nothing of the case is deleted while somebody may claim (Art. 17(3)(e))."""

    kind: Literal["held"] = "held"
    label = N_("The case is held: nothing of it is deleted")
    fits_closed = True
    fits_spam = True

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, held=True)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """Kept past its time only for a claim, and somebody wrote which."""
        if proposal.progress.held:
            yield N_("The case is held already.")
        if not proposal.says("reason"):
            yield N_("Write why nothing of this case may be deleted.")


class Released(Step):
    """The hold is over: what is due is deleted again."""

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
