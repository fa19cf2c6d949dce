"""What a browser sends is cleaned, and identity codes are recognised."""

import pytest
from werkzeug.datastructures import MultiDict

from request_app.web import clean


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param(" a\r\nb\rc ", "a\nb\nc", id="line ends"),
        pytest.param("a\x00\x1b[0mb", "a[0mb", id="controls"),
        pytest.param("a\u202eb\ud800", "ab", id="direction and half of a pair"),
        pytest.param("a\u0308", "ä", id="composed"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_a_text_is_cleaned(sent, kept):
    assert clean.text(sent) == kept


def test_a_line_has_single_spaces():
    assert clean.line(" Aino \n\t Virtanen ") == "Aino Virtanen"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("131052-308T", True),
        ("131052\u2013308t", True),
        ("010101A123N.", True),
        ("131052-308", False),
        ("1310521-308T", False),
    ],
)
def test_identity_codes_are_recognised(text, found):
    assert clean.has_identity_code(text) is found


def test_only_fields_of_items_that_can_be_are_read():
    sent = MultiDict([("items-3-now", "a"), ("items-x", "b"), ("name", "c")])

    assert list(clean.readable(sent)) == ["items-3-now", "name"]
