"""Opening a back-up: everything is read to its end before anything is made of it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from request_app.backup import records
from request_app.backup.manifest import (
    BackupError,
    Manifest,
    decode,
    key_place,
    read_top,
)
from request_app.backup.records import Kept, KeptFile, Row
from request_app.backup.stream import OpeningReader, StreamBrokenError
from request_app.sealing import (
    EnvelopeBrokenError,
    KeyMissingError,
    Keyring,
    OpeningKey,
    unseal,
)

Part = Kept | Row | KeptFile


@dataclass(frozen=True)
class Backup:
    """A back-up that opens with this key."""

    path: Path
    key: OpeningKey
    manifest: Manifest

    def parts(self) -> Iterator[Part]:
        with _opened(self.path) as source:
            encoded, envelope = read_top(source)
            key = _unsealed(encoded, envelope, self.key)
            try:
                yield from records.read_all(OpeningReader(source, key))
            except (StreamBrokenError, ValueError, KeyError, TypeError) as error:
                raise BackupError(
                    "The back-up was changed, or its end is cut off."
                ) from error


def open_backup(path: Path, key: OpeningKey) -> Backup:
    """Read all of a back-up, and see that it holds what it says of itself."""
    with _opened(path) as source:
        encoded, envelope = read_top(source)
    _unsealed(encoded, envelope, key)
    backup = Backup(path, key, decode(encoded))
    rows: Counter[str] = Counter()
    files = []
    table = ""
    for part in backup.parts():
        if isinstance(part, Kept):
            table = part.name
            rows[table] = 0
        elif isinstance(part, KeptFile):
            files.append(part.name)
        else:
            rows[table] += 1
    if (rows, tuple(files)) != (backup.manifest.counts, backup.manifest.files):
        raise BackupError("The back-up does not hold what it says of itself.")
    return backup


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        source = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} cannot be read.") from error
    with source:
        yield source


def _unsealed(encoded: bytes, envelope: bytes, key: OpeningKey) -> bytes:
    try:
        return unseal(envelope, ring=Keyring([key]), place=key_place(encoded))
    except KeyMissingError as error:
        raise BackupError(
            "The recovery code is another one than that of this back-up."
        ) from error
    except EnvelopeBrokenError as error:
        raise BackupError("The top of the back-up was changed.") from error
