"""Writing CSV files in which spreadsheets take no cell for a formula.

After RFC 4180 and OWASP ASVS 5.0, 1.2.10: a cell that begins like a formula gets an
apostrophe before it, also after spaces or with full-width signs.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from unicodedata import normalize

BOM = "\ufeff"  # without it some programs assume another encoding
FORMULA = ("=", "+", "-", "@")
BREAKS = ("\t", "\r", "\n")


def csv_of(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as a CSV file, with every cell quoted and CRLF between the lines."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(each) for each in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def cell(value: object) -> str:
    """A cell’s text, escaped so that it is no formula; numbers are unchanged."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float):
        return text
    start = normalize("NFKC", text).lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if start.startswith((*FORMULA, *BREAKS)) else text
