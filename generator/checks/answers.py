"""Answers to findings: what an author knows of, why it stays, and until when.

They are kept in `content/answers.yaml`; a finding comes back when its answer expires.
"""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import Field, ValidationError, model_validator

from generator.checks.findings import Finding
from generator.checks.rules import rules
from generator.content.documents import Document, read
from generator.content.parts import Part, optional
from generator.content.problems import ContentError, Problem, not_among, problem_of
from generator.content.reader import CONTENT, Content
from generator.content.values import Day, Id, Line, Reading, fault_at, refuse
from generator.languages import N_, available

FILE = f"{CONTENT}/answers.yaml"


class Answer(Part):
    """What an author says to one finding, or to all findings of one rule."""

    rule: Id = Field(description=N_("The rule, as the check names it"))
    of_register: Id | None = optional(
        N_("Only for this register; without this line, for all"), alias="register"
    )
    entry: Id | None = optional(N_("Only for this entry of a catalogue"))
    reason: Line = Field(description=N_("Why it stays as it is, or who is mending it"))
    until: Day = Field(description=N_("The day after which the finding comes back"))

    @model_validator(mode="after")
    def _answers_a_rule(self) -> Self:
        known = [rule.id for rule in rules()]
        if self.rule not in known:
            error = not_among("unknown_rule", self.rule, known)
            refuse(fault_at(error, self.rule, "rule"))
        return self

    def is_over(self, today: date) -> bool:
        return today > self.until

    def fits(self, finding: Finding) -> bool:
        return (
            finding.rule == self.rule
            and self.of_register in {None, finding.register}
            and self.entry in {None, finding.entry}
        )


class AnswersFile(Part):
    answers: tuple[Answer, ...] = Field(description=N_("Answers to findings"))


def read_answers(content: Content) -> tuple[Answer, ...]:
    """Read the answers beside the content; raise ContentError with every problem."""
    if not (content.root / FILE).exists():
        return ()
    document = read(content.root / FILE, FILE, within=content.root)
    problems = list(document.problems)
    if document.value is not None:
        reading = Reading(content.site.languages, available())
        try:
            return AnswersFile.model_validate(document.value, context=reading).answers
        except ValidationError as error:
            problems += _problems(error, document)
    raise ContentError(problems)


def _problems(error: ValidationError, document: Document) -> Iterator[Problem]:
    for each in error.errors(include_url=False):
        kind, values = problem_of(each)
        mark = document.mark(each["loc"], key=kind == "unknown_key")
        yield Problem(document.path, *mark, kind, values)
