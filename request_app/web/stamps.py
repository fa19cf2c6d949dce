"""The stamp of a form: the time when it was shown, and a nonce that identifies it.

It does not expire, so a form can still be sent after hours of writing.
"""

import base64
from datetime import UTC, datetime
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from request_app.sealing import new_nonce

SALT = "seloste form stamp"


class Stamp(NamedTuple):
    nonce: bytes
    shown_at: datetime


def new_stamp(now: datetime) -> Stamp:
    return Stamp(new_nonce(), now)


def sign(stamp: Stamp, *, secret: bytes) -> str:
    nonce = base64.urlsafe_b64encode(stamp.nonce).decode()
    return _signer(secret).dumps([nonce, int(stamp.shown_at.timestamp())])


def read(signed: str, *, secret: bytes) -> Stamp | None:
    """Read a signed stamp, or none if it was altered or signed with another secret."""
    try:
        nonce, shown_at = _signer(secret).loads(signed)
    except BadSignature:
        return None
    return Stamp(base64.urlsafe_b64decode(nonce), datetime.fromtimestamp(shown_at, UTC))


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)
