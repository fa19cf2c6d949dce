"""What stands at the top of a back-up, for everyone to read: no personal data.

The key of the file is sealed for just this manifest, so that a changed one is noticed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from request_app.sealing import Place
from request_app.store.audit import Head

MAGIC = b"seloste backup\n"
FORMAT = 1
LENGTH_BYTES = 4
MOST_BYTES = 256 * 1024


class BackupError(Exception):
    """A back-up cannot be made or used, told in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a back-up holds."""

    format: int = FORMAT
    product: str
    schema: str
    made_at: datetime
    counts: Mapping[str, int]  # of the rows of each table
    head: Head  # of the audit trail
    files: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    def encode(self) -> bytes:
        told = asdict(self) | {
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "head": str(self.head),
        }
        return json.dumps(told, indent=1).encode() + b"\n"


def write_top(out: BinaryIO, manifest: bytes, envelope: bytes) -> None:
    out.write(MAGIC)
    for part in (manifest, envelope):
        out.write(len(part).to_bytes(LENGTH_BYTES))
        out.write(part)


def read_top(source: BinaryIO) -> tuple[bytes, bytes]:
    """The manifest as it is, and the envelope with the key."""
    if source.read(len(MAGIC)) != MAGIC:
        raise BackupError("This is no back-up of Seloste.")
    return _part(source), _part(source)


def decode(encoded: bytes) -> Manifest:
    try:
        told = json.loads(encoded)
        if told["format"] != FORMAT:
            raise BackupError(
                f"The back-up has format {told['format']}; this version reads {FORMAT}."
            )
        made_at = datetime.fromisoformat(told["made_at"])
        [head] = Head.all_of(told["head"])
        counts = {str(name): int(count) for name, count in told["counts"].items()}
        files = tuple(str(name) for name in told["files"])
        return Manifest(
            product=str(told["product"]),
            schema=str(told["schema"]),
            made_at=made_at,
            counts=counts,
            head=head,
            files=files,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError("The top of the back-up was changed.") from error


def key_place(manifest: bytes) -> Place:
    return Place("backup", "key", sha256(manifest).hexdigest())


def _part(source: BinaryIO) -> bytes:
    size = int.from_bytes(source.read(LENGTH_BYTES))
    part = source.read(size) if 0 < size <= MOST_BYTES else b""
    if len(part) != size or not part:
        raise BackupError("The top of the back-up is cut off or was changed.")
    return part
