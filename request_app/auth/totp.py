"""The second factor: codes of an app on the phone (TOTP, RFC 6238)."""

import hmac
from datetime import datetime, timedelta

import pyotp
import segno
from markupsafe import Markup

SECONDS = 30
AROUND = (0, -1, 1)  # RFC 6238, 5.2: clocks differ, a step either way is allowed
ISSUER = "Seloste"


def new_secret() -> str:
    return pyotp.random_base32()


def counter_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The time step of a code; none if the code is wrong or too old."""
    typed = "".join(code.split())
    for steps in AROUND:
        moment = now + timedelta(seconds=steps * SECONDS)
        if hmac.compare_digest(code_at(secret, moment).encode(), typed.encode()):
            return int(moment.timestamp()) // SECONDS
    return None


def code_at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret, interval=SECONDS).at(moment)


def address(secret: str, name: str, organisation: str) -> str:
    """The otpauth: address that the app reads from the QR code."""
    issuer = f"{ISSUER} {organisation}".replace(":", " ")
    made = pyotp.TOTP(secret, interval=SECONDS)
    return made.provisioning_uri(name=name, issuer_name=issuer)


def picture(address: str, title: str) -> Markup:
    """The address as a QR code, dark on light in any theme, with a quiet zone."""
    svg = segno.make(address, error="m", micro=False).svg_inline(
        border=4,
        light="#fff",
        svgclass="qr",
        lineclass=None,
        title=title,
        omitsize=True,
    )
    return Markup(svg)  # noqa: S704 - segno escapes the title; the rest is numbers


def grouped(secret: str) -> str:
    """The secret in groups, to be typed by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
