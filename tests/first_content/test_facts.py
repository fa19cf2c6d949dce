"""The first organisation's statement: every fact of it, and no other."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from generator.content.values import Text
from tests.conftest import CHECKOUT, parsed, words

FACTS = yaml.safe_load(Path(__file__).with_name("facts.yaml").read_text())
FRONT = {"fi": "index.html", "en": "en/index.html"}
REGISTERS = ("customer-marketing", "peili-profile", "workplace-mediation")
WORD = re.compile(r"[^\W\d_][\w-]+")  # numbers are compared as facts
OURS = "data-protection-requests"  # the register of requests: our facts, not theirs


def section(site, language: str, anchor: str) -> str:
    page = parsed(site, FRONT[language])
    place = page.find(id=anchor).find_parent("section") if anchor else page
    return " ".join(place.get_text(" ").split()).replace(" -", "-")


@pytest.mark.parametrize("language", FRONT)
@pytest.mark.parametrize(
    "fact", FACTS, ids=[f"{fact['of']}: {fact['fi'][:40]}" for fact in FACTS]
)
def test_each_fact_stands_in_its_section(first_site, fact, language):
    shown = section(first_site, language, fact["in"])

    assert fact[language].replace(" -", "-") in shown


@pytest.mark.parametrize("language", FRONT)
def test_content_says_nothing_that_is_no_fact(first, language):
    facts = " ".join(fact[language] for fact in FACTS)
    said = [
        text
        for path, document in first.documents.items()
        if path.startswith("content/") and OURS not in path
        for text in texts(document.value, language)
    ]

    assert [text for text in said if text not in facts] == []


@pytest.mark.parametrize(
    "path", ["index.html", "rights/", *(f"registers/{each}/" for each in REGISTERS)]
)
@pytest.mark.parametrize("language", FRONT)
def test_every_word_of_a_page_comes_from_somewhere(first, first_site, language, path):
    folder = FRONT[language].removesuffix("index.html")
    page = folder + path + "index.html" * path.endswith("/")
    known = set(WORD.findall(known_words(first, language)))

    assert (
        set(WORD.findall(words(first_site, page).replace(" -", "-"))) - known == set()
    )


def known_words(content, language: str) -> str:
    """All that may be said: facts, the law, our own register, words of the page."""
    own = next(file for path, file in content.documents.items() if OURS in path)
    shown = read_po(BytesIO((CHECKOUT / "translations" / "fi.po").read_bytes()))
    said = [
        *(fact[language] for fact in FACTS),
        *texts(own.value, language),
        *texts_of_law(content.law, language),
        *(str((each.id, each.string)[language == "fi"]) for each in shown),
        "Suomi English November",
    ]
    return " ".join(said).replace(" -", "-")


def texts(value: object, language: str) -> list[str]:
    match value:
        case dict() if language in value:
            return [" ".join(value[language].split())]
        case dict():
            return [text for each in value.values() for text in texts(each, language)]
        case list():
            return [text for each in value for text in texts(each, language)]
        case _:
            return []


def texts_of_law(part: object, language: str) -> list[str]:
    match part:
        case Text():
            return [part[language]]
        case str():
            return [part]
        case tuple():
            return [text for each in part for text in texts_of_law(each, language)]
        case _ if hasattr(part, "model_fields_set"):
            fields = type(part).model_fields
            values = (getattr(part, name) for name in fields)
            return [text for each in values for text in texts_of_law(each, language)]
        case _:
            return []


def test_lost_addresses_stay_lost(first_site):
    for path in first_site:
        assert b"protected]" not in first_site[path]


def test_idn_links_go_to_the_ascii_name(first_site):
    link = parsed(first_site, "index.html").find(
        "a", string="www.työyhteisösovittelija.fi"
    )

    assert link["href"] == "https://www.xn--tyyhteissovittelija-r6bg.fi"


def test_nothing_of_2018_is_said_of_what_is_of_today(first_site):
    shown = words(first_site, "index.html")

    assert "Helsingissä 25.5.2018" in shown
    assert "tarkistettu 22.11.2026" in shown
