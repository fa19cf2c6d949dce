"""The languages say the same, and a translation follows its source."""

import pytest

from generator.checks.languages import numbers
from generator.checks.translations import (
    FILE,
    confirmed,
    read_lock,
    translations,
    write_lock,
)
from generator.content.places import Places
from generator.content.problems import ContentError
from generator.content.reader import read_content

NOTICE = "content/notice.yaml"


@pytest.fixture
def locked(organisation):
    confirm(organisation, "")
    return organisation


def confirm(organisation, path):
    content = read_content(organisation.root)
    found = translations(content, Places(content))
    lock = read_lock(organisation.root) or {}
    write_lock(organisation.root, confirmed(found, lock, path))


def say(organisation, fi, en):
    organisation.change(NOTICE, {"disclosure_policy": {"fi": fi, "en": en}})


def test_nothing_is_compared_without_a_lock(organisation):
    say(organisation, "Uusi.", "We do not sell your data.")

    assert organisation.rules() == []


def test_a_confirmed_notice_has_no_finding(locked):
    assert locked.rules() == []


def test_a_translation_is_stale_when_its_source_alone_changes(locked):
    english = locked.values(NOTICE)["disclosure_policy"]["en"]

    say(locked, "Uusi.", english)

    (finding,) = locked.findings()
    assert finding.rule == "translation-stale"
    line = (locked.root / NOTICE).read_text().splitlines()[finding.line - 1]
    assert line.strip().startswith("en: We do not sell")


def test_confirming_its_file_settles_it(locked):
    say(locked, "Uusi.", locked.values(NOTICE)["disclosure_policy"]["en"])

    confirm(locked, NOTICE)

    assert locked.rules() == []


def test_confirming_another_file_does_not(locked):
    say(locked, "Uusi.", locked.values(NOTICE)["disclosure_policy"]["en"])

    confirm(locked, "content/data.yaml")

    assert locked.rules() == ["translation-stale"]


def test_what_changed_in_both_languages_waits_to_be_recorded(locked):
    say(locked, "Uusi.", "New.")

    assert locked.rules() == ["translation-unconfirmed"]


def test_a_page_is_stale_too(locked):
    page = locked.root / "content/pages/accessibility.fi.md"
    page.write_text(page.read_text() + "\nLisää.\n")

    (finding,) = locked.findings()

    assert finding.rule == "translation-stale"
    assert finding.path == "content/pages/accessibility.en.md"


def test_a_moved_entry_keeps_its_record(locked):
    data = locked.values("content/data.yaml")
    locked.write("content/data.yaml", {"data": data["data"][::-1]})

    assert locked.rules() == []


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"a": {"b": 1}}'])
def test_a_spoilt_lock_is_a_problem_of_its_file(organisation, text):
    (organisation.root / FILE).write_text(text)

    with pytest.raises(ContentError) as error:
        organisation.report()

    assert [problem.path for problem in error.value.problems] == [FILE]


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
    say(organisation, fi, en)

    (finding,) = organisation.findings()

    assert finding.rule == "translation-differs"
    assert variant in finding.message
