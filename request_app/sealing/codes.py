"""The reference of a case, and the access code that opens it, as people type them.

Neither has O, 0, I or 1. The reference names a case and is no secret; the access
code is one, so the database keeps only its hash and the public half of its key pair.
"""

import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from request_app.sealing.envelopes import OpeningKey

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 characters, 5 bits each
SECRET_CHARACTERS = 27  # 135 bits; the 28th is the check character
NONCE_BYTES = 16
REFERENCE_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words
REFERENCE_CHARACTERS = 8
GROUP = 4


class CodeMistypedError(ValueError):
    """The typed text cannot be a code; the message reveals nothing of the right one."""


@dataclass(frozen=True)
class AccessCode:
    """The code with which a requester opens their case."""

    secret: str = field(repr=False)

    def __str__(self) -> str:
        return _grouped(self.secret + _check_character(self.secret))

    @property
    def hash(self) -> str:
        """The hash that is stored to find the case; 135 bits need no slow hash."""
        return sha256(b"seloste code\0" + self.secret.encode()).hexdigest()

    @property
    def key(self) -> OpeningKey:
        """The private key of the code, which opens what the desk seals to the code."""
        return OpeningKey(_derive(self.secret.encode(), b"", "code key", length=32))


def access_code(nonce: bytes, content_digest: bytes) -> AccessCode:
    """Derive the code of a sent form: the same form and content give the same code.

    The content without the nonce reveals nothing of the code.
    """
    if len(nonce) < NONCE_BYTES:
        raise ValueError("A nonce has at least 128 bits.")
    derived = _derive(nonce, content_digest, "access code", length=SECRET_CHARACTERS)
    return AccessCode("".join(ALPHABET[byte % len(ALPHABET)] for byte in derived))


def new_code() -> AccessCode:
    """A random code, for recovery, for a delivery or for a case entered by hand."""
    return access_code(secrets.token_bytes(32), b"")


def read_code(typed: str) -> AccessCode:
    """Read a typed code, in upper or lower case, with or without its groups."""
    letters = _letters(typed)
    secret = letters[:SECRET_CHARACTERS]
    if len(letters) != SECRET_CHARACTERS + 1 or set(letters) - set(ALPHABET):
        raise CodeMistypedError("A code has seven groups of four characters.")
    if letters[-1] != _check_character(secret):
        raise CodeMistypedError("The code has a typing error.")
    return AccessCode(secret)


def new_reference() -> str:
    """A random reference that is easy to read aloud; it may be taken already."""
    characters = [
        secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_CHARACTERS)
    ]
    return _grouped("".join(characters))


def read_reference(typed: str) -> str:
    """Normalise a typed reference: its case and dashes."""
    return _grouped(_letters(typed))


def new_nonce() -> bytes:
    return secrets.token_bytes(NONCE_BYTES)


def nonce_hash(nonce: bytes) -> str:
    """The hash that is stored of a nonce, because the nonce itself gives the code."""
    return sha256(b"seloste nonce\0" + nonce).hexdigest()


def _derive(secret: bytes, salt: bytes, purpose: str, *, length: int) -> bytes:
    info = f"seloste {purpose}".encode()
    return HKDF(SHA256(), length=length, salt=salt, info=info).derive(secret)


def _check_character(secret: str) -> str:
    digest = sha256(b"seloste check\0" + secret.encode()).digest()
    return ALPHABET[digest[0] % len(ALPHABET)]


def _letters(typed: str) -> str:
    return re.sub(r"[\W_]", "", typed).upper()


def _grouped(text: str) -> str:
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))
