"""What an author knows of is listed apart, until the date they gave."""

from datetime import date

import pytest

from generator.checks.report import as_text
from generator.content.problems import ContentError
from generator.languages import tool_messages

ANSWERS = "content/answers.yaml"
MEMBERS = "content/registers/members.yaml"

RETENTION = {"rule": "retention", "reason": "Hallitus päättää.", "until": "2027-01-31"}


@pytest.fixture
def forgetful(organisation):
    organisation.delete(MEMBERS, "retention")
    return organisation


def test_an_answered_finding_is_listed_apart(forgetful):
    forgetful.write(ANSWERS, {"answers": [RETENTION]})

    report = forgetful.report()

    assert report.findings == ()
    assert [each.finding.rule for each in report.answered] == ["retention"]


def test_it_comes_back_when_the_date_has_passed(forgetful):
    forgetful.write(ANSWERS, {"answers": [RETENTION]})

    on_the_day = forgetful.findings(today=date(2027, 1, 31))
    after_it = forgetful.findings(today=date(2027, 2, 1))

    assert (len(on_the_day), len(after_it)) == (0, 1)


@pytest.mark.parametrize(
    ("more", "left"),
    [
        pytest.param({"register": "members"}, 0, id="its register"),
        pytest.param({"register": "newsletter-and-events"}, 1, id="another register"),
        pytest.param({"entry": "accounting"}, 1, id="an entry"),
    ],
)
def test_an_answer_holds_for_what_it_names(forgetful, more, left):
    forgetful.write(ANSWERS, {"answers": [{**RETENTION, **more}]})

    assert len(forgetful.findings()) == left


def test_an_answer_may_name_an_entry(organisation):
    organisation.delete("content/disclosures.yaml", "disclosures/accounting/name")
    answer = {**RETENTION, "rule": "recipient-unnamed", "entry": "accounting"}
    organisation.write(ANSWERS, {"answers": [answer]})

    assert organisation.rules() == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        pytest.param({"rule": "retentoin"}, "unknown_rule", id="an unknown rule"),
        pytest.param({"until": "pian"}, "not_a_date", id="no date"),
        pytest.param({"reason": ""}, "blank", id="no reason"),
        pytest.param({"untill": "2027-01-31"}, "unknown_key", id="a misspelt key"),
    ],
)
def test_a_faulty_answer_is_told_with_its_place(organisation, change, kind):
    organisation.write(ANSWERS, {"answers": [{**RETENTION, **change}]})

    with pytest.raises(ContentError) as error:
        organisation.report()

    (problem,) = error.value.problems
    assert (problem.path, problem.kind) == (ANSWERS, kind)
    assert problem.line > 1


def test_answers_that_do_nothing_are_listed(forgetful):
    old = {**RETENTION, "register": "members", "until": "2026-11-21"}
    other = {**RETENTION, "rule": "dpo"}
    forgetful.write(ANSWERS, {"answers": [old, other]})

    *lines, _, _ = as_text(forgetful.report(), tool_messages("en"))

    assert "\n".join(lines).partition("Answers whose")[2] == (
        " date has passed:\n"
        "  retention members: Hallitus päättää. (until 2026-11-21)\n\n"
        "Answers to nothing that was found; they can go:\n"
        "  dpo: Hallitus päättää. (until 2027-01-31)\n"
    )
