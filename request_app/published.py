"""The notice as the request app knows it: read from its files, and again on change."""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from generator.content.problems import ContentError
from generator.content.reader import CONTENT, SITE, Content, read_content
from request_app.logs import alarm
from request_app.store.columns import canonical
from request_app.store.notices import Notice


class Edition(NamedTuple):
    """The content at one time, and the same as it is kept with a case."""

    content: Content
    notice: Notice


class Published:
    """Gives the newest edition that can be read; a broken one leaves the former."""

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
            return edition_of(read_content(self._root))
        except ContentError as error:
            if self._edition is None:
                raise
            alarm("content-broken", count=len(error.problems))
            return self._edition


def edition_of(content: Content) -> Edition:
    told = {
        "organisation": content.organisation.model_dump(mode="json", exclude_none=True),
        "notice": content.notice.model_dump(mode="json", exclude_none=True),
        "registers": [
            register.model_dump(mode="json", exclude_none=True)
            for register in content.registers
        ],
        "law": content.law.model_dump(mode="json", exclude_none=True),
    }
    return Edition(content, Notice(canonical(told)))


def _state_of(root: Path) -> Iterator[tuple[str, int, int]]:
    for path in (root / SITE, *sorted((root / CONTENT).rglob("*.*"))):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # somebody is saving it just now
        yield str(path), found.st_mtime_ns, found.st_size
