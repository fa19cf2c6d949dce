"""A translation follows its source."""

import pytest

from generator.checks.translation_lock import (
    FILE,
    confirmed,
    read_lock,
    translations,
    write_lock,
)
from generator.content.locations import Locations
from generator.content.problems import ContentError
from generator.content.reader import read_content

NOTICE = "content/notice.yaml"


@pytest.fixture
def locked(organisation):
    confirm(organisation, "")
    return organisation


def confirm(organisation, path):
    content = read_content(organisation.root)
    found = translations(content, Locations(content))
    lock = read_lock(organisation.root) or {}
    write_lock(organisation.root, confirmed(found, lock, path))


def test_nothing_is_compared_without_a_lock(organisation):
    organisation.say("Uusi.", "We do not sell your data.")

    assert organisation.rules() == []


def test_a_confirmed_notice_has_no_finding(locked):
    assert locked.rules() == []


def test_a_translation_is_stale_when_its_source_alone_changes(locked):
    english = locked.values(NOTICE)["disclosure_policy"]["en"]

    locked.say("Uusi.", english)

    (finding,) = locked.findings()
    assert finding.rule == "translation-stale"
    line = (locked.root / NOTICE).read_text().splitlines()[finding.line - 1]
    assert line.strip().startswith("en: We do not sell")


def test_confirming_its_file_settles_it(locked):
    locked.say("Uusi.", locked.values(NOTICE)["disclosure_policy"]["en"])

    confirm(locked, NOTICE)

    assert locked.rules() == []


def test_confirming_another_file_does_not(locked):
    locked.say("Uusi.", locked.values(NOTICE)["disclosure_policy"]["en"])

    confirm(locked, "content/data.yaml")

    assert locked.rules() == ["translation-stale"]


def test_what_changed_in_both_languages_waits_to_be_recorded(locked):
    locked.say("Uusi.", "New.")

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
