"""What has no place in the Markdown of an author: HTML, and links that run programs.

The pages are made safe when they are rendered, whatever a text holds. This is to tell
authors why what they wrote would not be seen.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

SCHEMES = ("https", "http", "mailto", "tel")


class Misuse(NamedTuple):
    """One of `problems.MESSAGES`, where in the text it is, and what stands there."""

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
    """Yield what a reader of the site would not get to see."""
    for match in _HTML.finditer(text):
        yield Misuse("html", match.start(), match[0])
    for link in _LINKS:
        for match in link.finditer(text):
            if match["scheme"].lower() not in SCHEMES:
                yield Misuse("bad_link", match.start("address"), match["address"])
