"""What the law asks a notice to say: GDPR Art. 13, 14 and their neighbours."""

from generator.checks.findings import Found, Severity, found
from generator.checks.rules import (
    ELEMENTS,
    GIVEN,
    NOT_APPLICABLE,
    NOT_REQUIRED,
    REGISTER_ELEMENTS,
    Law,
    Verdict,
    asked,
    given_but,
    missing,
)
from generator.checks.views import RegisterView, View
from generator.content import model
from generator.content.parts import Entry, NotApplicableReason
from generator.content.values import Article6, Text

# What the product publishes from the law on every site counts as given.
PUBLISHED = {
    "right-of-access": "13(2)(b), 14(2)(c), 15",
    "right-to-rectification": "13(2)(b), 14(2)(c), 16",
    "right-to-erasure": "13(2)(b), 14(2)(c), 17",
    "right-to-restriction": "13(2)(b), 14(2)(c), 18",
    "right-to-object": "13(2)(b), 14(2)(c), 21",
    "objection-apart": "21(4)",
    "right-to-portability": "13(2)(b), 14(2)(c), 20",
    "right-to-withdraw": "13(2)(c), 14(2)(d)",
    "complaint": "13(2)(d), 14(2)(e), 77",
    "answer-time": "12(3)",
    "free-of-charge": "12(5)",
}


# ---------------------------------------------------------------- the organisation


@asked(ELEMENTS, "controller-contact", Law("13(1)(a)", "14(1)(a)"))
def contact_details(notice: View) -> Verdict:
    """People are told how to reach the controller."""
    controller = notice.content.organisation.controller
    if controller.address or controller.phone or controller.email:
        return GIVEN
    return missing(found(notice.places.of(controller)))


@asked(ELEMENTS, "representative", Law("13(1)(a)", "14(1)(a)", besides="27"))
def representative_in_the_union(notice: View) -> Verdict:
    """An organisation outside the EEA names its representative in the Union."""
    organisation = notice.content.organisation
    if isinstance(organisation.representative, NotApplicableReason):
        return NOT_APPLICABLE
    if organisation.representative:
        return GIVEN
    address = organisation.controller.address
    if address is None or not notice.outside(address.country):
        return NOT_REQUIRED
    return missing(found(notice.places.of(organisation.controller)))


@asked(
    ELEMENTS,
    "dpo",
    Law("13(1)(b)", "14(1)(b)", besides="37"),
    severity=Severity.WARNING,
)
def data_protection_officer(notice: View) -> Verdict:
    """It is said who the data protection officer is, or that there is none and why."""
    match notice.content.organisation.data_protection_officer:
        case NotApplicableReason():
            return NOT_APPLICABLE
        case None:
            return missing(found(notice.file("controller.yaml")))
        case officer if officer.phone or officer.email or officer.address:
            return GIVEN
        case officer:
            return missing(found(notice.places.of(officer), variant="unreachable"))


@asked(ELEMENTS, "cookies", Law("917/2014 205 §"))
def cookies(notice: View) -> Verdict:
    """Whoever speaks of cookies says what they are for and how consent is asked."""
    if notice.content.notice.cookies:
        return GIVEN
    for register in notice.registers:
        said = [*register.said_of_data(), *register.said_of_sources()]
        if mention := notice.mentions("cookies", said):
            at = notice.file("notice.yaml")
            return missing(found(at, register=register.id, word=mention.word))
    return NOT_REQUIRED


@asked(
    ELEMENTS,
    "changes",
    Law("13(3)", "14(4)", besides="12(1)"),
    severity=Severity.WARNING,
)
def how_changes_are_told(notice: View) -> Verdict:
    """People are told how they learn of changes and of new purposes."""
    changes = notice.content.notice.changes
    if changes and changes.how_told:
        return GIVEN
    return missing(found(notice.places.of(notice.content.notice, "changes")))


@asked(ELEMENTS, "date", Law("5(2)"), severity=Severity.WARNING)
def date_of_the_notice(notice: View) -> Verdict:
    """A notice tells from which day it is."""
    if notice.content.notice.dated:
        return GIVEN
    return missing(found(notice.file("notice.yaml")))


# ---------------------------------------------------------------- each register


