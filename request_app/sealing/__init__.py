"""What may be read by whom: envelopes, the codes people hold, and key files."""

from request_app.sealing.codes import (
    AccessCode,
    CodeMistypedError,
    access_code,
    new_code,
    new_nonce,
    new_reference,
    nonce_hash,
    read_code,
    read_reference,
)
from request_app.sealing.envelopes import (
    EnvelopeBrokenError,
    KeyBrokenError,
    KeyMissingError,
    Keyring,
    OpeningKey,
    Place,
    SealingError,
    SealingKey,
    key_id_of,
    seal,
    unseal,
)

__all__ = [
    "AccessCode",
    "CodeMistypedError",
    "EnvelopeBrokenError",
    "KeyBrokenError",
    "KeyMissingError",
    "Keyring",
    "OpeningKey",
    "Place",
    "SealingError",
    "SealingKey",
    "access_code",
    "key_id_of",
    "new_code",
    "new_nonce",
    "new_reference",
    "nonce_hash",
    "read_code",
    "read_reference",
    "seal",
    "unseal",
]
