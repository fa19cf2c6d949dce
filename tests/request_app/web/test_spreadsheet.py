"""No cell of a file is a formula, and every program reads it the same way."""

import csv
from io import StringIO

import pytest

from request_app.web.spreadsheet import cell, csv_of


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+358", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x", " ＝1", "\u2003@x", "\ufeff=1"],
)  # fmt: skip
def test_what_begins_like_a_formula_is_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Jäsenet", "Jäsenet"), ("a=1", "a=1"), (12, "12"), (-1, "-1"), (2.5, "2.5"), (None, ""), ("", "")],
)  # fmt: skip
def test_everything_else_is_as_it_was(value, expected):
    assert cell(value) == expected


def test_a_file_is_as_the_rfc_says_with_a_mark_of_its_encoding():
    rows = [['a "b"', "c\nd", 1], ["ä", "", 2.5]]
    made = csv_of(rows)

    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig") == '"a ""b""","c\nd","1"\r\n"ä","","2.5"\r\n'
    read = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline="")))
    assert read == [['a "b"', "c\nd", "1"], ["ä", "", "2.5"]]
