"""Reads a file as text, or explains why it is none: its kind, size or encoding."""

import codecs
import re
from pathlib import Path

from generator.content.yaml_mistakes import START, Mark

LARGEST_FILE = 250_000  # bytes; some 2,000 entries of a catalogue

# What editors cannot show, or count as the end of a line where others do not.
_INVISIBLE = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class UnreadableError(Exception):
    """The key of one of `problems.MESSAGES`, the position, and the values."""

    def __init__(self, kind: str, mark: Mark = START, **values: object) -> None:
        super().__init__(kind)
        self.kind, self.mark, self.values = kind, mark, values


def read_text(file: Path, *, within: Path) -> str:
    """Read a text file that must lie inside the folder `within`."""
    try:
        if kind := why_not_a_file(file, within):
            raise UnreadableError(kind)
        if (size := file.stat().st_size) > LARGEST_FILE:
            limit = LARGEST_FILE // 1000
            raise UnreadableError("too_large", size=size // 1000, limit=limit)
        return _text(file.read_bytes())
    except OSError:
        raise UnreadableError("unreadable") from None


def why_not_a_file(file: Path, within: Path) -> str | None:
    """Return the kind of problem that keeps a file from being read, if any."""
    if not file.exists():
        return "broken_link" if file.is_symlink() else "file_missing"
    if not file.resolve().is_relative_to(within.resolve()):
        return "outside"
    if file.is_dir():
        return "folder"
    return None if file.is_file() else "not_a_file"


def _text(content: bytes) -> str:
    utf16_mark = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if utf16_mark or b"\0" in content[:2]:
        raise UnreadableError("utf16")
    if content.startswith(codecs.BOM_UTF8):
        raise UnreadableError("bom")
    text = _decoded(content)
    if odd := _INVISIBLE.search(text):
        code = f"U+{ord(odd[0]):04X}"
        raise UnreadableError(
            "control_character", mark_at(text, odd.start()), code=code
        )
    if odd := re.search("^(<<<<<<<|>>>>>>>)( |$)", text, re.MULTILINE):
        raise UnreadableError("conflict", mark_at(text, odd.start()))
    if not text.strip():
        raise UnreadableError("empty_file")
    return text


def _decoded(content: bytes) -> str:
    try:
        return _with_unix_lines(content.decode())
    except UnicodeDecodeError as error:
        before = _with_unix_lines(content[: error.start].decode())
        letter = content[error.start : error.start + 1].decode("cp1252", "replace")
        mark = mark_at(before, len(before))
        raise UnreadableError("not_utf8", mark, value=letter) from None


def _with_unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mark_at(text: str, offset: int) -> Mark:
    before = text[:offset]
    return Mark(before.count("\n") + 1, offset - before.rfind("\n"))
