"""The result of a rule: what was found, where, and in which words it is reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from gettext import NullTranslations
from typing import Any

from babel.dates import format_date

from generator.content import locations, problems
from generator.languages import SOURCE, language_of, locale

# Words, words that are quoted one by one, a day, or words by their language.
Value = str | tuple[str, ...] | date | Mapping[str, str]


class Severity(StrEnum):
    ERROR = "error"  # the notice cannot be published
    GAP = "gap"  # the law asks for it and we did not find it
    WARNING = "warning"  # quality, or a question that only the organisation can answer


class ElementState(StrEnum):
    """Whether a notice contains an element that the law asks for."""

    GIVEN = "given"
    NOT_APPLICABLE = "not applicable"
    MISSING = "missing"
    NOT_REQUIRED = "not required"


@dataclass(frozen=True)
class Finding:
    """One thing for the author to correct or to answer."""

    rule: str
    article: str
    severity: Severity
    register: str | None
    path: str
    line: int
    column: int
    message: str  # English; `translated` gives it in another language
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    entry: str | None = None  # the id of the catalogue entry it is about

    def translated(self, messages: NullTranslations) -> str:
        values = {
            name: _written(value, messages) for name, value in self.values.items()
        }
        return messages.gettext(self.message) % {"register": self.register, **values}

    def as_json(self, messages: NullTranslations) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "article": self.article,
            "severity": self.severity.value,
            "register": self.register,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.translated(messages),
        }

    @property
    def order(self) -> tuple[str, int, int, str]:
        return self.path, self.line, self.column, self.rule


def _written(value: Value, messages: NullTranslations) -> str:
    language = language_of(messages)
    match value:
        case str():
            return value
        case date():
            return format_date(value, locale=locale(language))
        case tuple():
            return ", ".join(messages.gettext("“%s”") % each for each in value)
        case _:
            return value.get(language) or value[SOURCE]


class Observation:
    """What a rule yields; with the rule's id, article and severity it is a finding."""

    def __init__(
        self,
        location: locations.Location,
        *,
        variant: str | None = None,
        register: str | None = None,
        entry: str | None = None,
        **values: Value,
    ) -> None:
        self.location, self.variant = location, variant
        self.register, self.entry, self.values = register, entry, values


# Of an element: its state, or what is missing
Verdict = ElementState | list[Observation]


def problem_as_json(
    problem: problems.Problem, messages: NullTranslations
) -> dict[str, Any]:
    """Return a problem of the reader in the form of a finding."""
    return {
        "rule": problem.kind,
        "article": "",
        "severity": Severity.ERROR.value,
        "register": None,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message(messages),
    }
