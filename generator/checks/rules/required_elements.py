"""What the law requires a notice to contain: GDPR Art. 13, 14 and related articles."""

from generator.checks.findings import ElementState, Observation, Severity, Verdict
from generator.checks.notice_view import NoticeView, RegisterView
from generator.checks.registry import NOTICE_RULES, REGISTER_RULES, Articles
from generator.content import model
from generator.content.base_model import NotApplicableReason
from generator.content.values import Article6, Text

# Elements that every site has: the model requires the name of the controller, and the
# product publishes the rest from the law.
ALWAYS_GIVEN = (
    "controller",  # 13(1)(a), 14(1)(a)
    "right-of-access",  # 13(2)(b), 14(2)(c), 15
    "right-to-rectification",  # 13(2)(b), 14(2)(c), 16
    "right-to-erasure",  # 13(2)(b), 14(2)(c), 17
    "right-to-restriction",  # 13(2)(b), 14(2)(c), 18
    "right-to-object",  # 13(2)(b), 14(2)(c), 21
    "objection-apart",  # 21(4)
    "right-to-portability",  # 13(2)(b), 14(2)(c), 20
    "right-to-withdraw",  # 13(2)(c), 14(2)(d)
    "complaint",  # 13(2)(d), 14(2)(e), 77
    "answer-time",  # 12(3)
    "free-of-charge",  # 12(5)
)


# ---------------------------------------------------------------- the organisation


@NOTICE_RULES.element("controller-contact", Articles("13(1)(a)", "14(1)(a)"))
def contact_details(notice: NoticeView) -> Verdict:
    """People are told how to reach the controller."""
    controller = notice.content.organisation.controller
    if controller.address or controller.phone or controller.email:
        return ElementState.GIVEN
    return [Observation(notice.locations.of(controller))]


@NOTICE_RULES.element("representative", Articles("13(1)(a)", "14(1)(a)", besides="27"))
def representative_in_the_union(notice: NoticeView) -> Verdict:
    """An organisation outside the EEA names its representative in the Union."""
    organisation = notice.content.organisation
    if isinstance(organisation.representative, NotApplicableReason):
        return ElementState.NOT_APPLICABLE
    if organisation.representative:
        return ElementState.GIVEN
    address = organisation.controller.address
    if address is None or not notice.outside_eea(address.country):
        return ElementState.NOT_REQUIRED
    return [Observation(notice.locations.of(organisation.controller))]


@NOTICE_RULES.element(
    "dpo", Articles("13(1)(b)", "14(1)(b)", besides="37"), severity=Severity.WARNING
)
def data_protection_officer(notice: NoticeView) -> Verdict:
    """It is said who the data protection officer is, or that there is none and why."""
    match notice.content.organisation.data_protection_officer:
        case NotApplicableReason():
            return ElementState.NOT_APPLICABLE
        case None:
            return [Observation(notice.file_location("controller.yaml"))]
        case officer if officer.phone or officer.email or officer.address:
            return ElementState.GIVEN
        case officer:
            return [Observation(notice.locations.of(officer), variant="unreachable")]


@NOTICE_RULES.element("cookies", Articles("917/2014 205 §"))
def cookies(notice: NoticeView) -> Verdict:
    """Whoever speaks of cookies says what they are for and how consent is asked."""
    if notice.content.notice.cookies:
        return ElementState.GIVEN
    for register in notice.registers:
        texts = [*register.data_texts(), *register.source_texts()]
        if mention := notice.first_mention("cookies", texts):
            at = notice.file_location("notice.yaml")
            return [Observation(at, register=register.id, word=mention.word)]
    return ElementState.NOT_REQUIRED


@NOTICE_RULES.element(
    "changes", Articles("13(3)", "14(4)", besides="12(1)"), severity=Severity.WARNING
)
def how_changes_are_told(notice: NoticeView) -> Verdict:
    """People are told how they learn of changes and of new purposes."""
    changes = notice.content.notice.changes
    if changes and changes.how_told:
        return ElementState.GIVEN
    return [Observation(notice.locations.of(notice.content.notice, "changes"))]


