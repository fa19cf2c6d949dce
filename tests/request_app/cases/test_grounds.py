"""The grounds of extensions and refusals are law, kept as data."""

import re

import pytest

from generator.content.reader import LAW_LANGUAGES
from generator.content.values import Text
from request_app.cases.grounds import (
    EXTENSIONS,
    REFUSALS,
    REMEDY,
    grounds,
    refusals_of,
)
from request_app.cases.rights import Outcome
from request_app.store.values import AT_ONCE, Right

REFUSABLE = sorted(set(Right) - AT_ONCE)


def texts(part):
    for name in type(part).model_fields:
        value = getattr(part, name)
        yield from (value.values() if isinstance(value, dict) else [value])


@pytest.mark.parametrize("right", sorted(AT_ONCE))
def test_no_ground_refuses_what_knows_no_exception(right):
    """GDPR Art. 21(3), 7(3)."""
    assert not any(right in each.rights for each in REFUSALS.values())


@pytest.mark.parametrize("right", REFUSABLE)
def test_every_other_right_has_grounds_to_choose_from(right):
    assert refusals_of(right)
    assert [each.id for each in refusals_of(right, Outcome.NOT_IDENTIFIED)] == [
        "not_identified"
    ]


def test_extensions_are_those_of_the_guidelines():
    """Neither holidays nor a slow processor: EDPB 01/2022 ¶163–164."""
    assert set(EXTENSIONS) == {
        "complex_volume",
        "complex_retrieval",
        "complex_redaction",
        "complex_explain",
        "number_same_person",
        "number_temporary_peak",
    }


def test_all_exceptions_of_erasure_are_there():
    ids = {each.id for each in refusals_of(Right.ERASURE)}

    assert {f"exception_17_3_{letter}" for letter in "abcde"} <= ids


def test_only_section_34_leads_to_the_ombudsman():
    assert [each.id for each in REFUSALS.values() if each.ombudsman_route] == [
        "exception_34"
    ]
    assert REFUSALS["exception_34"].rights == {Right.ACCESS}


def test_ids_are_known_once():
    assert len(REFUSALS) == len(grounds().refusals)
    assert len(EXTENSIONS) == len(grounds().extensions)


@pytest.mark.parametrize(
    "part",
    [*EXTENSIONS.values(), *REFUSALS.values(), REMEDY],
    ids=lambda part: getattr(part, "id", "remedy"),
)
def test_every_text_is_in_each_language_of_the_law(part):
    for text in texts(part):
        if isinstance(text, Text):
            assert set(text.root) == LAW_LANGUAGES


def test_a_ground_of_two_rights_cites_the_article_of_each():
    ground = REFUSALS["right_not_available_basis"]

    assert ground.provision_of(Right.PORTABILITY)["en"] == "GDPR, Article 20(1)"
    assert ground.provision_of(Right.OBJECTION)["en"] == "GDPR, Article 21(1)"


def sentences(language):
    for each in REFUSALS.values():
        yield from (each.lead[language], each.provision[language], each.hint[language])
    yield from (text[language] for text in texts(REMEDY))


def test_the_authority_is_never_taken_for_an_officer_or_an_agent():
    finnish, swedish = " ".join(sentences("fi")), " ".join(sentences("sv"))

    assert "vastaava" not in finnish
    assert finnish.lower().count("valtuutettu") == finnish.count(
        "tietosuojavaltuutettu"
    )
    assert "dataskyddsombud" not in swedish
    assert "besvär" not in swedish


@pytest.mark.parametrize("word", ["päätös", "hylät", "hakija", "asianosainen"])
def test_no_letter_speaks_like_an_authority(word):
    leads = " ".join(each.lead["fi"] for each in REFUSALS.values())

    assert word not in leads.replace("tällaista päätöstä", "").lower()


def test_hints_say_what_to_do_and_the_source_stands_apart():
    for ground in REFUSALS.values():
        for text in (*ground.name.root.values(), *ground.hint.root.values()):
            assert not re.search(r"¶|artikla|artikel|Article|§|EDPB", text), ground.id
