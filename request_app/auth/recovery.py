"""Recovery codes: each replaces the second factor once, after a lost phone."""

import re
import secrets
from hashlib import sha256

from request_app.sealing.codes import ALPHABET

HOW_MANY = 10
CHARACTERS = 16  # 80 bits
GROUP = 4


def new_codes() -> list[str]:
    return [_new_code() for _ in range(HOW_MANY)]


def hash_of(typed: str) -> str:
    """The hash that is stored of a code, whatever case and dashes are typed."""
    letters = re.sub(r"[\W_]", "", typed).upper()
    return sha256(b"seloste recovery\0" + letters.encode()).hexdigest()


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS))
    return "-".join(
        letters[each : each + GROUP] for each in range(0, CHARACTERS, GROUP)
    )
