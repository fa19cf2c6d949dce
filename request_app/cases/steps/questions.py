"""Questions to the person, and their replies; two kinds stop the clock."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from generator.languages import N_
from request_app.cases.steps.facts import Question
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import ANSWER_IS_SENT, Proposal, Step
from request_app.deadlines import PauseKind
from request_app.store.values import Way


class Asked(Step):
    """A question to the person; two kinds stop the clock (EDPB 01/2022 ¶159)."""

    kind: Literal["asked"] = "asked"
    label = N_("The person was asked something")
    question: PauseKind
    on: date
    way: Way
    excused: bool = False  # asked late, with the reason noted in words

    def apply(self, progress: Progress) -> Progress:
        """A question about identity undoes an earlier verification."""
        asked = Question(kind=self.question, asked_on=self.on, excused=self.excused)
        doubted = self.question is PauseKind.IDENTITY
        return replace(
            progress,
            questions=(*progress.questions, asked),
            identity=None if doubted else progress.identity,
        )

    def objections(self, proposal: Proposal) -> Iterator[str]:
        """Only one question of a kind is open at a time; a late one needs a reason."""
        if self.question in proposal.progress.open_questions:
            yield N_("This has been asked already, and there is no answer yet.")
        if self.excused and not proposal.says("why_late"):
            yield N_("Write why the question could not be asked earlier.")
        if proposal.progress.answered:
            yield ANSWER_IS_SENT


class Answered(Step):
    """The person’s reply to an open question, whether or not it was sufficient."""

    kind: Literal["answered"] = "answered"
    label = N_("The person replied to a question")
    question: PauseKind
    on: date
    enough: bool

    def apply(self, progress: Progress) -> Progress:
        return progress.with_reply(self.question, self.on, enough=self.enough)

    def objections(self, proposal: Proposal) -> Iterator[str]:
        if self.question not in proposal.progress.open_questions:
            yield N_("No such question is open.")
        yield from order_objections(self.question, self.on, proposal.progress)


def order_objections(kind: PauseKind, on: date, progress: Progress) -> Iterator[str]:
    """A reply cannot be older than the open question that it answers."""
    asked = [
        each.asked_on
        for each in progress.questions
        if each.is_open and each.kind is kind
    ]
    if any(on < day for day in asked):
        yield N_("The answer cannot be older than the question.")
