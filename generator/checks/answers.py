"""Answers to findings: why something stays as it is, and until when.

Authors keep them in `content/answers.yaml`; a finding returns when its answer expires.
"""

from datetime import date
from typing import Self

from pydantic import Field, ValidationError, model_validator

from generator.checks.findings import Finding
from generator.checks.rules import all_rules
from generator.content import documents, faults, reader
from generator.content.base_model import ContentModel, optional
from generator.content.problems import ContentError
from generator.content.values import Day, Id, Line, ReadingContext
from generator.languages import N_, available

FILE = f"{reader.CONTENT}/answers.yaml"


class Answer(ContentModel):
    """An author's answer to one finding, or to all findings of one rule."""

    rule: Id = Field(description=N_("The rule, as the check names it"))
    of_register: Id | None = optional(
        N_("Only for this register; without this line, for all"), alias="register"
    )
    entry: Id | None = optional(N_("Only for this entry of a catalogue"))
    reason: Line = Field(description=N_("Why it stays as it is, or who is mending it"))
    until: Day = Field(description=N_("The day after which the finding comes back"))

    @model_validator(mode="after")
    def _answers_a_rule(self) -> Self:
        known = [rule.id for rule in all_rules()]
        if self.rule not in known:
            error = faults.not_among("unknown_rule", self.rule, known)
            faults.refuse(faults.at(error, self.rule, "rule"))
        return self

    def is_over(self, today: date) -> bool:
        return today > self.until

    def fits(self, finding: Finding) -> bool:
        return (
            finding.rule == self.rule
            and self.of_register in {None, finding.register}
            and self.entry in {None, finding.entry}
        )


class AnswersFile(ContentModel):
    answers: tuple[Answer, ...] = Field(description=N_("Answers to findings"))


def read_answers(content: reader.Content) -> tuple[Answer, ...]:
    """Read the answers beside the content; raise ContentError with every problem."""
    if not (content.root / FILE).exists():
        return ()
    document = documents.read(content.root / FILE, FILE, within=content.root)
    problems = list(document.problems)
    if document.value is not None:
        reading = ReadingContext(content.site.languages, available())
        try:
            return AnswersFile.model_validate(document.value, context=reading).answers
        except ValidationError as error:
            problems += reader.problems_of(error, document)
    raise ContentError(problems)
