"""Notifying the recipients of data that changed: GDPR Art. 19."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from generator.languages import N_
from request_app.cases.steps.facts import RecipientStatus
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import Proposal, Step


class RecipientSettled(RecipientStatus, Step):
    """Whether a recipient had this person’s data, and when it was notified."""

    kind: Literal["recipient-settled"] = "recipient-settled"
    label = N_("A recipient was dealt with")

    def apply(self, progress: Progress) -> Progress:
        recipients = {**progress.recipients, self.recipient: self}
        return replace(progress, recipients=recipients)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        del proposal
        if not self.needs_notice and (self.told_on or self.why_not):
            yield N_("A recipient that did not get the data has nothing to be told.")
        if self.unchanged and not self.got:
            yield N_("Either the recipient got data, or it did not.")
        if self.told_on and self.why_not:
            yield N_("Either the recipient was told, or there is a reason why not.")