@NOTICE_RULES.element("date", Articles("5(2)"), severity=Severity.WARNING)
def date_of_the_notice(notice: NoticeView) -> Verdict:
    """A notice tells from which day it is."""
    if notice.content.notice.dated:
        return ElementState.GIVEN
    return [Observation(notice.file_location("notice.yaml"))]


# ---------------------------------------------------------------- each register


@REGISTER_RULES.element("purposes", Articles("13(1)(c)", "14(1)(c)"))
def purposes(register: RegisterView) -> Verdict:
    """Each register says why its data are processed."""
    return ElementState.GIVEN if register.purposes else [register.observe("purposes")]


@REGISTER_RULES.element("basis", Articles("13(1)(c)", "14(1)(c)"))
def basis_of_each_purpose(register: RegisterView) -> Verdict:
    """Each purpose has a legal basis."""
    without = [purpose.name for purpose in register.purposes if not purpose.basis]
    if without:
        names = register.notice.names(without)
        return [register.observe("purposes", purposes=names)]
    if register.bases:
        return ElementState.GIVEN
    if register.notice.has_unused_purpose:
        # The unused purposes have a basis; the rule on purposes asks to list them.
        return ElementState.MISSING
    return [register.observe("bases", variant="none")]


@REGISTER_RULES.element("interest", Articles("13(1)(d)", "14(2)(b)"))
def legitimate_interest(register: RegisterView) -> Verdict:
    """Where processing rests on legitimate interests, the interest is told."""
    resting = [b for b in register.bases if b.article is Article6.LEGITIMATE_INTERESTS]
    if not resting:
        return ElementState.NOT_REQUIRED
    return [
        register.notice.observe(basis) for basis in resting if not basis.interest
    ] or ElementState.GIVEN


@REGISTER_RULES.element("special-condition", Articles("9(2)"))
def special_category_condition(register: RegisterView) -> Verdict:
    """Special categories of data are processed under a condition of Art. 9(2)."""
    special = [each.name for each in register.data if each.special]
    if not special:
        return ElementState.NOT_REQUIRED
    if any(basis.condition for basis in register.bases):
        return ElementState.GIVEN
    if not register.bases:
        return ElementState.MISSING  # reported by the rule on bases
    names = register.notice.names(special)
    return [register.observe("data", data=names)]


@REGISTER_RULES.element("withdrawal", Articles("7(3)"), severity=Severity.WARNING)
def how_to_withdraw_consent(register: RegisterView) -> Verdict:
    """Consent is as easy to withdraw as to give, and people are told how."""
    consents = [b for b in register.bases if b.article is Article6.CONSENT]
    if not consents:
        return ElementState.NOT_REQUIRED
    return [
        register.notice.observe(each) for each in consents if not each.how_to_withdraw
    ] or ElementState.GIVEN


@REGISTER_RULES.element("data", Articles("14(1)(d)"))
def categories_of_data(register: RegisterView) -> Verdict:
    """Where data do not come from the person, their categories are told."""
    if register.data:
        return ElementState.GIVEN
    if not register.from_elsewhere:
        return ElementState.NOT_REQUIRED
    return [register.observe("data")]


@REGISTER_RULES.element(
    "data-subjects", Articles("30(1)(c)"), severity=Severity.WARNING
)
def data_subjects(register: RegisterView) -> Verdict:
    """It is told whose data a register holds."""
    if register.register.data_subjects:
        return ElementState.GIVEN
    return [register.observe("data_subjects")]


@REGISTER_RULES.element("source", Articles("14(2)(f)"))
def source(register: RegisterView) -> Verdict:
    """Where data do not come from the person, it is told where they come from."""
    return ElementState.GIVEN if register.sources else [register.observe("sources")]


@REGISTER_RULES.element("public-access", Articles("14(2)(f)"))
def publicly_accessible_sources(register: RegisterView) -> Verdict:
    """Of a source other than the person it is told whether anyone can read it."""
    others = [each for each in register.sources if each.origin == "elsewhere"]
    if not others:
        return ElementState.NOT_REQUIRED
    return [
        register.notice.observe(each) for each in others if not _states_access(each)
    ] or ElementState.GIVEN


def _states_access(source: model.Source) -> bool:
    if source.publicly_accessible is not None:
        return True
    items = source.includes or ()
    return bool(items) and all(item.publicly_accessible is not None for item in items)


