"""To whom data go, where they come from, and whether they leave the EEA."""

from collections.abc import Iterator

from generator.checks.findings import Found, Severity, found
from generator.checks.rules import QUALITIES, REGISTER_QUALITIES, Law, rule
from generator.checks.views import RegisterView, View
from generator.content import model
from generator.content.parts import NotApplicableReason
from generator.content.values import Text


@rule(QUALITIES, "recipient-unnamed", Law("13(1)(e)", "14(1)(e)"))
def recipients_are_named(notice: View) -> Iterator[Found]:
    """Recipients are named, or it is told why only their kind is."""
    for recipient in notice.recipients():
        if not recipient.name and not recipient.named_at:
            yield _at(notice, recipient)


@rule(QUALITIES, "recipient-role", Law("13(1)(e)", "14(1)(e)", besides="4(9)"))
def recipients_have_a_role(notice: View) -> Iterator[Found]:
    """Of each recipient it is told whether it works for you or for itself."""
    for recipient in notice.recipients():
        if recipient.role is None:
            yield _at(notice, recipient)


@rule(QUALITIES, "processor-country", Law("13(1)(f)", "14(1)(f)"))
def processors_have_a_country(notice: View) -> Iterator[Found]:
    """Of a processor it is told in which country it processes."""
    for recipient in notice.recipients():
        if recipient.role == "processor" and recipient.country is None:
            yield _at(notice, recipient)


@rule(QUALITIES, "processor-instructions", Law("28(3)"))
def processors_have_instructions(notice: View) -> Iterator[Found]:
    """A processor is bound by a contract and by your instructions."""
    for recipient in notice.recipients():
        if recipient.role == "processor":
            said = [recipient.text] if recipient.text else []
            if not notice.mentions("instructions", said):
                yield _at(notice, recipient)


@rule(
    REGISTER_QUALITIES,
    "recipients-contradicted",
    Law("13(1)(e)", "14(1)(e)"),
    severity=Severity.GAP,
)
def nobody_means_nobody(register: RegisterView) -> Iterator[Found]:
    """A register that says it gives data to nobody has no purpose that does."""
    own = register.register.disclosures
    if isinstance(own, NotApplicableReason) and register.recipients:
        names = ", ".join(map(register.notice.recipient, register.recipients))
        yield found(register.told("disclosures"), recipients=names)


@rule(REGISTER_QUALITIES, "alliance", Law("26(2)"))
def several_parties_say_who_decides(register: RegisterView) -> Iterator[Found]:
    """Where several parties act together, it is told whether they decide together."""
    own = register.register
    if own.joint_controllers or own.controller or _roles_told(register):
        return
    said = [own.name, *([own.about] if own.about else [])]
    said += [*register.said_of_recipients(), *register.said_of_sources()]
    if mention := register.notice.mentions("alliance", said):
        yield found(register.notice.places.of(mention.text), word=mention.word)


def _roles_told(register: RegisterView) -> bool:
    roles = [recipient.role for recipient in register.recipients]
    return bool(roles) and None not in roles


# ---------------------------------------------------------------- transfers


@rule(
    QUALITIES,
    "transfers-contradicted",
    Law("13(1)(f)", "14(1)(f)"),
    severity=Severity.GAP,
)
def transfers_denied_are_not_named(notice: View) -> Iterator[Found]:
    """Where data are said to stay in the EEA, nothing in the notice says otherwise."""
    for told, governed in _statements(notice):
        witnesses = {each.id: [*_abroad(each)] for each in governed}
        owners = [register for register, names in witnesses.items() if names]
        if told.outside_eea != "yes" and owners:
            named = [name for names in witnesses.values() for name in names]
            yield found(
                notice.places.of(told),
                register=owners[0] if len(owners) == 1 else None,
                named=", ".join(dict.fromkeys(named)),
            )


@rule(QUALITIES, "transfers-hedged", Law("13(1)(f)", "14(1)(f)"), severity=Severity.GAP)
def transfers_are_told_without_a_hedge(notice: View) -> Iterator[Found]:
    """Whether data leave the EEA is told as yes or no."""
    for told, governed in _statements(notice):
        contradicted = any(name for each in governed for name in _abroad(each))
        if told.outside_eea == "as-a-rule-not" and not contradicted:
            yield found(notice.places.of(told))


@rule(
    QUALITIES,
    "transfers-without-country",
    Law("13(1)(f)", "14(1)(f)"),
    severity=Severity.GAP,
)
def transfers_go_somewhere(notice: View) -> Iterator[Found]:
    """Where data leave the EEA, some recipient is there."""
    for told, governed in _statements(notice):
        countries = {each.country for r in governed for each in r.recipients}
        if told.outside_eea != "yes" or None in countries:
            continue
        if not any(map(notice.outside, countries)):
            yield found(notice.places.of(told))


