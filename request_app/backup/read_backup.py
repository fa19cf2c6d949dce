"""Opening a back-up: it is read to its end before anything is restored from it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from request_app import sealing
from request_app.backup import manifest, row_format, stream

Part = row_format.BackupTable | row_format.Row | row_format.BackupFile


@dataclass(frozen=True)
class Backup:
    """A back-up, and the key that opens it."""

    path: Path
    key: sealing.OpeningKey
    manifest: manifest.Manifest

    def parts(self) -> Iterator[Part]:
        with _opened(self.path) as source:
            encoded, envelope = manifest.read_top(source)
            key = _unsealed(encoded, envelope, self.key)
            try:
                yield from row_format.read_all(stream.OpeningReader(source, key))
            except (stream.StreamBrokenError, ValueError, KeyError, TypeError) as error:
                raise manifest.BackupError(
                    "The back-up was changed, or its end is cut off."
                ) from error


def open_backup(path: Path, key: sealing.OpeningKey) -> Backup:
    """Read a whole back-up, and check it against its manifest."""
    with _opened(path) as source:
        encoded, envelope = manifest.read_top(source)
    _unsealed(encoded, envelope, key)
    backup = Backup(path, key, manifest.decode(encoded))
    rows: Counter[str] = Counter()
    files = []
    table = ""
    for part in backup.parts():
        if isinstance(part, row_format.BackupTable):
            table = part.name
            rows[table] = 0
        elif isinstance(part, row_format.BackupFile):
            files.append(part.name)
        else:
            rows[table] += 1
    if (rows, tuple(files)) != (backup.manifest.counts, backup.manifest.files):
        raise manifest.BackupError("The back-up does not hold what it says of itself.")
    return backup


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        source = path.open("rb")
    except OSError as error:
        raise manifest.BackupError(f"{path} cannot be read.") from error
    with source:
        yield source


def _unsealed(encoded: bytes, envelope: bytes, key: sealing.OpeningKey) -> bytes:
    try:
        return sealing.unseal(
            envelope, ring=sealing.Keyring([key]), place=manifest.key_place(encoded)
        )
    except sealing.KeyMissingError as error:
        raise manifest.BackupError(
            "The recovery code is another one than that of this back-up."
        ) from error
    except sealing.EnvelopeBrokenError as error:
        raise manifest.BackupError("The top of the back-up was changed.") from error
