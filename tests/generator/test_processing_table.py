"""The table of a register: no cell claims more than its author did."""

from generator.content.model import Register
from generator.content.values import ReadingContext
from generator.processing_table import rows


def text(words: str) -> dict[str, str]:
    return {"fi": words, "en": words}


def table(*purposes: dict, **register) -> list[tuple]:
    made = Register.model_validate(
        {"id": "r", "name": text("r"), "purposes": list(purposes), **register},
        context=ReadingContext(("fi", "en"), ("fi", "en")),
    )
    return [(names(row.purposes), names(row.data)) for row in rows(made)]


def names(entries) -> str:
    return " ".join(each.name["en"] for each in entries)


def purpose(name: str, *data: str) -> dict:
    tied = {"data": [text(each) for each in data]} if data else {}
    return {"name": text(name), **tied}


def test_purposes_without_ties_share_the_registers_list():
    shared = [text("x"), text("y")]

    assert table(purpose("a"), purpose("b"), data=shared) == [("a b", "x y")]


def test_a_purpose_with_ties_has_a_row_of_its_own():
    assert table(purpose("a", "x"), purpose("b", "y")) == [("a", "x"), ("b", "y")]


def test_beside_tied_purposes_an_untied_one_claims_nothing():
    assert table(purpose("a", "x"), purpose("b")) == [("a", "x"), ("b", "")]


def test_what_no_purpose_ties_is_said_of_the_whole_register():
    assert table(purpose("a", "x"), data=[text("y")]) == [("a", "x"), ("", "y")]
