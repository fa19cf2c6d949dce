"""Restricting the use of data, and lifting the restriction: GDPR Art. 18."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from generator.languages import N_
from request_app.cases.steps.facts import Restriction
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import Proposal, Step

NO_RESTRICTION = N_("No restriction is on.")


class RestrictionSet(Step):
    """The data are stored but not used from a day on; recipients are notified."""

    kind: Literal["restriction-set"] = "restriction-set"
    label = N_("The use of the data was restricted")
    on: date

    def apply(self, progress: Progress) -> Progress:
        restricted = replace(progress, restriction=Restriction(since=self.on))
        return restricted.with_changed_data()

    def objections(self, proposal: Proposal) -> Iterator[str]:
        if proposal.progress.restriction:
            yield N_("The restriction is on already.")


class RestrictionEndTold(Step):
    """The person was notified before the restriction ends: GDPR Art. 18(3)."""

    kind: Literal["restriction-end-told"] = "restriction-end-told"
    label = N_("The person was told of the end of the restriction")
    on: date
    ends: date | None = None  # the day that the letter named; older steps have none

    def apply(self, progress: Progress) -> Progress:
        if progress.restriction is None:
            return progress
        ending = replace(progress.restriction, end_told_on=self.on, ends=self.ends)
        return replace(progress, restriction=ending)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        if proposal.progress.restriction is None:
            yield NO_RESTRICTION
        if self.ends and self.ends <= self.on:
            yield N_(
                "Name a later day than today: the person is told before the "
                "restriction ends (GDPR Art. 18(3))."
            )


class RestrictionLifted(Step):
    """The data are used again."""

    kind: Literal["restriction-lifted"] = "restriction-lifted"
    label = N_("The restriction was lifted")
    on: date

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, restriction=None)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """GDPR Art. 18(3): it ends no earlier than on the day announced to the person.

        An older step without that day allows it from the day after the announcement.
        """
        restriction = proposal.progress.restriction
        if restriction is None:
            yield NO_RESTRICTION
        elif restriction.end_told_on is None:
            yield N_("Tell the person before the restriction ends (GDPR Art. 18(3)).")
        elif self.on < (
            restriction.ends or restriction.end_told_on + timedelta(days=1)
        ):
            yield N_(
                "The person was told that the restriction ends later. Lift it on that "
                "day, not before (GDPR Art. 18(3))."
            )
