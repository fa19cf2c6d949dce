"""What an author most likely meant where a file cannot be read as YAML.

The parser tells where it gave up, in words about its own work. What matters to an
author is the slip behind it: a colon without a space, a quotation mark left open.
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


class Slip(NamedTuple):
    """One of `problems.MESSAGES`, where it is, and its values."""

    kind: str
    mark: Mark
    values: dict[str, str]


@dataclass(frozen=True)
class Scene:
    """Where the parser gave up, and where the thing began that it was reading."""

    lines: list[str]
    begun: Mark
    stopped: Mark

    def line(self, mark: Mark) -> str:
        return rest_of_line(self.lines, Mark(mark.line, 1))

    def rest(self, mark: Mark) -> str:
        return rest_of_line(self.lines, mark)

    def before(self, mark: Mark) -> str:
        return self.line(mark)[: mark.column - 1].strip()

    def previous(self, mark: Mark) -> Mark:
        """Return the last line above that says something."""
        for number in range(mark.line - 1, 0, -1):
            if self.lines[number - 1].strip():
                return self.start(Mark(number, 1))
        return START

    def start(self, mark: Mark) -> Mark:
        line = self.line(mark)
        return Mark(mark.line, len(line) - len(line.lstrip()) + 1)


def slip_behind(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """Give the slip behind an error of the parser."""
    stopped = mark_of(error.problem_mark or error.context_mark)
    begun = mark_of(error.context_mark or error.problem_mark)
    scene = Scene(text.split("\n"), begun, stopped)
    indent = scene.line(stopped)[: scene.start(stopped).column - 1]
    if "\t" in indent or scene.rest(stopped).startswith("\t"):
        return Slip("tab", stopped, {})
    for context, problem, explain in _EXPLANATIONS:
        said = (error.context or "", error.problem or "")
        if re.match(context, said[0]) and re.match(problem, said[1]):
            return explain(scene)
    return Slip("syntax", stopped, {})


def runaway(
    quoted: yaml.ScalarEvent | None, error: yaml.MarkedYAMLError, text: str
) -> Slip | None:
    """Give a quotation mark left open, which the next one in the file closed."""
    stopped = mark_of(error.problem_mark or error.context_mark)
    if quoted is None or mark_of(quoted.end_mark).line != stopped.line:
        return None
    begun = mark_of(quoted.start_mark)
    swallowed = text.split("\n")[begun.line : stopped.line]
    if any(re.match(r" *(- +)?[a-z_]+:( |$)", line) for line in swallowed):
        return Slip("quote_open", begun, {"value": str(quoted.style)})
    return None


def mark_of(place: Any) -> Mark:
    return Mark(place.line + 1, place.column + 1) if place else START


def rest_of_line(lines: list[str], mark: Mark) -> str:
    """Return the line from a mark on, which may lie behind the last one."""
    return "".join(lines[mark.line - 1 : mark.line])[mark.column - 1 :]


def lacks_space(text: str) -> re.Match[str] | None:
    """Match `key:value`, as hardly anything but a slip is written."""
    return re.match(r"([a-z_]+):(?![\s/])", text)


def _simple_key(scene: Scene) -> Slip:
    """Explain a line that has no `: ` in it."""
    begun = scene.begun
    rest = scene.rest(begun)
    if match := lacks_space(rest):
        return Slip("space_after_colon", begun, {"value": rest, "key": match[1]})
    if rest.startswith("-"):
        return Slip("space_after_dash", begun, {"value": rest})
    return Slip("no_colon", begun, {"value": rest})


def _second_colon(scene: Scene) -> Slip:
    """Explain a `: ` where no key can be."""
    stopped = scene.stopped
    if match := re.match(r"(?:- +)*[^:]*:\s+(.*)", scene.before(stopped) + " "):
        start = scene.line(stopped).index(match[1].strip())
        value = scene.line(stopped)[start:].strip()
        return Slip("colon_in_text", Mark(stopped.line, start + 1), {"value": value})
    above = scene.previous(stopped)
    if match := lacks_space(scene.rest(above).removeprefix("- ")):
        value = scene.rest(above).removeprefix("- ")
        return Slip("space_after_colon", above, {"value": value, "key": match[1]})
    if ":" not in scene.rest(above):
        return Slip("no_colon", above, {"value": scene.rest(above)})
    return Slip("indentation", scene.start(stopped), {})


def _no_key(scene: Scene) -> Slip:
    """Explain something other than a key among `key: value` lines."""
    stopped, before, rest = scene.stopped, scene.before(scene.stopped), _now(scene)
    if rest[:1] in ("]", "}"):
        return Slip("bracket_closed", stopped, {"value": rest[:1]})
    if before[-1:] in ('"', "'"):
        return Slip("after_quote", stopped, {"value": before[-1:]})
    if before[-1:] in ("]", "}"):
        return Slip("after_bracket", stopped, {"value": before[-1:]})
    if rest.startswith("- "):
        return Slip("list_in_group", stopped, {})
    return Slip("no_key" if rest.startswith(":") else "indentation", stopped, {})


def _in_brackets(scene: Scene) -> Slip:
    """Explain something other than a comma or the end of `{…}` or `[…]`."""
    begun, stopped, rest = scene.begun, scene.stopped, _now(scene)
    opening = scene.rest(begun)[:1]
    if _begins_anew(scene):
        closing = {"{": "}", "[": "]"}.get(opening, "")
        values = {"value": opening, "closing": closing}
        return Slip("bracket_open", begun, values)
    if rest[:1] in ("]", "}"):
        return Slip("bracket_closed", stopped, {"value": rest[:1]})
    kind = "colon_in_braces" if rest.startswith(":") else "comma_missing"
    return Slip(kind, stopped, {})


def _begins_anew(scene: Scene) -> bool:
    """Tell whether the parser ran on, past a bracket left open, to other lines."""
    if scene.stopped.line == scene.begun.line:
        return False
    here, there = scene.start(scene.stopped), scene.start(scene.begun)
    return not _now(scene) or here.column <= there.column


def _now(scene: Scene) -> str:
    return scene.rest(scene.stopped)


def _at_begun(kind: str) -> Callable[[Scene], Slip]:
    """Explain by the character at which it began."""
    return lambda scene: Slip(kind, scene.begun, {"value": scene.rest(scene.begun)[:1]})


def _at_stopped(kind: str) -> Callable[[Scene], Slip]:
    """Explain by the character at which the parser stopped."""
    return lambda scene: Slip(kind, scene.stopped, {"value": _now(scene)[:1]})


def _by_word(kind: str) -> Callable[[Scene], Slip]:
    """Explain by the word at which it began."""
    return lambda scene: Slip(
        kind, scene.begun, {"value": scene.rest(scene.begun).partition(" ")[0]}
    )


def _dash(scene: Scene) -> Slip:
    return Slip("no_dash", scene.stopped, {"value": _now(scene)})


def _too_deep(scene: Scene) -> Slip:
    """Explain so many levels that the parser stops by itself: from version 6.0.4 on."""
    return Slip("too_deep", scene.stopped, {"limit": str(DEEPEST)})


# What the parser was doing, what it said, and the explanation; the first that fits.
_EXPLANATIONS = (
    (".*scanning a quoted", "", _at_begun("quote_open")),
    (".*scanning a simple key", "", _simple_key),
    (".*scanning a block", "", _by_word("block_mark")),
    (".*(anchor|alias)", "", _by_word("alias")),
    (".*tag", "", _by_word("tag")),
    (".*node", ".*tag handle", _by_word("tag")),
    (".*quoted", "", _at_stopped("backslash")),
    (".*flow (mapping|sequence)", "", _in_brackets),
    (".*flow node", "", _at_begun("comma_twice")),
    (".*block node", "", _at_stopped("leading_mark")),
    (".*block collection", "", _dash),
    (".*block mapping", "", _no_key),
    (".*directive", "", _at_begun("leading_mark")),
    (".*increasing", "", _too_deep),
    ("", "mapping values", _second_colon),
    ("", "(block )?sequence entries", _at_stopped("list_on_line")),
    ("", "mapping keys|.*start any token", _at_stopped("leading_mark")),
    ("", ".*document start", _at_stopped("second_document")),
    ("", ".*incompatible", _at_stopped("leading_mark")),
)
