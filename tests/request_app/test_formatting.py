"""Days, times and sizes in words."""

import pytest

from request_app.formatting import file_size


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(0, "0 kB", id="nothing"),
        pytest.param(1, "1 kB", id="a byte is not nothing"),
        pytest.param(998_001, "999 kB", id="the last of the small unit"),
        pytest.param(999_001, "1 MB", id="never a thousand"),
        pytest.param(1_449_999, "1.4 MB", id="to a tenth"),
    ],
)
def test_a_size_is_in_the_unit_that_people_know(count, expected):
    assert file_size(count, language="en") == expected


def test_finnish_has_its_own_units_and_comma():
    assert file_size(1_500_000, language="fi") == "1,5 Mt"