@asked(REGISTER_ELEMENTS, "purposes", Law("13(1)(c)", "14(1)(c)"))
def purposes(register: RegisterView) -> Verdict:
    """Each register says why its data are processed."""
    return GIVEN if register.purposes else missing(found(register.told("purposes")))


@asked(REGISTER_ELEMENTS, "basis", Law("13(1)(c)", "14(1)(c)"))
def basis_of_each_purpose(register: RegisterView) -> Verdict:
    """Each purpose has a legal basis."""
    without = [purpose.name for purpose in register.purposes if not purpose.basis]
    if without:
        names = register.notice.listed(without)
        return missing(found(register.told("purposes"), purposes=names))
    if register.bases:
        return GIVEN
    if register.notice.purposes_in_waiting:
        return missing()  # the purposes of the catalogue bring their bases along
    return missing(found(register.told("bases"), variant="none"))


@asked(REGISTER_ELEMENTS, "interest", Law("13(1)(d)", "14(2)(b)"))
def legitimate_interest(register: RegisterView) -> Verdict:
    """Where processing rests on legitimate interests, the interest is told."""
    resting = [b for b in register.bases if b.article is Article6.LEGITIMATE_INTERESTS]
    if not resting:
        return NOT_REQUIRED
    return given_but(_at(register, basis) for basis in resting if not basis.interest)


@asked(REGISTER_ELEMENTS, "special-condition", Law("9(2)"))
def special_category_condition(register: RegisterView) -> Verdict:
    """Special categories of data are processed under a condition of Art. 9(2)."""
    special = [each.name for each in register.data if each.special]
    if not special:
        return NOT_REQUIRED
    if any(basis.condition for basis in register.bases):
        return GIVEN
    if not register.bases:
        return missing()  # told by the rule on bases
    names = register.notice.listed(special)
    return missing(found(register.told("data"), data=names))


@asked(REGISTER_ELEMENTS, "withdrawal", Law("7(3)"), severity=Severity.WARNING)
def how_to_withdraw_consent(register: RegisterView) -> Verdict:
    """Consent is as easy to withdraw as to give, and people are told how."""
    consents = [b for b in register.bases if b.article is Article6.CONSENT]
    if not consents:
        return NOT_REQUIRED
    return given_but(
        _at(register, each) for each in consents if not each.how_to_withdraw
    )


@asked(REGISTER_ELEMENTS, "data", Law("14(1)(d)"))
def categories_of_data(register: RegisterView) -> Verdict:
    """Where data do not come from the person, their categories are told."""
    if register.data:
        return GIVEN
    if not register.from_elsewhere:
        return NOT_REQUIRED
    return missing(found(register.told("data")))


@asked(REGISTER_ELEMENTS, "data-subjects", Law("30(1)(c)"), severity=Severity.WARNING)
def data_subjects(register: RegisterView) -> Verdict:
    """It is told whose data a register holds."""
    if register.register.data_subjects:
        return GIVEN
    return missing(found(register.told("data_subjects")))


@asked(REGISTER_ELEMENTS, "source", Law("14(2)(f)"))
def source(register: RegisterView) -> Verdict:
    """Where data do not come from the person, it is told where they come from."""
    return GIVEN if register.sources else missing(found(register.told("sources")))


@asked(REGISTER_ELEMENTS, "public-access", Law("14(2)(f)"))
def publicly_accessible_sources(register: RegisterView) -> Verdict:
    """Of a source other than the person it is told whether anyone can read it."""
    others = [each for each in register.sources if each.origin == "elsewhere"]
    if not others:
        return NOT_REQUIRED
    return given_but(_at(register, each) for each in others if not _access_told(each))


def _access_told(source: model.Source) -> bool:
    if source.publicly_accessible is not None:
        return True
    items = source.includes or ()
    return bool(items) and all(item.publicly_accessible is not None for item in items)


@asked(REGISTER_ELEMENTS, "recipients", Law("13(1)(e), 13(1)(f)", "14(1)(e), 14(1)(f)"))
def recipients(register: RegisterView) -> Verdict:
    """It is told who gets the data, and in which country, or that nobody does."""
    if register.recipients:
        return GIVEN
    if register.register.disclosures is not None:
        return NOT_APPLICABLE
    return missing(found(register.told("disclosures")))


