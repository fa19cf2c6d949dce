"""The published notice: read from its files, and again when they change.

Each case stores the notice of the day of receipt, which `kept` reads.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from generator.content import problems, reader
from generator.content.base_model import ContentModel
from generator.content.law import Law
from generator.content.model import (
    Controller,
    ControllerFile,
    Notice as NoticeContent,
    Register,
)
from generator.content.values import ReadingContext, Text
from generator.languages import available
from request_app.logs import log_alarm
from request_app.store.columns import canonical
from request_app.store.notices import Notice


class Edition(NamedTuple):
    """The content at one time, and the same in the form that cases store."""

    content: reader.Content
    notice: Notice


class Published:
    """Reads the newest valid edition; while the files have errors, the earlier one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = Lock()
        self._state: tuple[object, ...] = ()
        self._edition: Edition | None = None

    def edition(self) -> Edition:
        with self._lock:
            state = tuple(_state_of(self._root))
            if self._edition is None or state != self._state:
                self._edition = self._read()
                self._state = state
            return self._edition

    def _read(self) -> Edition:
        try:
            return edition_of(reader.read_content(self._root))
        except problems.ContentError as error:
            if self._edition is None:
                raise
            log_alarm("content-broken", count=len(error.problems))
            return self._edition


def edition_of(content: reader.Content) -> Edition:
    data = {
        "organisation": _dumped(content.organisation),
        "notice": _dumped(content.notice),
        "registers": [_dumped(register) for register in content.registers],
        "law": _dumped(content.law),
    }
    return Edition(content, Notice(canonical(data)))


@dataclass(frozen=True)
class Kept:
    """The notice of the day on which a request was received.

    `unread` names the parts that this version of the product cannot read: of those
    only id and name are known, and nothing may be concluded from what is missing.
    """

    organisation: ControllerFile
    notice: NoticeContent
    registers: tuple[Register, ...]
    law: Law
    unread: frozenset[str] = frozenset()

    def register(self, register_id: str) -> Register | None:
        return next((each for each in self.registers if each.id == register_id), None)


def kept(notice: Notice) -> Kept:
    """Read a stored notice; parts that are no longer valid do not stop a case."""
    return _Reader(json.loads(notice.content)).kept()


UNREADABLE = "⟦?⟧"  # keeps a letter from being sent: see `cases.letters`
AnyPart = TypeVar("AnyPart", bound=ContentModel)


class _Reader:
    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.unread: set[str] = set()

    def kept(self) -> Kept:
        organisation = self._part("organisation", ControllerFile)
        notice = self._part("notice", NoticeContent)
        registers = tuple(
            self._register(value) for value in _list(self.data.get("registers"))
        )
        law = (
            self._part("law", Law)
            or reader.law_pack(tuple(sorted(reader.LAW_LANGUAGES)))[0]
        )
        if law is None:
            raise ValueError("The law pack cannot be read.")
        return Kept(
            organisation or _nameless(_group(self.data.get("organisation"))),
            notice or _untitled(_group(self.data.get("notice"))),
            registers,
            law,
            frozenset(self.unread),
        )

    def _part(self, name: str, kind: type[AnyPart]) -> AnyPart | None:
        return self._read(self.data.get(name), kind, name)

    def _register(self, value: object) -> Register:
        data = _group(value)
        name = str(data.get("id", UNREADABLE))
        return self._read(value, Register, name) or Register.model_construct(
            id=name, name=_text(data.get("name"), name)
        )

    def _read(self, value: object, kind: type[AnyPart], name: str) -> AnyPart | None:
        languages = frozenset(_languages(self.data))
        reading = ReadingContext(
            (), languages | reader.LAW_LANGUAGES | available(), written_out=True
        )
        try:
            return kind.model_validate(value, context=reading)
        except ValidationError:
            self.unread.add(name)
            return None


def _nameless(data: Mapping[str, Any]) -> ControllerFile:
    name = _group(data.get("controller")).get("name", UNREADABLE)
    return ControllerFile.model_construct(
        controller=Controller.model_construct(name=str(name))
    )


def _untitled(data: Mapping[str, Any]) -> NoticeContent:
    title = _text(data.get("title"), UNREADABLE)
    return NoticeContent.model_construct(title=title, short_title=title)


def _text(value: object, otherwise: str) -> Text:
    """Read the texts of all languages, or use one that marks what is missing."""
    words = {
        language: text
        for language, text in _group(value).items()
        if isinstance(text, str)
    }
    return Text.model_construct(words or {"en": otherwise})


def _languages(data: Mapping[str, Any]) -> Iterator[str]:
    """The languages that the notice was written in."""
    yield from _group(_group(data.get("notice")).get("title"))


def _group(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dumped(part: ContentModel) -> dict[str, Any]:
    """Write a part as its author would have: “from”, and nothing that is absent."""
    return part.model_dump(mode="json", by_alias=True, exclude_none=True)


def _state_of(root: Path) -> Iterator[tuple[str, int, int]]:
    for path in (root / reader.SITE, *sorted((root / reader.CONTENT).rglob("*.*"))):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # it is being saved right now
        yield str(path), found.st_mtime_ns, found.st_size
