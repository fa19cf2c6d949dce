"""The check of the first content is the list that was signed; and the rules' page."""

import pytest

from generator.checks.explained import as_markdown
from tests.checks.golden import DOCS, golden

UPDATE = "Read what has changed; then: python -m tests.checks.golden"


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_first_content_gives_the_signed_list(language):
    file, text = golden(language)

    assert file.read_text() == text, UPDATE


def test_the_page_on_the_rules_is_made_from_them():
    assert DOCS.read_text() == as_markdown(), UPDATE
