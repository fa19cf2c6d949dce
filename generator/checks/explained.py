"""Why each rule asks what it asks, with a bad and a good example."""

import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from generator.checks.findings import Severity
from generator.checks.rules import Rule, rules
from generator.languages import N_

_FILE = Path(__file__).with_name("explained.yaml")

WEIGHT: Mapping[Severity, str] = {
    Severity.ERROR: N_("error"),
    Severity.GAP: N_("gap"),
    Severity.WARNING: N_("warning"),
}


class Explanation(BaseModel):
    """What stands in the data file of one rule."""

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


def explain(rule: Rule, language: str, texts: NullTranslations) -> str:
    """Tell what a rule asks, why, and how it is answered well and badly."""
    told = explanations()[rule.id]
    sentence = told.fi if language == "fi" else rule.sentence
    why = told.why.get(language) or told.why["en"]
    weight = texts.gettext(WEIGHT[rule.severity])
    left_out = texts.gettext("Without these lines:") if told.without else ""
    return "\n".join(
        [
            f"{rule.id} · {rule.law.articles()} · {weight}",
            "",
            *textwrap.wrap(sentence),
            *textwrap.wrap(why),
            "",
            texts.gettext("Source: %s") % told.source_in(language),
            "",
            texts.gettext("Not like this (%s):") % told.file,
            *([left_out] if left_out and not told.bad else []),
            textwrap.indent(told.bad_shown, "    "),
            texts.gettext("But like this:"),
            textwrap.indent(told.good, "    ").rstrip("\n"),
        ]
    )


def as_markdown() -> str:
    """Give all rules as docs/checks.md."""
    return "\n".join([*_head(), *(line for rule in rules() for line in _rule(rule))])


_INTRODUCTION = """\
`python -m generator check` tells what the law asks of the notice and it does not say,
and where it contradicts itself. A *gap* is something that the law asks for and we did
not find; a *warning* is about quality, or a question that only the organisation can
answer. Nothing here says that a notice is lawful, or that it is not. With `--strict`,
gaps end the command with exit code 1; a file that cannot be read ends it with 2.

At the end, one line counts the gaps and the warnings that are left. The last one counts
what the law asks of the notice and of each register: how much of it is given, how much
is said not to apply, and how much is missing.

This page is made from the rules; `check --explain RULE` tells the same of one.

## To answer a finding

What you know of and leave as it is, for now, goes to `content/answers.yaml`, with the
reason and the last day on which it holds. The check lists it apart until then, and
afterwards tells that its date has passed; an answer to nothing that was found
is listed too.

```yaml
answers:
  - rule: recipient-unnamed
    entry: booking-tool        # or register: …; without both, every finding of the rule
    reason: We are choosing a new tool in spring.
    until: 2027-05-31
```

## To keep the languages together

`python -m generator translations --confirm content` records from which text each
translation was made, in `content/translations.lock`. From then on the check tells when
a text has changed and its translation has not. When a translation is right as it is,
confirm its file: `translations --confirm content/notice.yaml`.

## The rules
"""


def _head() -> Iterator[str]:
    yield "# What the check asks"
    yield ""
    yield _INTRODUCTION
    yield "| rule | place in the law | weight | asks |"
    yield "|---|---|---|---|"
    for rule in rules():
        name = f"[{rule.id}](#{rule.id})"
        weight = WEIGHT[rule.severity]
        yield f"| {name} | {rule.law.articles()} | {weight} | {rule.sentence} |"
    yield ""


def _rule(rule: Rule) -> Iterator[str]:
    told = explanations()[rule.id]
    yield f"### {rule.id}"
    yield ""
    yield f"{rule.sentence} {told.why['en']}"
    yield ""
    yield f"Asked by: {told.source_in('en')}. Weight: {WEIGHT[rule.severity]}."
    yield ""
    yield f"Not like this, in `{told.file}`:"
    yield ""
    yield f"```yaml\n{told.bad_shown}```"
    yield ""
    yield "But like this:"
    yield ""
    yield f"```yaml\n{told.good}```"
    yield ""
