"""Rights computed from bases: GDPR Art. 7(3), 15–22."""

import pytest

from generator.content.model import Register
from generator.content.reader import law_pack
from generator.content.values import ReadingContext
from generator.rights import Holds, rights

YES, DEPENDS, NOT_HERE = Holds.YES, Holds.DEPENDS, Holds.NOT_HERE
LAW, _ = law_pack(("fi", "en"))
TEXT = {"fi": "teksti", "en": "text"}


def register(*articles: str | None, **fields) -> Register:
    """Make a register with a purpose for each basis; None is a basis not told."""
    purposes = [
        {"name": TEXT} | ({"basis": {"article": article}} if article else {})
        for article in articles
    ]
    data = {"id": "r", "name": TEXT, "purposes": purposes or None, **fields}
    told = {key: value for key, value in data.items() if value is not None}
    return Register.model_validate(
        told, context=ReadingContext(("fi", "en"), ("fi", "en"))
    )


def holds(right: str, *registers: Register) -> Holds:
    return next(each.holds for each in rights(registers, LAW) if each.right.id == right)


MATRIX = [
    # right, then what holds with 6(1)(a) to (f)
    ("access", [YES] * 6),
    ("rectification", [YES] * 6),
    ("erasure", [YES, YES, NOT_HERE, YES, NOT_HERE, YES]),
    ("restriction", [YES] * 6),
    ("portability", [YES, YES, NOT_HERE, NOT_HERE, NOT_HERE, NOT_HERE]),
    ("objection", [NOT_HERE, NOT_HERE, NOT_HERE, NOT_HERE, YES, YES]),
    ("marketing-objection", [YES] * 6),
    ("consent-withdrawal", [YES, *[NOT_HERE] * 5]),
]


@pytest.mark.parametrize(
    ("right", "letter", "expected"),
    [
        pytest.param(right, letter, result, id=f"{right} with 6(1)({letter})")
        for right, results in MATRIX
        for letter, result in zip("abcdef", results, strict=True)
    ],
)
def test_the_basis_decides(right, letter, expected):
    assert holds(right, register(f"6(1)({letter})")) is expected


@pytest.mark.parametrize("right", ["erasure", "portability", "objection"])
@pytest.mark.parametrize(
    "bases", [[None], ["6(1)(c)", None], []], ids=["none told", "one of two", "nothing"]
)
def test_a_right_depends_while_a_basis_is_not_told(right, bases):
    assert holds(right, register(*bases)) is DEPENDS


def test_a_basis_that_is_none_of_article_6_tells_nothing():
    untied = register(bases=[{"name": TEXT}])

    assert holds("portability", untied) is DEPENDS


def test_withdrawal_is_never_denied_while_bases_are_not_told():
    assert holds("consent-withdrawal", register(None)) is YES


def test_data_used_for_marketing_can_be_erased_whatever_the_basis():
    basis = {"article": "6(1)(c)"}
    purpose = {"name": TEXT, "basis": basis, "direct_marketing": "true"}

    assert holds("erasure", register(purposes=[purpose])) is YES


@pytest.mark.parametrize(
    ("told", "expected"), [(None, YES), ("none", NOT_HERE)], ids=["not told", "none"]
)
def test_human_review_is_denied_only_where_no_machine_decides(told, expected):
    assert holds("human-review", register(automated_decisions=told)) is expected


def test_no_right_is_hidden():
    assert [each.right.id for each in rights([register()], LAW)] == [
        right.id for right in LAW.rights
    ]


def test_over_several_registers_the_best_answer_counts_and_doubt_is_told():
    told, untold = register("6(1)(f)"), register(None)
    answer = next(
        each for each in rights([told, untold], LAW) if each.right.id == "objection"
    )

    assert answer.holds is YES
    assert answer.depends
