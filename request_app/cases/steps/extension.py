"""Extending the deadline, once and in time, and notifying of a late answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from generator.languages import N_
from request_app.cases import grounds
from request_app.cases.steps.facts import Extension, LateNotice
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import Proposal, Step
from request_app.store.values import AT_ONCE
from request_app.workdays import is_working_day


class Extended(Extension, Step):
    """The deadline was extended and the person notified: GDPR Art. 12(3)."""

    kind: Literal["extended"] = "extended"
    label = N_("The time was extended")

    def apply(self, progress: Progress) -> Progress:
        days = progress.limits.pause_days
        return replace(progress, extended=self, days_paused_when_extended=days)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """GDPR Art. 12(3): once, within the first month, with the reasons."""
        progress, today = proposal.progress, proposal.today
        if progress.extended:
            yield N_("The time can be extended only once (GDPR Art. 12(3)).")
        if today > progress.limits.due:
            yield N_(
                "The time can be extended only before its last day is over "
                "(GDPR Art. 12(3)). Tell the person that the answer is late."
            )
        if self.on != today:
            yield N_("An extension counts from the day on which it is told.")
        if self.reason not in grounds.EXTENSIONS:
            yield N_("Choose the reason for the extension.")
        if not proposal.says("facts"):
            yield N_("Write what in this request takes more time.")
        yield from self._new_day_objections(progress)
        if progress.answered or progress.rights <= AT_ONCE:
            yield N_("Nothing is left that would need more time.")
        elif not progress.undecided - AT_ONCE:
            yield N_(
                "Everything is decided already. Take a decision back if you need more "
                "time."
            )

    def _new_day_objections(self, progress: Progress) -> Iterator[str]:
        """At most three months from receipt: GDPR Art. 12(3), second sentence."""
        if not progress.limits.due < self.to <= progress.limits.extended_due:
            yield N_("The new day must be after the first one, within three months.")
        elif not is_working_day(self.to, working_eves=progress.working_eves):
            yield N_("The new day must be a working day.")


class LateTold(LateNotice, Step):
    """The person was notified that the answer is late, and when it will come."""

    kind: Literal["late-told"] = "late-told"
    label = N_("The person was told that the answer is late")

    def apply(self, progress: Progress) -> Progress:
        return replace(progress, late_told=self)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        progress, today = proposal.progress, proposal.today
        if progress.first_answer or today <= progress.last_day:
            yield N_("The answer is not late.")
        if self.by < today:
            yield N_("Promise a day that is still to come.")
