"""Verifying the requester’s identity, and the right to act for another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from generator.languages import N_
from request_app.cases.steps.facts import IdentityMethod, Mandate
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.questions import order_objections
from request_app.cases.steps.step import Proposal, Step
from request_app.deadlines import PauseKind


class IdentitySettled(Step):
    """The requester’s identity was verified; this answers an open question about it."""

    kind: Literal["identity-settled"] = "identity-settled"
    label = N_("It was settled who asks")
    method: IdentityMethod
    on: date

    def apply(self, progress: Progress) -> Progress:
        verified = replace(progress, identity=self.method, denied=False)
        return verified.with_reply(PauseKind.IDENTITY, self.on, enough=True)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """After a denial, staff must write why they are sure all the same."""
        yield from order_objections(PauseKind.IDENTITY, self.on, proposal.progress)
        if proposal.progress.denied and not proposal.says("why_sure"):
            yield N_(
                "At an address we had already, somebody says that the request is not "
                "theirs. Write why you are sure all the same."
            )


class IdentityDenied(Step):
    """A reader at an address on file denied that the request is theirs."""

    kind: Literal["identity-denied"] = "identity-denied"
    label = N_("Somebody says that the request is not theirs")
    on: date

    def apply(self, progress: Progress) -> Progress:
        """Close an open question about identity too, no earlier than it was asked."""
        asked = [
            each.asked_on
            for each in progress.questions
            if each.is_open and each.kind is PauseKind.IDENTITY
        ]
        denied = replace(progress, identity=None, denied=True)
        on = max([self.on, *asked])
        return denied.with_reply(PauseKind.IDENTITY, on, enough=False)


class IdentityClaimed(Step):
    """Someone confirmed by another e-mail after a denial; it verifies nothing."""

    kind: Literal["identity-claimed"] = "identity-claimed"
    label = N_("Somebody says that the request is theirs")
    on: date


class MandateSettled(Step):
    """The right to act for another was verified (EDPB 01/2022 ¶80–90)."""

    kind: Literal["mandate-settled"] = "mandate-settled"
    label = N_("The right to act for another was noted")
    mandate: Mandate
    on: date

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, mandate=self.mandate)
