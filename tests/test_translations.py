"""Catalogues: complete, in use, with the placeholders of the source."""

import re
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from generator.resources import TRANSLATIONS
from tests.conftest import CHECKOUT

PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd]")
FILES = sorted(TRANSLATIONS.rglob("*.po"))


def name(file):
    return str(file.relative_to(TRANSLATIONS))


def catalogue(file):
    return [each for each in read_po(BytesIO(file.read_bytes())) if each.id]


def said(domain: str) -> set[str]:
    """Return every text that templates and programs mark for translation."""
    with (TRANSLATIONS / f"{domain}.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(
        CHECKOUT,
        [(pattern, method) for pattern, method in methods],
        options,
        keywords={"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)},
    )
    return {first(text) for _, _, text, _, _ in found}


def first(text) -> str:
    return text[0] if isinstance(text, tuple) else text


def forms(text) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_nothing_is_left_untranslated_or_fuzzy(file):
    left = [
        each.id for each in catalogue(file) if each.fuzzy or not all(forms(each.string))
    ]

    assert left == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_placeholders_are_those_of_the_source(file):
    for each in catalogue(file):
        wanted = set(PLACEHOLDER.findall(forms(each.id)[-1]))
        for form in forms(each.string):
            assert set(PLACEHOLDER.findall(form)) == wanted, form


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_catalogue_holds_just_what_is_said(file):
    domain = "tools" if file.parent.name == "tools" else "pages"
    held = {first(each.id) for each in catalogue(file)}

    assert held - said(domain) == set(), "no longer said: run make messages"
    assert said(domain) - held == set(), "not in the catalogue: run make messages"


@pytest.mark.parametrize("file", FILES, ids=name)
def test_inserted_names_never_take_an_ending(file):
    """Finnish endings follow the sound of a name; no program knows them."""
    for each in catalogue(file):
        for form in forms(each.string):
            assert not re.search(r"%\(\w+\)s[:’']?[a-zäöå]", form), form


def test_templates_never_put_an_ending_on_a_name():
    for template in (CHECKOUT / "templates").rglob("*.html"):
        assert not re.search(r"\}\}[:’']?[a-zäöå]", template.read_text()), template.name
