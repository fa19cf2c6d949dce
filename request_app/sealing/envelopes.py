"""Sealed envelopes: anyone can seal one, only the private key opens it.

An envelope is a version byte, the id of its key and an HPKE message (RFC 9180). The
place it was sealed for is bound in: moved to another row or column, it does not open.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
VERSION = b"\x01"
KEY_ID_BYTES = 8
HEAD_BYTES = len(VERSION) + KEY_ID_BYTES
KEY_BYTES = 32


class SealingError(Exception):
    """Something sealed cannot be opened, or nothing can be sealed."""


class KeyMissingError(SealingError):
    """The key is not here."""


class KeyBrokenError(SealingError):
    """The bytes or the file are not a valid key."""


class EnvelopeBrokenError(SealingError):
    """The envelope was changed, cut, or moved from the place it was sealed for."""


class Place(NamedTuple):
    """Where an envelope is stored: table, column and row."""

    table: str
    column: str
    row: str

    @property
    def info(self) -> bytes:
        return "\0".join(("seloste", *self)).encode()


@dataclass(frozen=True)
class SealingKey:
    """The public half of a key pair: it seals envelopes and cannot open them."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise KeyBrokenError("A public key has 32 bytes.")

    @property
    def id(self) -> str:
        return sha256(self.raw).digest()[:KEY_ID_BYTES].hex()

    @property
    def fingerprint(self) -> str:
        """A short form of the key that people can compare."""
        digest = sha256(self.raw).hexdigest()[:32]
        return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


@dataclass(frozen=True)
class OpeningKey:
    """The private half of a key pair."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise KeyBrokenError("A private key has 32 bytes.")

    @classmethod
    def generate(cls) -> Self:
        return cls(x25519.X25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> x25519.X25519PrivateKey:
        return x25519.X25519PrivateKey.from_private_bytes(self.raw)

    @property
    def public(self) -> SealingKey:
        return SealingKey(self.private.public_key().public_bytes_raw())


class Keyring:
    """The private keys: the current one and, while keys change, the previous one."""

    def __init__(self, keys: Iterable[OpeningKey]) -> None:
        self._keys: Mapping[str, OpeningKey] = {key.public.id: key for key in keys}

    def __contains__(self, key_id: str) -> bool:
        return key_id in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[OpeningKey]:
        return iter(self._keys.values())

    def __getitem__(self, key_id: str) -> OpeningKey:
        try:
            return self._keys[key_id]
        except KeyError as error:
            raise KeyMissingError(f"The key {key_id} is not here.") from error


def seal(plaintext: bytes, *, key: SealingKey, place: Place) -> bytes:
    """Seal an envelope that only the private half opens, and only in its place."""
    public = x25519.X25519PublicKey.from_public_bytes(key.raw)
    try:
        message = SUITE.encrypt(plaintext, public, info=place.info)
    except ValueError as error:  # a point of low order: anyone could open it
        raise KeyBrokenError("Nothing can be sealed with this public key.") from error
    return head_of(key.id) + message


def unseal(envelope: bytes, *, ring: Keyring, place: Place) -> bytes:
    """Open an envelope with the key it names."""
    key = ring[key_id_of(envelope)]
    try:
        return SUITE.decrypt(envelope[HEAD_BYTES:], key.private, info=place.info)
    except InvalidTag as error:
        raise EnvelopeBrokenError(
            f"The envelope in {place.table}.{place.column} does not open."
        ) from error


def head_of(key_id: str) -> bytes:
    """The first bytes of every envelope sealed with a key."""
    return VERSION + bytes.fromhex(key_id)


def key_id_of(envelope: bytes) -> str:
    """The id of the key an envelope was sealed with."""
    if not envelope.startswith(VERSION) or len(envelope) <= HEAD_BYTES:
        raise EnvelopeBrokenError("This is no envelope of a kind known here.")
    return envelope[len(VERSION) : HEAD_BYTES].hex()
