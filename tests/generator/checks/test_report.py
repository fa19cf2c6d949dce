"""The check of the first content is the list that was signed."""

import pytest

from tests.support.check_golden import golden

UPDATE = "Read what has changed; then: python -m tests.support.check_golden"


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_first_content_gives_the_signed_list(language):
    file, text = golden(language)

    assert file.read_text() == text, UPDATE
