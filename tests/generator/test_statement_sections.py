"""Sections of the statement: those with something to say, counted."""

import pytest
from markupsafe import Markup

from generator.statement_sections import StatementSection, numbered

TABLE = (
    StatementSection(
        "a",
        "a",
        "A",
        (StatementSection("b", "b", "B"), StatementSection("c", "c", "C")),
    ),
    StatementSection("d", "d", "D", heading_of_one="One D"),
)


def numbers(*said: str) -> list[str]:
    def flat(sections):
        for each in sections:
            yield f"{each.number} {each.heading}"
            yield from flat(each.parts)

    body = {key: Markup("<p></p>") for key in said}
    return list(flat(numbered(TABLE, lambda key: body.get(key, Markup()))))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("abcd", ["1 A", "1.1 B", "1.2 C", "2 D"], id="all"),
        pytest.param("acd", ["1 A", "1.1 C", "2 D"], id="a part is missing"),
        pytest.param("d", ["1 D"], id="the first is missing"),
        pytest.param("bcd", ["1 B", "2 C", "3 D"], id="parts stand by themselves"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_numbers_run_over_what_is_said(said, expected):
    assert numbers(*said) == expected


def test_one_register_has_a_heading_in_the_singular():
    (section,) = numbered(TABLE[1:], lambda _: Markup("x"), one_register=True)

    assert section.heading == "One D"
