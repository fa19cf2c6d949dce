"""A YAML file as plain values, with the place of each and everything odd about it.

Every unquoted word is text: `NO` stays Norway and `00790` keeps its zeros. Only the
model makes dates, numbers and truths of it.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.content.problems import Problem

LARGEST_FILE = 1_000_000  # bytes; the notice of a large city is a tenth of it
DEEPEST = 50  # levels; the C parser crashes the interpreter at about 100,000
_NOTHING = ("", "~", "null")

Loc = tuple[str | int, ...]


class Mark(NamedTuple):
    line: int
    column: int


START = Mark(1, 1)


@dataclass
class Document:
    """What a file says, and where it says it."""

    path: str
    value: Any = None
    marks: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, loc: Loc, *, key: bool = False) -> Mark:
        """Return the place of a value, of its key, or of the nearest thing around."""
        for end in range(len(loc), 0, -1):
            places = self.keys if key else self.marks
            if mark := places.get(loc[:end]):
                return mark
            key = False
        return self.marks.get((), START)

    def problem(self, kind: str, at: Mark = START, /, **values: object) -> None:
        self.problems.append(Problem(self.path, *at, kind, values))


def read(file: Path, path: str, *, within: Path) -> Document:
    """Read a file that must lie inside the folder `within`."""
    document = Document(path)
    content = _bytes(file, document, within)
    text = None if content is None else _text(content, document)
    if text is not None:
        parse(text, document)
    return document


def parse(text: str, document: Document) -> None:
    """Fill the document from YAML text."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")) or line == "=======":
            document.problem("conflict", Mark(number, 1))
            return
    try:
        _Builder(document, yaml.parse(text, Loader=_LOADER)).build()
    except yaml.MarkedYAMLError as error:
        _syntax(error, text, document)


def read_text(file: Path, document: Document, *, within: Path) -> str | None:
    """Read a text file that is not YAML; what is odd about it goes to the document."""
    content = _bytes(file, document, within)
    return None if content is None else _text(content, document)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _bytes(file: Path, document: Document, within: Path) -> bytes | None:
    if not file.exists():
        document.problem("file_missing")
    elif not file.is_file():
        document.problem("not_a_file")
    elif not file.resolve().is_relative_to(within.resolve()):
        document.problem("outside")
    elif (size := file.stat().st_size) > LARGEST_FILE:
        limit = LARGEST_FILE // 1000
        document.problem("too_large", size=size // 1000, limit=limit)
    else:
        try:
            return file.read_bytes()
        except OSError:
            document.problem("unreadable")
    return None


def _text(content: bytes, document: Document) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        document.problem("utf16")
        return None
    if content.startswith(codecs.BOM_UTF8):
        document.problem("bom")
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        document.problem("not_utf8", _mark_at(before), byte=error.start + 1)
        return None
    if odd := re.search(
        r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
    ):
        code = f"U+{ord(odd[0]):04X}"
        document.problem("control_character", _mark_at(text[: odd.start()]), code=code)
        return None
    if not text.strip():
        document.problem("empty_file")
        return None
    return text


def _mark_at(before: str) -> Mark:
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _syntax(error: yaml.MarkedYAMLError, text: str, document: Document) -> None:
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else START
    lines = text.splitlines()
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        document.problem("tab", mark)
    else:
        document.problem("syntax", mark, detail=error.problem or error.context)


class _NonsenseError(Exception):
    """The rest of the file makes no sense after this."""


class _Builder:
    """Makes plain values of YAML events, and notes what our YAML does not use."""

    def __init__(self, document: Document, events: Iterator[yaml.Event]) -> None:
        self.document = document
        self.events = events

    def build(self) -> None:
        try:
            self._documents()
        except _NonsenseError:
            return

    def _documents(self) -> None:
        begun = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if begun:
                    self.document.problem("second_document", _start(event))
                    return
                begun = True
            elif isinstance(event, yaml.NodeEvent):
                self.document.value = self._value(event, ())
                if self.document.value is None and not self.document.problems:
                    self.document.problem("empty_file")
        if not begun:
            self.document.problem("empty_file")

    def _value(self, event: yaml.Event, loc: Loc) -> Any:
        mark = _start(event)
        self.document.marks[loc] = mark
        if len(loc) > DEEPEST:
            self.document.problem("too_deep", mark, limit=DEEPEST)
            raise _NonsenseError
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.document.problem("alias", mark)
        elif tag := getattr(event, "tag", None):
            self.document.problem("tag", mark, value=tag)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, loc)
            case yaml.SequenceStartEvent():
                return self._list(loc)
            case yaml.MappingStartEvent():
                return self._group(loc)
            case _:
                return None

    def _scalar(self, event: yaml.ScalarEvent, loc: Loc) -> str | None:
        if not event.style and event.value.lower() in _NOTHING:
            key = _name(loc)
            # {fi: Nimi, osoite, en: …}: a comma between braces begins a new key
            kind = "comma" if not event.value and " " in key else "no_value"
            self.document.problem(kind, self.document.mark(loc, key=True), key=key)
            return None
        text: str = event.value
        return text

    def _list(self, loc: Loc) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*loc, len(items))))
        if not items:
            mark = self.document.mark(loc)
            self.document.problem("empty_list", mark, key=_name(loc))
        return items

    def _group(self, loc: Loc) -> dict[str, Any]:
        group: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, mark = self._key(event, loc), _start(event)
            at = (*loc, key)
            if key in group:
                first = self.document.keys[at].line
                self.document.problem("duplicate_key", mark, key=key, first=first)
                self._value(next(self.events), (*loc, f"{key} again"))
                continue
            self.document.keys[at] = mark
            group[key] = self._value(next(self.events), at)
        if not group:
            mark = self.document.mark(loc)
            self.document.problem("empty_group", mark, key=_name(loc))
        return group

    def _key(self, event: yaml.Event, loc: Loc) -> str:
        if isinstance(event, yaml.ScalarEvent):
            key: str = event.value
            return key
        self.document.problem("key_not_text", _start(event))
        self._value(event, (*loc, "?"))
        return "?"


def _start(event: yaml.Event) -> Mark:
    place = event.start_mark
    return Mark(place.line + 1, place.column + 1) if place else START


def _name(loc: Loc) -> str:
    return next((part for part in reversed(loc) if isinstance(part, str)), "…")
