"""The messages: each is brought about by a test, and reads well in Finnish."""

import re

import pytest

from generator.content.problems import MESSAGES, ContentError
from generator.content.reader import read_content
from tests.conftest import CHECKOUT
from tests.support.broken_input import (
    BROKEN_BYTES,
    FAULTY_VALUES,
    GOOD,
    OTHER_FILES,
    YAML_MISTAKES,
)
from tests.support.problem_reports import FINNISH
from tests.support.smallest_organisation import FILES, REGISTER

QUOTING = [
    CHECKOUT / "tests" / "support" / "broken_input.py",
    *(CHECKOUT / "tests" / "generator" / "content").glob("test_*.py"),
]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (REGISTER, GOOD + "transfers: none\n", "nyt ”none”"),
        ("site.yaml", FILES["site.yaml"] + "theme: {accent: '#eeeeee'}\n", " 1,2"),
    ],
    ids=["quotation marks", "decimal point"],
)
def test_finnish_is_written_the_finnish_way(smallest, file, text, expected):
    (smallest / file).write_text(text)

    with pytest.raises(ContentError) as error:
        read_content(smallest)

    assert expected in error.value.problems[0].message(FINNISH)


def test_each_message_is_quoted_in_a_test():
    """A message that no test brings about may be one that nobody can."""
    quoted = "".join(file.read_text() for file in QUOTING)

    unseen = {kind for kind in MESSAGES if not re.search(pattern_of(kind), quoted)}

    assert unseen == {"syntax", "unknown_rule"}  # the latter: checks/test_answers


def pattern_of(kind):
    return ".+".join(map(re.escape, re.split(r"%\(\w+\)s", MESSAGES[kind])))


def test_the_last_resort_shows_no_words_of_a_library():
    assert "%" not in MESSAGES["syntax"]


def test_the_corpus_is_as_large_as_promised():
    tables = (YAML_MISTAKES, FAULTY_VALUES, OTHER_FILES, BROKEN_BYTES)

    assert sum(map(len, tables)) >= 60
