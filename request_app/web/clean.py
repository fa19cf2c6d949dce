"""Cleaning text that a browser sends, so that it can be stored and shown."""

import re
import unicodedata

from email_validator import validate_email
from werkzeug.datastructures import MultiDict

# Control characters except tab and newline, marks that change the direction of the
# text around them, and halves of surrogate pairs.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_IDENTITY_CODE = re.compile(  # with any dash that a keyboard or a text editor makes
    r"\b\d{6}[-\u2010-\u2015\u2212+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b", re.IGNORECASE
)
_ITEM_NAME = re.compile(r"items-[0-9]{1,2}-(now|right|why)")


def readable(answers: MultiDict[str, str]) -> MultiDict[str, str]:
    """The fields, without those whose names are malformed names of items."""
    return MultiDict(
        (name, value)
        for name, value in answers.items(multi=True)
        if not name.startswith("items-") or _ITEM_NAME.fullmatch(name)
    )


def text(value: str | None) -> str:
    """Clean a text of several lines: unwanted characters, line ends, form."""
    whole = (value or "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", whole)).strip()


def line(value: str | None) -> str:
    """Clean a text of one line and collapse its spaces."""
    return " ".join(text(value).split())


def has_identity_code(value: str) -> bool:
    """Whether a text seems to contain a Finnish personal identity code."""
    return bool(_IDENTITY_CODE.search(value))


def email(value: str) -> str:
    """Normalise an address for any mail server; raise EmailNotValidError."""
    found = validate_email(value, check_deliverability=False, allow_smtputf8=False)
    return str(found.normalized)
