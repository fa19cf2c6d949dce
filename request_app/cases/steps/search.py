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
    """One of the places was searched, or given to somebody to search."""

    kind: Literal["searched"] = "searched"
    label = N_("A place was searched")

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, searches={**progress.searches, self.place: self})

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """The notice tells what a register holds; of other places only staff can."""
        if not self.place.strip():
            yield N_("Choose the place that was searched.")
        if self.found and self.place in OTHER_PLACES and not proposal.says("what"):
            yield N_("Write what was found there.")
