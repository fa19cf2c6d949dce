"""What an author most likely did wrong where a file cannot be read as YAML.

The parser reports where it stopped, in terms of its own work. An author needs to know
the mistake behind it: a colon without a space, a quotation mark that is not closed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml


class Mark(NamedTuple):
    line: int
    column: int


START = Mark(1, 1)
DEEPEST = 50  # levels; older C parsers crash the interpreter at about 100,000


class YamlMistake(NamedTuple):
    """The key of one of `problems.MESSAGES`, the position, and the values."""

    kind: str
    mark: Mark
    values: dict[str, str]


@dataclass(frozen=True)
class ParseFailure:
    """Where the parser stopped, and where the thing began that it was reading."""

    lines: list[str]
    begun: Mark
    stopped: Mark

    def line(self, mark: Mark) -> str:
        return rest_of_line(self.lines, Mark(mark.line, 1))

    def rest(self, mark: Mark) -> str:
        return rest_of_line(self.lines, mark)

    @property
    def ahead(self) -> str:
        return self.rest(self.stopped)

    def before(self, mark: Mark) -> str:
        return self.line(mark)[: mark.column - 1].strip()

    def previous(self, mark: Mark) -> Mark:
        """Return the beginning of the nearest line above that is not empty."""
        for number in range(mark.line - 1, 0, -1):
            if self.lines[number - 1].strip():
                return self.start(Mark(number, 1))
        return START

    def start(self, mark: Mark) -> Mark:
        line = self.line(mark)
        return Mark(mark.line, len(line) - len(line.lstrip()) + 1)


def likely_mistake(error: yaml.MarkedYAMLError, text: str) -> YamlMistake:
    """Return the mistake that most likely caused an error of the parser."""
    stopped = mark_of(error.problem_mark or error.context_mark)
    begun = mark_of(error.context_mark or error.problem_mark)
    failure = ParseFailure(text.split("\n"), begun, stopped)
    indent = failure.line(stopped)[: failure.start(stopped).column - 1]
    if "\t" in indent or failure.ahead.startswith("\t"):
        return YamlMistake("tab", stopped, {})
    for context, problem, explain in _EXPLANATIONS:
        if re.match(context, error.context or "") and re.match(
            problem, error.problem or ""
        ):
            return explain(failure)
    return YamlMistake("syntax", stopped, {})


def unclosed_quote(
    quoted: yaml.ScalarEvent | None, error: yaml.MarkedYAMLError, text: str
) -> YamlMistake | None:
    """Return the quotation mark that was closed by the next one, lines below."""
    stopped = mark_of(error.problem_mark or error.context_mark)
    if quoted is None or mark_of(quoted.end_mark).line != stopped.line:
        return None
    begun = mark_of(quoted.start_mark)
    swallowed = text.split("\n")[begun.line : stopped.line]
    if any(re.match(r" *(- +)?[a-z_]+:( |$)", line) for line in swallowed):
        return YamlMistake("quote_open", begun, {"value": str(quoted.style)})
    return None


def mark_of(place: Any) -> Mark:
    return Mark(place.line + 1, place.column + 1) if place else START


def rest_of_line(lines: list[str], mark: Mark) -> str:
    """Return the line from a mark on; empty if the mark is after the last line."""
    return "".join(lines[mark.line - 1 : mark.line])[mark.column - 1 :]


def missing_space(text: str) -> re.Match[str] | None:
    """Match `key:value`, which is almost always a mistake for `key: value`."""
    return re.match(r"([a-z_]+):(?![\s/])", text)


def _line_without_colon(failure: ParseFailure) -> YamlMistake:
    begun, rest = failure.begun, failure.rest(failure.begun)
    if match := missing_space(rest):
        values = {"value": rest, "key": match[1]}
        return YamlMistake("space_after_colon", begun, values)
    kind = "space_after_dash" if rest.startswith("-") else "no_colon"
    return YamlMistake(kind, begun, {"value": rest})


def _unexpected_colon(failure: ParseFailure) -> YamlMistake:
    """Explain a `: ` where no key can be."""
    stopped = failure.stopped
    if match := re.match(r"(?:- +)*[^:]*:\s+(.*)", failure.before(stopped) + " "):
        start = failure.line(stopped).index(match[1].strip())
        value = failure.line(stopped)[start:].strip()
        mark = Mark(stopped.line, start + 1)
        return YamlMistake("colon_in_text", mark, {"value": value})
    above = failure.previous(stopped)
    value = failure.rest(above).removeprefix("- ")
    if match := missing_space(value):
        values = {"value": value, "key": match[1]}
        return YamlMistake("space_after_colon", above, values)
    if ":" not in failure.rest(above):
        return YamlMistake("no_colon", above, {"value": failure.rest(above)})
    return YamlMistake("indentation", failure.start(stopped), {})


def _no_key(failure: ParseFailure) -> YamlMistake:
    """Explain something other than a key among `key: value` lines."""
    stopped, rest = failure.stopped, failure.ahead
    before = failure.before(stopped)[-1:]
    if rest[:1] in ("]", "}"):
        return YamlMistake("bracket_closed", stopped, {"value": rest[:1]})
    if before in ('"', "'"):
        return YamlMistake("after_quote", stopped, {"value": before})
    if before in ("]", "}"):
        return YamlMistake("after_bracket", stopped, {"value": before})
    if rest.startswith("- "):
        return YamlMistake("list_in_group", stopped, {})
    kind = "no_key" if rest.startswith(":") else "indentation"
    return YamlMistake(kind, stopped, {})


def _in_brackets(failure: ParseFailure) -> YamlMistake:
    """Explain something other than a comma or the end of `{…}` or `[…]`."""
    begun, stopped, rest = failure.begun, failure.stopped, failure.ahead
    opening = failure.rest(begun)[:1]
    if _reached_other_lines(failure):
        closing = {"{": "}", "[": "]"}.get(opening, "")
        values = {"value": opening, "closing": closing}
        return YamlMistake("bracket_open", begun, values)
    if rest[:1] in ("]", "}"):
        return YamlMistake("bracket_closed", stopped, {"value": rest[:1]})
    kind = "colon_in_braces" if rest.startswith(":") else "comma_missing"
    return YamlMistake(kind, stopped, {})


def _reached_other_lines(failure: ParseFailure) -> bool:
    """Whether the parser read on, past a bracket left open, to lines outside it."""
    if failure.stopped.line == failure.begun.line:
        return False
    here, there = failure.start(failure.stopped), failure.start(failure.begun)
    return not failure.ahead or here.column <= there.column


Explanation = Callable[[ParseFailure], YamlMistake]


def _begins_with_character(kind: str) -> Explanation:
    """Explain by the character at which the thing began."""
    return lambda failure: YamlMistake(
        kind, failure.begun, {"value": failure.rest(failure.begun)[:1]}
    )


def _begins_with_word(kind: str) -> Explanation:
    """Explain by the word at which the thing began."""
    return lambda failure: YamlMistake(
        kind, failure.begun, {"value": failure.rest(failure.begun).partition(" ")[0]}
    )


def _stopped_at(kind: str) -> Explanation:
    """Explain by the character at which the parser stopped."""
    return lambda failure: YamlMistake(
        kind, failure.stopped, {"value": failure.ahead[:1]}
    )


def _no_dash(failure: ParseFailure) -> YamlMistake:
    return YamlMistake("no_dash", failure.stopped, {"value": failure.ahead})


def _too_deep(failure: ParseFailure) -> YamlMistake:
    """Explain the parser's own limit of levels, which it has from version 6.0.4 on."""
    return YamlMistake("too_deep", failure.stopped, {"limit": str(DEEPEST)})


