"""Tables for spreadsheets, of which no cell is taken for a formula.

After RFC 4180 and OWASP ASVS 5.0, 1.2.10: a cell that begins like a formula gets an
apostrophe before it, also where spaces or full-width signs stand at its beginning.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from unicodedata import normalize

BOM = "\ufeff"  # without it some programs take the text for another encoding
FORMULA = ("=", "+", "-", "@")
BREAKS = ("\t", "\r", "\n")


def csv_of(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as a file: each cell in quotation marks, lines ended as the RFC says."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(each) for each in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def cell(value: object) -> str:
    """A value as text that no program runs; numbers stay numbers."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float):
        return text
    begins = normalize("NFKC", text).lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if begins.startswith((*FORMULA, *BREAKS)) else text
