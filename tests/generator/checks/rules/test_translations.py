"""The languages say the same, as far as a program can tell."""

import pytest

from generator.checks.rules.translations import numbers


@pytest.mark.parametrize(
    ("fi", "en"),
    [
        pytest.param("25.5.2018", "25 May 2018", id="a date"),
        pytest.param("1 000,50 euroa", "€1,000.50", id="an amount"),
        pytest.param("klo 9.05", "at 9:05", id="a time"),
        pytest.param("6 artikla", "Article 6", id="an article"),
        pytest.param("ks. www.a1.fi ja 7", "see www.a2.fi and 7", id="not a link"),
        pytest.param("Voit lukea.", "You may read.", id="not a month"),
    ],
)
def test_the_same_numbers_are_found_in_each_language(fi, en):
    assert numbers(fi, "fi") == numbers(en, "en")


@pytest.mark.parametrize(
    ("fi", "en", "variant"),
    [
        pytest.param("Vastaamme 30 päivässä.", "In 90 days.", "numbers", id="numbers"),
        pytest.param("Ks. www.a.fi.", "See www.b.fi.", "addresses", id="links"),
        pytest.param("Example Mail Inc. lähettää.", "It sends.", "names", id="names"),
        pytest.param("- a\n- b", "- a", "list items", id="lists"),
    ],
)
def test_what_differs_is_told(organisation, fi, en, variant):
    organisation.say(fi, en)

    (finding,) = organisation.findings()

    assert finding.rule == "translation-differs"
    assert variant in finding.message