# What the parser was doing, what it reported, and the explanation; the first that fits.
_EXPLANATIONS: tuple[tuple[str, str, Explanation], ...] = (
    (".*scanning a quoted", "", _begins_with_character("quote_open")),
    (".*scanning a simple key", "", _line_without_colon),
    (".*scanning a block", "", _begins_with_word("block_mark")),
    (".*(anchor|alias)", "", _begins_with_word("alias")),
    (".*tag", "", _begins_with_word("tag")),
    (".*node", ".*tag handle", _begins_with_word("tag")),
    (".*quoted", "", _stopped_at("backslash")),
    (".*flow (mapping|sequence)", "", _in_brackets),
    (".*flow node", "", _begins_with_character("comma_twice")),
    (".*block node", "", _stopped_at("leading_mark")),
    (".*block collection", "", _no_dash),
    (".*block mapping", "", _no_key),
    (".*directive", "", _begins_with_character("leading_mark")),
    (".*increasing", "", _too_deep),
    ("", "mapping values", _unexpected_colon),
    ("", "(block )?sequence entries", _stopped_at("list_on_line")),
    ("", "mapping keys|.*start any token", _stopped_at("leading_mark")),
    ("", ".*document start", _stopped_at("second_document")),
    ("", ".*incompatible", _stopped_at("leading_mark")),
)
