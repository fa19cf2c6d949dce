"""A step in a case: what it records, what it changes, and the rules it must follow.

A rule yields sentences for staff, with the law it comes from; a step without objections
may be taken. A late answer is never blocked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import ClassVar

from generator.languages import N_
from request_app.cases.steps.facts import Fact, Words
from request_app.cases.steps.progress import Progress

ANSWER_IS_SENT = N_("The answer has been sent. Reopen the case to change it.")


class Step(Fact):
    """Something that was done; its `kind`, unique to its class, is stored with it."""

    kind: str
    label: ClassVar[str]  # what was done, in a few words
    fits_closed: ClassVar[bool] = False  # may be taken after the case was closed
    fits_spam: ClassVar[bool] = False  # … while it is put aside as suspected spam

    def apply(self, progress: Progress) -> Progress:
        """The progress after this step, whether or not it was allowed."""
        return progress

    def objections(self, proposal: "Proposal") -> Iterator[str]:
        """Every reason why this step may not be taken now."""
        del proposal
        yield from ()


@dataclass(frozen=True, kw_only=True)
class ProposedStep:
    """A step that somebody wants to take, with what they wrote."""

    step: Step
    words: Words = field(default_factory=dict, repr=False)
    values: Words = field(default_factory=dict, repr=False)  # old and new data


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A proposed step, with the current state of the case and the day."""

    proposed: ProposedStep
    progress: Progress
    today: date

    def says(self, name: str) -> bool:
        return bool(self.proposed.words.get(name, "").strip())


def objections(
    proposed: ProposedStep, progress: Progress, *, today: date
) -> Iterator[str]:
    """Yield every reason why a step may not be taken now."""
    step = proposed.step
    if progress.closed and not step.fits_closed:
        yield N_("The case is closed. Reopen it first.")
    if progress.case.suspicion and not step.fits_spam:
        yield N_("The request is put aside as suspected spam. Let it in first.")
    yield from _day_objections(step, progress, today)
    proposal = Proposal(proposed=proposed, progress=progress, today=today)
    yield from step.objections(proposal)


def advance(progress: Progress, step: Step) -> Progress:
    """The progress after one more step, whether or not it was allowed."""
    return replace(step.apply(progress), steps=progress.steps + 1)


def progress_of(start: Progress, steps: Iterable[Step]) -> Progress:
    """Apply the steps of a case to its state at receipt."""
    return reduce(advance, steps, start)


def _day_objections(step: Step, progress: Progress, today: date) -> Iterator[str]:
    on = getattr(step, "on", None) or getattr(step, "told_on", None)
    if on is None:
        return
    if on > today:
        yield N_("The day is still to come.")
    if on < progress.case.received_on:
        yield N_("The day is before the request came.")