@REGISTER_RULES.element(
    "recipients", Articles("13(1)(e), 13(1)(f)", "14(1)(e), 14(1)(f)")
)
def recipients(register: RegisterView) -> Verdict:
    """It is told who gets the data, and in which country, or that nobody does."""
    if register.recipients:
        return ElementState.GIVEN
    if register.register.disclosures is not None:
        return ElementState.NOT_APPLICABLE
    return [register.observe("disclosures")]


@REGISTER_RULES.element("transfers", Articles("13(1)(f)", "14(1)(f)"))
def transfers(register: RegisterView) -> Verdict:
    """Where data leave the EU and the EEA, it is told."""
    statement = register.transfers
    if statement:
        hedged = (
            statement.outside_eea == "as-a-rule-not"
        )  # reported by transfers-hedged
        return ElementState.MISSING if hedged else ElementState.GIVEN
    if not register.recipients_abroad:
        return ElementState.NOT_REQUIRED
    abroad = register.recipients_abroad
    names = ", ".join(register.notice.recipient(each) for each in abroad)
    return [register.observe("transfers", recipients=names)]


@REGISTER_RULES.element("safeguard", Articles("13(1)(f)", "14(1)(f)", besides="46"))
def safeguards_of_transfers(register: RegisterView) -> Verdict:
    """Data outside the EEA are protected by something, and it is told by what."""
    abroad = register.recipients_abroad
    if not abroad:
        return ElementState.NOT_REQUIRED
    return [
        register.notice.observe(each, country=each.country or "")
        for each in abroad
        if each.safeguard is None
    ] or ElementState.GIVEN


@REGISTER_RULES.element("safeguard-copy", Articles("13(1)(f)", "14(1)(f)"))
def copy_of_the_safeguards(register: RegisterView) -> Verdict:
    """It is told where to get a copy of the safeguards of a transfer."""
    agreed = [
        (each, each.safeguard)
        for each in register.recipients
        if each.safeguard and each.safeguard.kind != "adequacy-decision"
    ]
    if not agreed:
        return ElementState.NOT_REQUIRED
    return [
        register.notice.observe(recipient, safeguard)
        for recipient, safeguard in agreed
        if not safeguard.copy_at
    ] or ElementState.GIVEN


@REGISTER_RULES.element("retention", Articles("13(2)(a)", "14(2)(a)"))
def retention(register: RegisterView) -> Verdict:
    """It is told how long data are kept, or what decides it."""
    periods = [purpose.retention for purpose in register.purposes]
    if register.register.retention or (periods and all(periods)):
        return ElementState.GIVEN
    return [register.observe("retention")]


@REGISTER_RULES.element("joint-arrangement", Articles("26(2)"))
def joint_controllers(register: RegisterView) -> Verdict:
    """Of controllers who decide together it is told who does what."""
    joint = register.register.joint_controllers
    together = any(each.role == "joint-controller" for each in register.recipients)
    if joint is None and not together:
        return ElementState.NOT_REQUIRED
    if joint and joint.arrangement:
        return ElementState.GIVEN
    return [register.observe("joint_controllers")]


@REGISTER_RULES.element("obligation", Articles("13(2)(e)"))
def obligation_to_provide(register: RegisterView) -> Verdict:
    """People are told whether they have to give their data, and what if they do not."""
    statement = register.register.obligation_to_provide
    if isinstance(statement, NotApplicableReason):
        return ElementState.NOT_APPLICABLE
    if statement:
        return ElementState.GIVEN
    if not register.from_person:
        return ElementState.NOT_REQUIRED
    return [register.observe("obligation_to_provide")]


@REGISTER_RULES.element(
    "automated-decisions",
    Articles("13(2)(f)", "14(2)(g)", besides="22"),
    severity=Severity.WARNING,
)
def automated_decisions(register: RegisterView) -> Verdict:
    """Where people are profiled, it is said whether a machine decides about them."""
    own = register.register
    mention = register.notice.first_mention("profiling", register.own_texts())
    if own.automated_decisions and (own.profiling or not mention):
        return ElementState.GIVEN
    if mention:
        return [register.observe("profiling", word=mention.word)]
    if isinstance(own.profiling, Text):
        return [register.observe("profiling", variant="told")]
    return ElementState.NOT_REQUIRED