@asked(REGISTER_ELEMENTS, "transfers", Law("13(1)(f)", "14(1)(f)"))
def transfers(register: RegisterView) -> Verdict:
    """Where data leave the EU and the EEA, it is told."""
    told = register.transfers
    if told:
        # A hedge is no answer; the rules on transfers tell it at its place.
        return missing() if told.outside_eea == "as-a-rule-not" else GIVEN
    if not register.recipients_abroad:
        return NOT_REQUIRED
    abroad = register.recipients_abroad
    names = ", ".join(register.notice.recipient(each) for each in abroad)
    return missing(found(register.told("transfers"), recipients=names))


@asked(REGISTER_ELEMENTS, "safeguard", Law("13(1)(f)", "14(1)(f)", besides="46"))
def safeguards_of_transfers(register: RegisterView) -> Verdict:
    """Data outside the EEA are protected by something, and it is told by what."""
    abroad = register.recipients_abroad
    if not abroad:
        return NOT_REQUIRED
    return given_but(
        _at(register, each, country=each.country or "")
        for each in abroad
        if each.safeguard is None
    )


@asked(REGISTER_ELEMENTS, "safeguard-copy", Law("13(1)(f)", "14(1)(f)"))
def copy_of_the_safeguards(register: RegisterView) -> Verdict:
    """It is told where to get a copy of the safeguards of a transfer."""
    agreed = [
        (each, each.safeguard)
        for each in register.recipients
        if each.safeguard and each.safeguard.kind != "adequacy-decision"
    ]
    if not agreed:
        return NOT_REQUIRED
    return given_but(
        found(
            register.notice.places.of(safeguard),
            entry=recipient.id,
            subject=register.notice.label(recipient),
        )
        for recipient, safeguard in agreed
        if not safeguard.copy_at
    )


@asked(REGISTER_ELEMENTS, "retention", Law("13(2)(a)", "14(2)(a)"))
def retention(register: RegisterView) -> Verdict:
    """It is told how long data are kept, or what decides it."""
    told = [purpose.retention for purpose in register.purposes]
    if register.register.retention or (told and all(told)):
        return GIVEN
    return missing(found(register.told("retention")))


@asked(REGISTER_ELEMENTS, "joint-arrangement", Law("26(2)"))
def joint_controllers(register: RegisterView) -> Verdict:
    """Of controllers who decide together it is told who does what."""
    joint = register.register.joint_controllers
    together = any(each.role == "joint-controller" for each in register.recipients)
    if joint is None and not together:
        return NOT_REQUIRED
    if joint and joint.arrangement:
        return GIVEN
    return missing(found(register.told("joint_controllers")))


@asked(REGISTER_ELEMENTS, "obligation", Law("13(2)(e)"))
def obligation_to_provide(register: RegisterView) -> Verdict:
    """People are told whether they have to give their data, and what if they do not."""
    told = register.register.obligation_to_provide
    if isinstance(told, NotApplicableReason):
        return NOT_APPLICABLE
    if told:
        return GIVEN
    if not register.from_person:
        return NOT_REQUIRED
    return missing(found(register.told("obligation_to_provide")))


@asked(
    REGISTER_ELEMENTS,
    "automated-decisions",
    Law("13(2)(f)", "14(2)(g)", besides="22"),
    severity=Severity.WARNING,
)
def automated_decisions(register: RegisterView) -> Verdict:
    """Where people are profiled, it is said whether a machine decides about them."""
    own = register.register
    mention = register.notice.mentions("profiling", register.said_of_itself())
    if own.automated_decisions and (own.profiling or not mention):
        return GIVEN
    if mention:
        return missing(found(register.told("profiling"), word=mention.word))
    if isinstance(own.profiling, Text):
        return missing(found(register.told("profiling"), variant="told"))
    return NOT_REQUIRED


def _at(register: RegisterView, entry: Entry, **values: str) -> Found:
    """Make a finding at an entry, which several registers may share."""
    place, subject = register.notice.places.of(entry), register.notice.label(entry)
    return found(place, entry=entry.id, subject=subject, **values)
