"""A language is a line in site.yaml, a catalogue and the texts."""

import re
import shutil

import pytest

from generator.content.problems import ContentError
from generator.content.reader import read_content
from generator.languages import available, catalogue, own_name
from generator.pages import pages
from generator.resources import TRANSLATIONS
from tests.conftest import edit, parsed


@pytest.fixture
def translations(tmp_path):
    """Catalogues with one more: every text of it in brackets."""
    folder = shutil.copytree(TRANSLATIONS, tmp_path / "translations")
    text = (folder / "fi.po").read_text().replace("Language: fi", "Language: sv")
    (folder / "sv.po").write_text(
        re.sub(r'msgstr(\[\d\])? "(?!")', r"\g<0>[sv] ", text)
    )
    return folder


@pytest.fixture
def three_languages(root):
    edit(root / "site.yaml", "languages: [fi, en]", "languages: [fi, en, sv]")
    return root


def test_a_missing_text_is_named_with_file_line_and_language(
    three_languages, translations
):
    with pytest.raises(ContentError) as error:
        read_content(three_languages, translations=translations)

    reports = [each.line_of_report(catalogue("en")) for each in error.value.problems]
    assert (
        "content/data.yaml:2:22: The text in language “sv” is missing. "
        "Add “sv: …” beside the others."
    ) in reports
    assert any("accessibility.sv.md" in each for each in reports)


def test_one_line_a_catalogue_and_the_texts_make_a_language(
    three_languages, translations
):
    for file in (three_languages / "content").rglob("*.yaml"):
        text = re.sub(r"\{fi: ", "{sv: X, fi: ", file.read_text())
        text = re.sub(r"^( +)fi: ", r"\1sv: X\n\g<0>", text, flags=re.MULTILINE)
        text = re.sub(r"^( +)- fi: ", r"\1- sv: X\n\1  fi: ", text, flags=re.MULTILINE)
        file.write_text(text)
    page = three_languages / "content" / "pages" / "accessibility.sv.md"
    page.write_text("# Tillgänglighet\n\nText.\n")

    site = dict(
        pages(
            read_content(three_languages, translations=translations),
            translations=translations,
        )
    )

    front = parsed(site, "sv/index.html")
    assert front.html["lang"] == "sv"
    assert "[sv] Rekisterinpitäjä" in front.get_text()
    assert "Personuppgifts" not in front.get_text()
    assert "dataombudsmannen" in front.get_text()
    assert [
        each["hreflang"]
        for each in parsed(site, "index.html").select("nav.languages a")
    ] == ["en", "sv"]


def test_a_language_without_catalogue_is_refused(root):
    edit(root / "site.yaml", "languages: [fi, en]", "languages: [fi, en, xx]")

    with pytest.raises(ContentError) as error:
        read_content(root)

    (problem,) = error.value.problems
    assert problem.message(catalogue("en")) == (
        "There is no catalogue for language “xx”. There is one for: en, fi."
    )


def test_languages_are_called_by_their_own_names():
    assert [own_name(each) for each in ("fi", "sv", "en")] == [
        "Suomi",
        "Svenska",
        "English",
    ]


def test_the_catalogues_make_the_languages():
    assert available() == {"fi", "en"}
