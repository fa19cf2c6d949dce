"""`python -m generator check`: what it prints, and its exit codes."""

import json

import pytest
from click.testing import CliRunner

from generator.cli import main

MEMBERS = "content/registers/members.yaml"


@pytest.fixture
def run(organisation):
    def run(*arguments, lang="en"):
        given = ["--lang", lang, arguments[0], "--root", str(organisation.root)]
        return CliRunner().invoke(main, [*given, *arguments[1:]])

    return run


def test_nothing_to_warning(run):
    result = run("check", "--strict")

    assert result.exit_code == 0
    assert result.stdout == (
        "Nothing to remark.\ngiven 56 · not applicable 2 · missing 0\n"
    )


def test_findings_are_grouped_by_file(run, organisation):
    organisation.delete(MEMBERS, "retention")
    organisation.delete(MEMBERS, "data_subjects")

    result = run("check")

    assert result.exit_code == 0
    assert result.stdout.count(MEMBERS) == 1
    assert "  1:1  gap · retention · 13(2)(a)\n" in result.stdout
    assert "\n1 gap · 1 warning\ngiven 54 · not appl" in result.stdout


@pytest.mark.parametrize(
    ("key", "code"),
    [
        pytest.param("retention", 1, id="a gap"),
        pytest.param("data_subjects", 0, id="a warning"),
    ],
)
def test_strict_fails_for_gaps(run, organisation, key, code):
    organisation.delete(MEMBERS, key)

    assert run("check", "--strict").exit_code == code


def test_json_is_a_list_of_findings(run, organisation):
    organisation.delete(MEMBERS, "retention")

    (finding,) = json.loads(run("check", "--format", "json").stdout)

    assert finding.pop("message").startswith("The law asks how long")
    assert finding == {
        "rule": "retention",
        "article": "13(2)(a)",
        "severity": "gap",
        "register": "members",
        "path": MEMBERS,
        "line": 1,
        "column": 1,
    }


def test_problems_of_the_reader_are_errors_in_json(run, organisation):
    organisation.change(MEMBERS, {"retentoin": []})

    result = run("check", "--format", "json")

    assert result.exit_code == 2
    assert {each["severity"] for each in json.loads(result.stdout)} == {"error"}


def test_problems_of_the_reader_are_told_to_people_too(run, organisation):
    organisation.change(MEMBERS, {"retentoin": "3"})

    result = run("check")

    assert result.exit_code == 2
    assert f"{MEMBERS}:" in result.stderr


def test_answered_findings_are_listed_apart(run, organisation):
    organisation.delete(MEMBERS, "retention")
    answer = {"rule": "retention", "reason": "Hallitus.", "until": "2126-01-31"}
    organisation.write("content/answers.yaml", {"answers": [answer]})

    result = run("check", "--strict")

    assert result.exit_code == 0
    assert f"{MEMBERS}:1:1 retention: Hallitus. (until 2126-01-31)" in result.stdout


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_rule_is_explained(run, lang):
    result = run("check", "--explain", "retention", lang=lang)

    assert result.exit_code == 0
    assert result.stdout.startswith("retention · 13(2)(a), 14(2)(a) · ")
    assert ("säilytetään" in result.stdout) is (lang == "fi")


def test_an_unknown_rule_is_answered_with_the_nearest(run):
    result = run("check", "--explain", "retentoin")

    assert result.exit_code == 2
    assert "“retention”" in result.stderr


def test_translations_are_confirmed_and_told(run, organisation):
    assert run("translations", "--confirm", "content").exit_code == 0
    english = organisation.values(MEMBERS)["about"]["en"]
    organisation.change(MEMBERS, {"about": {"fi": "Uusi.", "en": english}})

    result = run("translations")

    assert result.stdout.startswith(f"{MEMBERS}:")
    assert result.stdout.endswith("1 translation is older than its source.\n")


def test_a_file_is_confirmed_by_the_path_seen_from_here(run, organisation, monkeypatch):
    monkeypatch.chdir(organisation.root / "content")

    result = run("translations", "--confirm", "notice.yaml")

    assert result.stdout == "0 translations are older than their source.\n"


def test_people_see_the_progress_of_long_work(run, monkeypatch):
    monkeypatch.setattr("generator.checks.commands.MANY", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    assert run("check").exit_code == 0
