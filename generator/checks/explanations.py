"""Why each rule exists, with a bad and a good example."""

import textwrap
from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from generator.checks.findings import Severity
from generator.checks.registry import Rule
from generator.languages import N_, language_of

_FILE = Path(__file__).with_name("explanations.yaml")

WEIGHT: Mapping[Severity, str] = {
    Severity.ERROR: N_("error"),
    Severity.GAP: N_("gap"),
    Severity.WARNING: N_("warning"),
}


class Explanation(BaseModel):
    """The entry of one rule in explanations.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fi: str
    why: Mapping[str, str]
    source: str | Mapping[str, str]
    file: str
    context: Mapping[str, Mapping[str, Any]] = {}
    without: tuple[str, ...] = ()
    bad: str = ""
    good: str

    def source_in(self, language: str) -> str:
        if isinstance(self.source, str):
            return self.source
        return self.source.get(language) or self.source["en"]

    @property
    def bad_shown(self) -> str:
        left_out = "".join(f"# {key}: …\n" for key in self.without)
        return self.bad + left_out


@cache
def explanations() -> Mapping[str, Explanation]:
    given = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: Explanation.model_validate(each) for name, each in given.items()}


def explain(rule: Rule, messages: NullTranslations) -> str:
    """Return what a rule requires, why, and a bad and a good example."""
    explanation, language = explanations()[rule.id], language_of(messages)
    sentence = explanation.fi if language == "fi" else rule.sentence
    why = explanation.why.get(language) or explanation.why["en"]
    weight = messages.gettext(WEIGHT[rule.severity])
    left_out = messages.gettext("Without these lines:") if explanation.without else ""
    return "\n".join(
        [
            f"{rule.id} · {rule.articles.cited()} · {weight}",
            "",
            *textwrap.wrap(sentence),
            *textwrap.wrap(why),
            "",
            messages.gettext("Source: %s") % explanation.source_in(language),
            "",
            messages.gettext("Not like this (%s):") % explanation.file,
            *([left_out] if left_out and not explanation.bad else []),
            textwrap.indent(explanation.bad_shown, "    "),
            messages.gettext("But like this:"),
            textwrap.indent(explanation.good, "    ").rstrip("\n"),
        ]
    )
