"""The top of a back-up, which is not sealed and has no personal data.

The key of the file is sealed for this manifest only, so that any change is noticed.
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
    """A back-up cannot be made or used; the message is a sentence."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a back-up contains."""

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
        fields = asdict(self) | {
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "head": str(self.head),
        }
        return json.dumps(fields, indent=1).encode() + b"\n"


def write_top(out: BinaryIO, manifest: bytes, envelope: bytes) -> None:
    out.write(MAGIC)
    for part in (manifest, envelope):
        out.write(len(part).to_bytes(LENGTH_BYTES))
        out.write(part)


def read_top(source: BinaryIO) -> tuple[bytes, bytes]:
    """The encoded manifest, and the envelope with the key."""
    if source.read(len(MAGIC)) != MAGIC:
        raise BackupError("This is no back-up of Seloste.")
    return _part(source), _part(source)


def decode(encoded: bytes) -> Manifest:
    try:
        given = json.loads(encoded)
        if given["format"] != FORMAT:
            found = given["format"]
            raise BackupError(
                f"The back-up has format {found}; this version reads {FORMAT}."
            )
        made_at = datetime.fromisoformat(given["made_at"])
        [head] = Head.all_of(given["head"])
        counts = {str(name): int(count) for name, count in given["counts"].items()}
        files = tuple(str(name) for name in given["files"])
        return Manifest(
            product=str(given["product"]),
            schema=str(given["schema"]),
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
