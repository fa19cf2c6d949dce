"""Who handles a case, which rights it invokes, and notes on it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pydantic import Field

from generator.languages import N_
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import ANSWER_IS_SENT, Proposal, Step
from request_app.store.values import Right


class Taken(Step):
    """A member of staff handles the case from now on."""

    kind: Literal["taken"] = "taken"
    label = N_("A case handler took the request")
    handler: str  # the id of an account

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, handler=self.handler)


class RightsSettled(Step):
    """The rights that the request invokes, as it was meant (EDPB 01/2022 ¶48)."""

    kind: Literal["rights-settled"] = "rights-settled"
    label = N_("It was settled what is asked for")
    rights: tuple[Right, ...] = Field(min_length=1)

    def apply(self, progress: Progress) -> Progress:
        rights = frozenset(self.rights)
        decisions = progress.decisions.items()
        kept = {key: each for key, each in decisions if each.right in rights}
        return replace(progress, rights=rights, decisions=kept)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        if proposal.progress.answered:
            yield ANSWER_IS_SENT


class Noted(Step):
    """A note in words; it changes nothing."""

    kind: Literal["noted"] = "noted"
    label = N_("A note was written")
    fits_closed = True
    fits_spam = True
