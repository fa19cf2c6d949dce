from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from request_app.auth import totp
from tests.support.filed_requests import NOW
from tests.support.staff_accounts import KEY


@pytest.mark.parametrize(
    ("seconds", "taken"),
    [(-60, False), (-30, True), (0, True), (30, True), (60, False)],
)
def test_a_code_holds_for_its_step_and_the_neighbours(seconds, taken):
    code = totp.code_at(KEY, NOW + timedelta(seconds=seconds))

    assert (totp.counter_of(KEY, code, now=NOW) is not None) is taken


@pytest.mark.parametrize("typed", ["", "000000", "abcdef", "１２３４５６", "1" * 500])
def test_anything_else_is_no_code(typed):
    assert totp.counter_of(KEY, typed, now=NOW) is None


def test_spaces_in_a_code_are_no_matter():
    code = totp.code_at(KEY, NOW)

    assert totp.counter_of(KEY, f" {code[:3]} {code[3:]} ", now=NOW)


def test_the_codes_are_those_of_the_standard():
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: SHA-1
    moment = NOW.fromtimestamp(59, NOW.tzinfo)

    assert totp.code_at(key, moment) == "287082"


def test_the_picture_is_drawn_without_styles():
    address = totp.address(KEY, "aino", "Esimerkkilän Airot: <ry>")
    svg = BeautifulSoup(totp.picture(address, "QR <koodi>"), "html.parser").svg

    assert address.startswith("otpauth://totp/Seloste%20Esimerkkil")
    assert f"secret={KEY}" in address
    assert svg.title.get_text() == "QR <koodi>"
    assert svg["viewbox"]
    assert "style" not in str(svg)
