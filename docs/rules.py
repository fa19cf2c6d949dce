"""Writes docs/checks.md from the rules of the check: make docs."""

from collections.abc import Iterator
from pathlib import Path

from generator.checks.explanations import WEIGHT, explanations
from generator.checks.registry import Rule
from generator.checks.rules import all_rules

PAGE = Path(__file__).with_name("checks.md")

INTRODUCTION = """\
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


def page() -> str:
    return "\n".join(
        [*head(), *(line for rule in all_rules() for line in section(rule))]
    )


def head() -> Iterator[str]:
    yield "# What the check asks\n"
    yield INTRODUCTION
    yield "| rule | place in the law | weight | asks |"
    yield "|---|---|---|---|"
    for rule in all_rules():
        name = f"[{rule.id}](#{rule.id})"
        weight = WEIGHT[rule.severity]
        yield f"| {name} | {rule.articles.cited()} | {weight} | {rule.sentence} |"
    yield ""


def section(rule: Rule) -> Iterator[str]:
    """Explain one rule, with its bad and its good example."""
    told = explanations()[rule.id]
    yield f"### {rule.id}\n"
    yield f"{rule.sentence} {told.why['en']}\n"
    yield f"Asked by: {told.source_in('en')}. Weight: {WEIGHT[rule.severity]}.\n"
    yield f"Not like this, in `{told.file}`:\n"
    yield f"```yaml\n{told.bad_shown}```\n"
    yield "But like this:\n"
    yield f"```yaml\n{told.good}```\n"


if __name__ == "__main__":
    PAGE.write_text(page())
