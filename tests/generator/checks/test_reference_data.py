"""What the check knows of the world: words, services, adequacy decisions."""

from datetime import date

import pytest

from generator.checks.reference_data import first_word, reference_data
from generator.content.values import ReadingContext, Text


def said(fi="–", en="–"):
    context = ReadingContext(("fi", "en"), {"fi", "en"})
    return Text.model_validate({"fi": fi, "en": en}, context=context)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        pytest.param(date(2021, 6, 27), False, id="the day before"),
        pytest.param(date(2021, 6, 28), True, id="the day itself"),
        pytest.param(date(2031, 12, 27), True, id="the last day"),
        pytest.param(date(2031, 12, 28), False, id="the day after"),
    ],
)
def test_a_decision_holds_from_its_day_to_its_last(day, holds):
    (britain,) = (each for each in reference_data().adequacy if each.country == "GB")

    assert britain.holds(day) is holds


@pytest.mark.parametrize(
    ("topic", "text", "word"),
    [
        ("open_ended", "lomakkeet, sähköpostit jne.", "jne"),
        ("open_ended", "toiminteet kuten laskutus", "kuten"),
        ("open_ended", "adresser, t.ex. e-post", "t.ex."),
        ("other", "muut vastaavat käyttötarkoitukset", "muut"),
        ("hedge", "Emme lähtökohtaisesti siirrä tietoja.", "lähtökohtaisesti"),
        ("hedge", "Registret kan innehålla uppgifter.", "kan innehålla"),
        ("vague_time", "niin kauan kuin on tarpeen", "niin kauan kuin on tarpeen"),
        ("profiling", "Peili-käyttäytymisprofiilien", "Peili-käyttäytymisprofiilien"),
        ("invoicing", "jäsenmaksujen laskutus", "laskutus"),
        ("placeholder", "[email protected]", "[email protected]"),
    ],
)
def test_a_word_of_a_topic_is_found_whole(topic, text, word):
    assert first_word(reference_data().patterns[topic], said(text)) == word


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("other", "muutokset"),
        ("other", "muuntajat"),
        ("open_ended", "kutenkin"),
        ("hedge", "yleensäkään"),
        ("invoicing", "laskuvarjo"),
    ],
)
def test_a_word_that_only_begins_alike_is_not(topic, text):
    assert first_word(reference_data().patterns[topic], said(text)) is None


@pytest.mark.parametrize("text", ["Twitter", "Twitterissä", "twiitti", "X, Twitter"])
def test_services_are_found_in_any_case_of_finnish(text):
    named = [service.name for service, _ in reference_data().services_in([text])]

    assert named == (["Twitter"] if "Twitter" in text else [])
