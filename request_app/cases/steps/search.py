"""Searching the places where data of the person may be."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from generator.languages import N_
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.steps.facts import Search
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import Proposal, Step


class Searched(Search, Step):
    """A place was searched, or assigned to somebody to search."""

    kind: Literal["searched"] = "searched"
    label = N_("A place was searched")

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, searches={**progress.searches, self.place: self})

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """Staff describe data found outside the registers, as the notice does not."""
        if not self.place.strip():
            yield N_("Choose the place that was searched.")
        if self.found and self.place in OTHER_PLACES and not proposal.says("what"):
            yield N_("Write what was found there.")
