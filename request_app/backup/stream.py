"""A stream sealed in chunks, of which none can be changed, moved or cut off unnoticed.

Each chunk is sealed with AES-256-GCM under a key of this one stream. Its nonce is its
number and whether it is the last (the STREAM construction: Hoang, Reyhanitabar,
Rogaway and Vizár, 2015): chunks open only in their order, and the end is known.
"""

from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
TAG = 16
COUNTER_BYTES = 11
MORE, LAST = b"\x00", b"\x01"


class StreamBrokenError(Exception):
    """The stream was changed, or its end is missing."""


class SealingWriter:
    """Writes bytes as sealed chunks; without `finish` the stream counts as cut off."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        self._out = out
        self._cipher = AESGCM(key)
        self._waiting = bytearray()
        self._number = 0

    def write(self, data: bytes | memoryview) -> None:
        """Write all but one chunk, which waits to be marked as the last by `finish`."""
        rest = memoryview(data)
        while rest:
            if len(self._waiting) == CHUNK:
                self._put(MORE)
            room = CHUNK - len(self._waiting)
            self._waiting += rest[:room]
            rest = rest[room:]

    def finish(self) -> None:
        self._put(LAST)

    def _put(self, flag: bytes) -> None:
        nonce = nonce_of(self._number, flag)
        self._out.write(self._cipher.encrypt(nonce, bytes(self._waiting), None))
        self._waiting.clear()
        self._number += 1


class OpeningReader:
    """Reads a sealed stream; a changed one raises StreamBrokenError."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._source = source
        self._cipher = AESGCM(key)
        self._next = source.read(CHUNK + TAG)
        self._open = bytearray()
        self._at = 0
        self._number = 0

    def read(self, size: int) -> bytes:
        """Read exactly `size` bytes; raise StreamBrokenError if fewer are left."""
        while len(self._open) - self._at < size:
            if not self._fill():
                raise StreamBrokenError("The stream ends too early.")
        return self._take(size)

    def line(self, most: int) -> bytes:
        """Read a line without its end; return no bytes at the end of the stream."""
        searched = self._at
        while (end := self._open.find(b"\n", searched)) < 0:
            searched = len(self._open)
            if searched - self._at > most:
                raise StreamBrokenError("A line is too long.")
            before = self._at
            if not self._fill():
                if len(self._open) > self._at:
                    raise StreamBrokenError("The stream ends within a line.")
                return b""
            searched -= before - self._at
        return self._take(end + 1 - self._at)[:-1]

    def _take(self, size: int) -> bytes:
        taken = bytes(self._open[self._at : self._at + size])
        self._at += size
        return taken

    def _fill(self) -> bool:
        """Open one more chunk, if there is one; the last one must be marked as such."""
        if not self._next:
            return False
        sealed, self._next = self._next, self._source.read(CHUNK + TAG)
        flag = MORE if self._next else LAST
        try:
            opened = self._cipher.decrypt(nonce_of(self._number, flag), sealed, None)
        except InvalidTag:
            raise StreamBrokenError("A part was changed, or the end is cut.") from None
        del self._open[: self._at]
        self._at = 0
        self._open += opened
        self._number += 1
        return True


def nonce_of(number: int, flag: bytes) -> bytes:
    return number.to_bytes(COUNTER_BYTES) + flag
