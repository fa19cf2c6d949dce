"""What the law asks for: given, not applicable, missing, not required."""

from pathlib import Path

import pytest

from generator.checks.findings import ElementState, Severity
from generator.content.problems import ContentError

CONTROLLER = "content/controller.yaml"
NOTICE = "content/notice.yaml"
PURPOSES = "content/purposes.yaml"
SOURCES = "content/sources.yaml"
DISCLOSURES = "content/disclosures.yaml"
MEMBERS = "content/registers/members.yaml"
EVENTS = "content/registers/newsletter-and-events.yaml"
REQUESTS = "content/registers/data-protection-requests.yaml"

SERVICE = "disclosures/newsletter-service"


LEFT_OUT = [
    (CONTROLLER, "data_protection_officer", "dpo", "13(1)(b), 14(1)(b), 37"),
    (NOTICE, "dated", "date", "5(2)"),
    (NOTICE, "changes", "changes", "13(3), 14(4), 12(1)"),
    (NOTICE, "changes/how_told", "changes", "13(3), 14(4), 12(1)"),
    (NOTICE, "transfers", "transfers", "13(1)(f), 14(1)(f)"),
    (PURPOSES, "purposes/crews/basis", "basis", "13(1)(c), 14(1)(c)"),
    (PURPOSES, "purposes/newsletter/basis", "basis", "13(1)(c), 14(1)(c)"),
    (PURPOSES, "purposes/membership-list/basis", "basis", "13(1)(c)"),
    (PURPOSES, "bases/crew-interest/interest", "interest", "13(1)(d), 14(2)(b)"),
    (PURPOSES, "bases/membership/article", "no-article-6", "6(1)"),
    (PURPOSES, "bases/health-consent/condition", "special-condition", "9(2)"),
    (PURPOSES, "bases/health-consent/how_to_withdraw", "withdrawal", "7(3)"),
    (PURPOSES, "bases/newsletter-consent/how_to_withdraw", "withdrawal", "7(3)"),
    (
        SOURCES,
        "sources/crew-contact/publicly_accessible",
        "public-access",
        "14(2)(f)",
    ),
    (DISCLOSURES, f"{SERVICE}/name", "recipient-unnamed", "13(1)(e), 14(1)(e)"),
    (DISCLOSURES, f"{SERVICE}/role", "recipient-role", "13(1)(e), 14(1)(e), 4(9)"),
    (DISCLOSURES, f"{SERVICE}/country", "processor-country", "13(1)(f), 14(1)(f)"),
    (DISCLOSURES, f"{SERVICE}/text", "processor-instructions", "28(3)"),
    (DISCLOSURES, f"{SERVICE}/safeguard", "safeguard", "13(1)(f), 14(1)(f), 46"),
    (
        DISCLOSURES,
        f"{SERVICE}/safeguard/copy_at",
        "safeguard-copy",
        "13(1)(f), 14(1)(f)",
    ),
    (MEMBERS, "joint_controllers", "joint-arrangement", "26(2)"),
    (MEMBERS, "joint_controllers/arrangement", "joint-arrangement", "26(2)"),
    (MEMBERS, "data_subjects", "data-subjects", "30(1)(c)"),
    (MEMBERS, "purposes", "purposes", "13(1)(c)"),
    (MEMBERS, "sources", "source", "14(2)(f)"),
    (MEMBERS, "retention", "retention", "13(2)(a)"),
    (MEMBERS, "obligation_to_provide", "obligation", "13(2)(e)"),
    (EVENTS, "data_subjects", "data-subjects", "30(1)(c)"),
    (EVENTS, "purposes", "purposes", "13(1)(c), 14(1)(c)"),
    (EVENTS, "sources", "source", "14(2)(f)"),
    (EVENTS, "retention", "retention", "13(2)(a), 14(2)(a)"),
    (EVENTS, "obligation_to_provide", "obligation", "13(2)(e)"),
    (
        EVENTS,
        "automated_decisions",
        "automated-decisions",
        "13(2)(f), 14(2)(g), 22",
    ),
    (REQUESTS, "data_subjects", "data-subjects", "30(1)(c)"),
    (REQUESTS, "purposes/0/basis", "basis", "13(1)(c), 14(1)(c)"),
    (REQUESTS, "purposes/1/basis/interest", "interest", "13(1)(d), 14(2)(b)"),
    (REQUESTS, "sources", "source", "14(2)(f)"),
    (REQUESTS, "sources/1/publicly_accessible", "public-access", "14(2)(f)"),
    (REQUESTS, "data", "data", "14(1)(d)"),
    (
        REQUESTS,
        "disclosures",
        "recipients",
        "13(1)(e), 13(1)(f), 14(1)(e), 14(1)(f)",
    ),
    (REQUESTS, "retention", "retention", "13(2)(a), 14(2)(a)"),
    (REQUESTS, "retention/0", "request-times", "13(2)(a), 14(2)(a), 5(1)(e)"),
    (REQUESTS, "retention/5", "request-times", "13(2)(a), 14(2)(a), 5(1)(e)"),
    (REQUESTS, "obligation_to_provide", "obligation", "13(2)(e)"),
]
IDS = [f"{Path(path).stem} without {way}" for path, way, *_ in LEFT_OUT]


