"""A YAML file as plain values, with the place of each and everything odd about it.

Every unquoted word is text: `NO` stays Norway and `00790` keeps its zeros. Only the
model makes dates, numbers and truths of it.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.content.problems import Problem
from generator.content.yaml_mistakes import (
    DEEPEST,
    START,
    Mark,
    likely_mistake,
    mark_of,
    missing_space,
    rest_of_line,
    unclosed_quote,
)
from generator.languages import available

LARGEST_FILE = 250_000  # bytes; some 2,000 entries of a catalogue
MOST_PROBLEMS = 100  # in one file; who has more is helped by the first
_NOTHING = ("", "~", "null")

Loc = tuple[str | int, ...]


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
    if match := re.search("^=======$", text, re.MULTILINE):
        document.problem("conflict", mark_at(text, match.start()))
        return
    builder = _Builder(document, text)
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        slip = unclosed_quote(builder.quoted, error, text) or likely_mistake(
            error, text
        )
        document.problem(slip.kind, slip.mark, **slip.values)
    except yaml.YAMLError:
        document.problem("syntax")


def read_text(file: Path, document: Document, *, within: Path) -> str | None:
    """Read a text file that is not YAML; what is odd about it goes to the document."""
    content = _bytes(file, document, within)
    return None if content is None else _text(content, document)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _bytes(file: Path, document: Document, within: Path) -> bytes | None:
    try:
        if kind := oddity(file, within):
            document.problem(kind)
        elif (size := file.stat().st_size) > LARGEST_FILE:
            limit = LARGEST_FILE // 1000
            document.problem("too_large", size=size // 1000, limit=limit)
        else:
            return file.read_bytes()
    except OSError:
        document.problem("unreadable")
    return None


def oddity(file: Path, within: Path) -> str | None:
    """Tell why a file is none that is read, if so."""
    if not file.exists():
        return "broken_link" if file.is_symlink() else "file_missing"
    if not file.resolve().is_relative_to(within.resolve()):
        return "outside"
    if file.is_dir():
        return "folder"
    return None if file.is_file() else "not_a_file"


# What editors cannot show, or count as the end of a line where others do not.
_INVISIBLE = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def _text(content: bytes, document: Document) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        document.problem("utf16")
    elif b"\0" in content[:2]:
        document.problem("utf16")  # without the mark that tells it
    elif content.startswith(codecs.BOM_UTF8):
        document.problem("bom")
    else:
        return _decoded(content, document)
    return None


def _decoded(content: bytes, document: Document) -> str | None:
    try:
        text = _one_kind_of_line(content.decode())
    except UnicodeDecodeError as error:
        before = _one_kind_of_line(content[: error.start].decode())
        letter = content[error.start : error.start + 1].decode("cp1252", "replace")
        document.problem("not_utf8", mark_at(before, len(before)), value=letter)
        return None
    if odd := _INVISIBLE.search(text):
        code = f"U+{ord(odd[0]):04X}"
        document.problem("control_character", mark_at(text, odd.start()), code=code)
    elif odd := re.search("^(<<<<<<<|>>>>>>>)( |$)", text, re.MULTILINE):
        document.problem("conflict", mark_at(text, odd.start()))
    elif not text.strip():
        document.problem("empty_file")
    else:
        return text
    return None


def _one_kind_of_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mark_at(text: str, offset: int) -> Mark:
    before = text[:offset]
    return Mark(before.count("\n") + 1, offset - before.rfind("\n"))


class _NonsenseError(Exception):
    """The rest of the file makes no sense after this."""


class _Builder:
    """Makes plain values of YAML events, and notes what our YAML does not use."""

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
        if len(self.document.problems) > MOST_PROBLEMS:
            raise _NonsenseError
        if len(loc) > DEEPEST:
            self.document.problem("too_deep", mark, limit=DEEPEST)
            raise _NonsenseError
        odd = self._unused_mark(event)
        if odd:
            value = self._rest(mark).partition(" ")[0]
            self.document.problem(odd, mark, value=value)
        match event:
            case yaml.ScalarEvent(value="") if odd:
                return None
            case yaml.ScalarEvent():
                return self._scalar(event, loc)
            case yaml.SequenceStartEvent():
                return self._list(loc)
            case yaml.MappingStartEvent():
                return self._group(loc)
            case _:
                return None

    def _unused_mark(self, event: yaml.Event) -> str | None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return "alias"
        return "tag" if getattr(event, "tag", None) else None

    def _scalar(self, event: yaml.ScalarEvent, loc: Loc) -> str | None:
        text: str = event.value
        if event.style or text.lower() not in _NOTHING:
            return text
        key, mark = _name(loc), self.document.mark(loc, key=True)
        if loc:
            kind, values = self._why_nothing(key, _start(event))
            self.document.problem(kind, mark, **{"key": key, **values})
        return None

    def _why_nothing(self, key: str, mark: Mark) -> tuple[str, dict[str, str]]:
        """Tell how a key came to have no value."""
        if match := missing_space(key):  # {fi:Nimi, en: Name}
            return "space_after_colon", {"value": key, "key": match[1]}
        if self._rest(mark).lstrip().startswith("#"):
            return "hash", {}
        if key in available():
            return "no_text", {}
        # {fi: Nimi, osoite, en: …}: a comma between braces begins a new key
        return ("comma" if " " in key else "no_value"), {}

    def _rest(self, mark: Mark) -> str:
        return rest_of_line(self.lines, mark)

    def _list(self, loc: Loc) -> list[Any]:
        items: list[Any] = []
        texts: set[str] = set()
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
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
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, mark = self._key(event, loc), _start(event)
            at = (*loc, key)
            if key in group:
                first = self.document.keys[at].line
                self.document.problem("duplicate_key", mark, key=key, first=first)
                self._skip()
                continue
            self.document.keys[at] = mark
            group[key] = self._value(next(self.events), at)
        if not group:
            mark = self.document.mark(loc)
            self.document.problem("empty_group", mark, key=_name(loc))
        return group

    def _skip(self) -> None:
        """Pass over a value."""
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


def _start(event: yaml.Event) -> Mark:
    return mark_of(event.start_mark)


def _name(loc: Loc) -> str:
    return next((part for part in reversed(loc) if isinstance(part, str)), "…")
