"""Dates, times and bases as a careful writer of the language would write them."""

from datetime import date

import pytest

from generator.content.model import Basis, Period
from generator.content.values import ReadingContext
from generator.formatting import Formatter
from generator.languages import catalogue

READING = ReadingContext(("fi", "en"), ("fi", "en"))


def words(language: str) -> Formatter:
    return Formatter(language, catalogue(language))


@pytest.mark.parametrize(
    ("language", "written"),
    [("fi", "22.11.2026"), ("en", "22 November 2026"), ("sv", "22 november 2026")],
)
def test_dates(language, written):
    assert words(language).date(date(2026, 11, 22)) == written


@pytest.mark.parametrize(
    ("period", "finnish", "english"),
    [
        ({"days": "1", "after": "fetched"}, "1 päivä siitä, kun olet saanut vastauksen", "1 day after you received the answer"),
        ({"days": "30"}, "30 päivää", "30 days"),
        ({"months": "12", "after": "closed"}, "12 kuukautta asian päättymisestä", "12 months after the matter was closed"),
        ({"years": "1"}, "1 vuosi", "1 year"),
        ({"criterion": {"fi": "niin kauan kuin olet jäsen", "en": "while you are a member"}}, "niin kauan kuin olet jäsen", "while you are a member"),
    ],
    ids=lambda value: None if isinstance(value, dict) else str(value)[:20],
)  # fmt: skip
def test_retention(period, finnish, english):
    made = Period.model_validate({"what": "case_and_letters"} | period, context=READING)

    assert words("fi").duration(made) == finnish
    assert words("en").duration(made) == english


def test_a_basis_has_the_laws_name_unless_its_author_gave_one():
    plain = Basis.model_validate({"article": "6(1)(f)"}, context=READING)
    named = {"name": {"fi": "jäsenyys", "en": "membership"}, "article": "6(1)(b)"}
    own = Basis.model_validate(named, context=READING)

    assert words("fi").basis_name(plain) == "oikeutettu etu"
    assert words("fi").basis_name(own) == "jäsenyys"
    assert words("en").article(own) == "GDPR, Article 6(1)(b)"


@pytest.mark.parametrize(
    ("language", "written"), [("fi", "09 123 456"), ("en", "+358 9 123 456")]
)
def test_phone(language, written):
    assert words(language).phone("+358 9 123 456") == written


def test_country():
    assert words("fi").country("US") == "Yhdysvallat"