def test_a_lawful_organisation_gives_not_one_finding(organisation):
    report = organisation.report()

    assert report.findings == ()
    assert report.count(ElementState.MISSING) == 0
    assert report.count(ElementState.NOT_APPLICABLE) == 2


@pytest.mark.parametrize(("path", "way", "rule", "article"), LEFT_OUT, ids=IDS)
def test_one_thing_left_out_is_one_finding(organisation, path, way, rule, article):
    organisation.delete(path, way)

    found = organisation.findings()

    assert [(each.rule, each.article) for each in found] == [(rule, article)]


def test_without_purposes_of_its_own_a_register_lacks_bases_too(organisation):
    organisation.delete(REQUESTS, "purposes")

    assert sorted(organisation.rules()) == ["basis", "purposes"]


@pytest.mark.parametrize(
    ("path", "key", "rule"),
    [
        pytest.param(CONTROLLER, "data_protection_officer", "dpo", id="no officer"),
        pytest.param(REQUESTS, "disclosures", "recipients", id="no recipient"),
        pytest.param(MEMBERS, "obligation_to_provide", "obligation", id="no duty"),
    ],
)
def test_not_applicable_silences_its_element(organisation, path, key, rule):
    organisation.delete(path, key)
    before = organisation.rules()

    organisation.change(path, {key: {"not_applicable": "Asia ei koske meitä."}})

    assert (before, organisation.rules()) == ([rule], [])


@pytest.mark.parametrize("reason", ["", " "], ids=["nothing", "a space"])
def test_an_empty_reason_does_not_silence(organisation, reason):
    organisation.change(MEMBERS, {"obligation_to_provide": {"not_applicable": reason}})

    with pytest.raises(ContentError):
        organisation.report()


def test_a_representative_is_asked_of_those_outside_only(organisation):
    organisation.delete(CONTROLLER, "representative")

    assert organisation.rules() == []


def test_art_13_alone_applies_where_all_data_come_from_the_person(organisation):
    organisation.delete(MEMBERS, "retention")

    (finding,) = organisation.findings()

    assert finding.article == "13(2)(a)"


def test_both_articles_apply_while_a_source_is_not_told(organisation):
    organisation.delete(SOURCES, "sources/membership-form/from")
    organisation.delete(MEMBERS, "retention")

    (finding,) = organisation.findings()

    assert finding.article == "13(2)(a), 14(2)(a)"


def test_an_officer_nobody_can_reach_is_asked_about(organisation):
    organisation.change(CONTROLLER, {"data_protection_officer": {"name": "Aino"}})

    (finding,) = organisation.findings()

    assert finding.message.startswith("The law asks how the data protection officer")


def test_what_several_registers_share_is_told_once_and_of_none(organisation):
    organisation.change(EVENTS, {"sources": ["membership-form", "crew-contact"]})
    organisation.change(MEMBERS, {"sources": ["own-contacts", "crew-contact"]})
    organisation.delete(SOURCES, "sources/crew-contact/publicly_accessible")

    (finding,) = organisation.findings()

    assert (finding.register, finding.path) == (None, SOURCES)


def test_a_gap_weighs_more_than_a_remark(organisation):
    organisation.delete(MEMBERS, "retention")
    organisation.delete(MEMBERS, "data_subjects")

    weights = {each.rule: each.severity for each in organisation.findings()}

    assert weights == {"retention": Severity.GAP, "data-subjects": Severity.WARNING}


def test_an_officer_whom_people_can_reach_is_enough(organisation):
    officer = {"email": "vastaava@soutuseura.example"}
    organisation.change(CONTROLLER, {"data_protection_officer": officer})

    assert organisation.rules() == []


@pytest.mark.parametrize("element", ["transfers", "data"])
def test_what_does_not_concern_a_register_is_not_required(organisation, element):
    organisation.delete(NOTICE, "transfers")
    for key in ("transfers", "data", "purposes"):
        organisation.delete(MEMBERS, key)

    states = organisation.report().states

    assert states["members", element] is ElementState.NOT_REQUIRED


def test_nobody_is_obliged_to_give_what_others_give(organisation):
    organisation.change(EVENTS, {"sources": ["crew-contact"]})
    organisation.delete(EVENTS, "obligation_to_provide")

    assert organisation.rules() == []


def test_a_site_without_cookies_need_not_speak_of_them(organisation):
    organisation.delete(NOTICE, "cookies")

    assert organisation.rules() == []


def test_retention_may_be_told_of_each_purpose(organisation):
    for number in range(3):
        purposes = organisation.values(REQUESTS)["purposes"]
        purposes[number]["retention"] = [
            {"what": "case_and_letters", "years": "3", "after": "closed"}
        ]
        organisation.change(REQUESTS, {"purposes": purposes})
    organisation.delete(REQUESTS, "retention")

    assert organisation.rules() == []
