"""A YAML file as plain values, with the position of each and all problems of YAML.

Every unquoted word is text: `NO` stays Norway and `00790` keeps its zeros. Only the
model makes dates, numbers and truth values of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.content import yaml_mistakes
from generator.content.problems import Problem
from generator.content.text_files import UnreadableError, mark_at, read_text
from generator.content.yaml_mistakes import DEEPEST, START, Mark, mark_of
from generator.languages import available

MOST_PROBLEMS = 100  # in one file; the first ones help most
_NOTHING = ("", "~", "null")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Loc = tuple[str | int, ...]


@dataclass
class Document:
    """The values of a file, and the positions of the values and of their keys."""

    path: str
    value: Any = None
    marks: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, loc: Loc, *, key: bool = False) -> Mark:
        """Return the position of a value, of its key, or else of the group around."""
        for end in range(len(loc), 0, -1):
            marks = self.keys if key else self.marks
            if mark := marks.get(loc[:end]):
                return mark
            key = False
        return self.marks.get((), START)

    def problem(self, kind: str, at: Mark = START, /, **values: object) -> None:
        self.problems.append(Problem(self.path, *at, kind, values))


def read(file: Path, path: str, *, within: Path) -> Document:
    """Read a file that must lie inside the folder `within`."""
    document = Document(path)
    try:
        _parse(read_text(file, within=within), document)
    except UnreadableError as error:
        document.problem(error.kind, error.mark, **error.values)
    return document


def _parse(text: str, document: Document) -> None:
    if match := re.search("^=======$", text, re.MULTILINE):
        raise UnreadableError("conflict", mark_at(text, match.start()))
    builder = _Builder(document, text)
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        quote = yaml_mistakes.unclosed_quote(builder.quoted, error, text)
        mistake = quote or yaml_mistakes.likely_mistake(error, text)
        document.problem(mistake.kind, mistake.mark, **mistake.values)
    except yaml.YAMLError:
        document.problem("syntax")


class _StopError(Exception):
    """The rest of the file is not worth reading."""


class _Builder:
    """Builds plain values from YAML events, and reports what is not allowed.

    Events, not nodes: nodes do not show aliases and explicit tags, and there are none
    at all in a file that is broken further down.
    """

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.lines = text.split("\n")
        self.quoted: yaml.ScalarEvent | None = None  # the last text in quotes
        self.events = self._watched(yaml.parse(text, Loader=_LOADER))

    def _watched(self, events: Iterable[yaml.Event]) -> Iterator[yaml.Event]:
        for event in events:
            if isinstance(event, yaml.ScalarEvent) and event.style in {'"', "'"}:
                self.quoted = event
            yield event

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def build(self) -> None:
        begun = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if begun:
                    self.document.problem("second_document", _start(event))
                    return
                begun = True
            elif isinstance(event, yaml.NodeEvent):
                try:
                    self.document.value = self._value(event, ())
                except _StopError:
                    return
                if self.document.value is None and not self.document.problems:
                    self.document.problem("empty_file")
        if not begun:
            self.document.problem("empty_file")

    def _value(self, event: yaml.Event, loc: Loc) -> Any:
        mark = _start(event)
        self.document.marks[loc] = mark
        if len(self.document.problems) > MOST_PROBLEMS:
            raise _StopError
        if len(loc) > DEEPEST:
            self.document.problem("too_deep", mark, limit=DEEPEST)
            raise _StopError
        refused = _alias_or_tag(event)
        if refused:
            value = self._rest(mark).partition(" ")[0]
            self.document.problem(refused, mark, value=value)
        match event:
            case yaml.ScalarEvent(value="") if refused:
                return None
            case yaml.ScalarEvent():
                return self._scalar(event, loc)
            case yaml.SequenceStartEvent():
                return self._list(loc)
            case yaml.MappingStartEvent():
                return self._group(loc)
            case _:
                return None

    def _scalar(self, event: yaml.ScalarEvent, loc: Loc) -> str | None:
        text: str = event.value
        if event.style or text.lower() not in _NOTHING:
            return text
        key, mark = _name(loc), self.document.mark(loc, key=True)
        if loc:
            kind, values = self._why_no_value(key, _start(event))
            self.document.problem(kind, mark, **{"key": key, **values})
        return None

    def _why_no_value(self, key: str, mark: Mark) -> tuple[str, dict[str, str]]:
        """Return the problem that explains why a key has no value."""
        if match := yaml_mistakes.missing_space(key):  # {fi:Nimi, en: Name}
            return "space_after_colon", {"value": key, "key": match[1]}
        if self._rest(mark).lstrip().startswith("#"):
            return "hash", {}
        if key in available():
            return "no_text", {}
        # {fi: Nimi, osoite, en: …}: a comma between braces begins a new key
        return ("comma" if " " in key else "no_value"), {}

    def _rest(self, mark: Mark) -> str:
        return yaml_mistakes.rest_of_line(self.lines, mark)

    def _list(self, loc: Loc) -> list[Any]:
        items: list[Any] = []
        texts: set[str] = set()
        for event in self._until(yaml.SequenceEndEvent):
            item = self._value(event, (*loc, len(items)))
            if isinstance(item, str):
                if item in texts:
                    self.document.problem("listed_twice", _start(event), value=item)
                texts.add(item)
            items.append(item)
        if not items:
            mark = self.document.mark(loc)
            self.document.problem("empty_list", mark, key=_name(loc))
        return items

    def _group(self, loc: Loc) -> dict[str, Any]:
        group: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            key, mark = self._key(event, loc), _start(event)
            at = (*loc, key)
            if key in group:
                first = self.document.keys[at].line
                self.document.problem("duplicate_key", mark, key=key, first=first)
                self._skip_value()
                continue
            self.document.keys[at] = mark
            group[key] = self._value(next(self.events), at)
        if not group:
            mark = self.document.mark(loc)
            self.document.problem("empty_group", mark, key=_name(loc))
        return group

    def _skip_value(self) -> None:
        depth = 0
        for event in self.events:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return

    def _key(self, event: yaml.Event, loc: Loc) -> str:
        if isinstance(event, yaml.ScalarEvent):
            key: str = event.value
            return key
        self.document.problem("key_not_text", _start(event))
        self._value(event, (*loc, "?"))
        return "?"


def _alias_or_tag(event: yaml.Event) -> str | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "alias"
    return "tag" if getattr(event, "tag", None) else None


def _start(event: yaml.Event) -> Mark:
    return mark_of(event.start_mark)


def _name(loc: Loc) -> str:
    return next((part for part in reversed(loc) if isinstance(part, str)), "…")
