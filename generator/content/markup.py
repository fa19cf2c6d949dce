"""What is not allowed in Markdown: HTML, and links that run programs.

Pages are sanitised when they are rendered, whatever a text contains. Here authors learn
why a part of their text would not be shown.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

SCHEMES = ("https", "http", "mailto", "tel")


class Misuse(NamedTuple):
    """The key of one of `problems.MESSAGES`, the offset, and what is written there."""

    kind: str
    offset: int
    value: str


_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])[^<>]*>|<[!?]\S*")
_ADDRESS = r"(?P<address>(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):[^\s)<>]*)"
_LINKS = (
    re.compile(rf"\]\(\s*<?{_ADDRESS}"),  # [text](address)
    re.compile(rf"^ *\[[^\]\n]*\]:\s*<?{_ADDRESS}", re.MULTILINE),  # [name]: address
    re.compile(rf"<{_ADDRESS}>"),
)


def misuses(text: str) -> Iterator[Misuse]:
    """Yield what would not be shown on the site."""
    for match in _HTML.finditer(text):
        yield Misuse("html", match.start(), match[0])
    for link in _LINKS:
        for match in link.finditer(text):
            if match["scheme"].lower() not in SCHEMES:
                yield Misuse("bad_link", match.start("address"), match["address"])