@rule(QUALITIES, "adequacy-unknown", Law("45"), severity=Severity.GAP)
def adequacy_decisions_exist(notice: View) -> Iterator[Found]:
    """An adequacy decision that a notice names is in force on the day of the check."""
    in_force = {a.country for a in notice.known.adequacy if a.holds(notice.today)}
    for recipient, _ in _by_adequacy(notice):
        if recipient.country not in in_force:
            yield _at(notice, recipient, country=recipient.country or "?")


@rule(QUALITIES, "adequacy-partial", Law("45"))
def partial_adequacy_covers_the_recipient(notice: View) -> Iterator[Found]:
    """Where a decision covers some recipients only, it is told that it covers this."""
    partial = {each.country: each for each in notice.known.adequacy if each.only}
    for recipient, safeguard in _by_adequacy(notice):
        decision = partial.get(recipient.country or "")
        if decision and not safeguard.text:
            yield found(
                notice.places.of(safeguard),
                register=notice.only_user(recipient),
                entry=recipient.id,
                subject=notice.label(recipient),
                country=decision.country,
                act=decision.act,
                only=decision.only or {},
            )


def _by_adequacy(
    notice: View,
) -> Iterator[tuple[model.Disclosure, model.Safeguard]]:
    for recipient in notice.recipients():
        safeguard = recipient.safeguard
        if safeguard and safeguard.kind == "adequacy-decision":
            yield recipient, safeguard


def _statements(notice: View) -> Iterator[tuple[model.Transfers, list[RegisterView]]]:
    """Give each word on transfers with the registers that it holds for."""
    general = notice.content.notice.transfers
    if general:
        yield general, [r for r in notice.registers if r.register.transfers is None]
    for register in notice.registers:
        if register.register.transfers:
            yield register.register.transfers, [register]


def _abroad(register: RegisterView) -> Iterator[str]:
    """Give what a register names that is, or may be, outside the EEA."""
    notice = register.notice
    for recipient in register.recipients_abroad:
        yield f"{notice.recipient(recipient)} ({recipient.country})"
    said = [text for source in register.sources for text in _words_of(source)]
    for recipient in register.recipients:
        if recipient.country is None:
            said += [recipient.name or "", notice.shown(recipient.recipient)]
    for _, name in notice.known.services_in(said):
        yield name


def _words_of(source: model.Source) -> Iterator[str]:
    texts: list[Text | None] = [source.name, source.text]
    texts += [item.name for item in source.includes or ()]
    for text in texts:
        if text:
            yield from text.root.values()


# ---------------------------------------------------------------- sources


@rule(QUALITIES, "tool-as-source", Law("13(1)(e)", "14(1)(e)", besides="4(8)"))
def tools_are_recipients(notice: View) -> Iterator[Found]:
    """A tool that works for you gets data; it is told among the recipients."""
    for source in notice.sources():
        owner = notice.only_user(source)
        for part in (source, *(source.includes or ())):
            for service, name in notice.known.services_in(part.name.root.values()):
                if service.tool:
                    at = notice.places.of(part)
                    yield found(at, register=owner, entry=source.id, service=name)
                    break


@rule(QUALITIES, "purpose-in-source", Law("13(1)(c)", "14(1)(c)", besides="5(1)(b)"))
def sources_hide_no_purpose(notice: View) -> Iterator[Found]:
    """A purpose is told among the purposes, not where a source is described."""
    for source in notice.sources():
        said = [source.text] if source.text else []
        mention = notice.mentions("hidden_purpose", said)
        purposes = [t for r in notice.used_by(source) for t in r.said_of_purposes()]
        if mention and not _explained(notice, mention.word, purposes):
            place = notice.places.of(mention.text)
            owner = notice.only_user(source)
            yield found(place, register=owner, entry=source.id, word=mention.word)


def _explained(notice: View, word: str, purposes: list[Text]) -> bool:
    """Tell whether a purpose says the same, whatever the ending of the word."""
    stem = word[:8].lower()
    return any(stem in notice.shown(text).lower() for text in purposes)


def _at(notice: View, recipient: model.Disclosure, **values: str) -> Found:
    place = notice.places.of(recipient)
    owner = notice.only_user(recipient)
    name = notice.label(recipient)
    return found(place, register=owner, entry=recipient.id, subject=name, **values)
