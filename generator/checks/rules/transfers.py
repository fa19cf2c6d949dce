"""Whether data leave the EEA, and what protects them there."""

from collections.abc import Iterator

from generator.checks.findings import Observation, Severity
from generator.checks.notice_view import NoticeView, RegisterView
from generator.checks.registry import NOTICE_RULES, Articles
from generator.content import model


@NOTICE_RULES.quality(
    "transfers-contradicted", Articles("13(1)(f)", "14(1)(f)"), severity=Severity.GAP
)
def transfers_denied_are_not_named(notice: NoticeView) -> Iterator[Observation]:
    """Where data are said to stay in the EEA, nothing in the notice says otherwise."""
    for statement, registers in _statements(notice):
        evidence = {each.id: [*_abroad(each)] for each in registers}
        owners = [register for register, names in evidence.items() if names]
        if statement.outside_eea != "yes" and owners:
            named = [name for names in evidence.values() for name in names]
            yield Observation(
                notice.locations.of(statement),
                register=owners[0] if len(owners) == 1 else None,
                named=", ".join(dict.fromkeys(named)),
            )


@NOTICE_RULES.quality(
    "transfers-hedged", Articles("13(1)(f)", "14(1)(f)"), severity=Severity.GAP
)
def transfers_are_told_without_a_hedge(notice: NoticeView) -> Iterator[Observation]:
    """Whether data leave the EEA is told as yes or no."""
    for statement, registers in _statements(notice):
        contradicted = any(name for each in registers for name in _abroad(each))
        if statement.outside_eea == "as-a-rule-not" and not contradicted:
            yield Observation(notice.locations.of(statement))


@NOTICE_RULES.quality(
    "transfers-without-country", Articles("13(1)(f)", "14(1)(f)"), severity=Severity.GAP
)
def transfers_go_somewhere(notice: NoticeView) -> Iterator[Observation]:
    """Where data leave the EEA, some recipient is there."""
    for statement, registers in _statements(notice):
        countries = {each.country for r in registers for each in r.recipients}
        if statement.outside_eea != "yes" or None in countries:
            continue
        if not any(map(notice.outside_eea, countries)):
            yield Observation(notice.locations.of(statement))


@NOTICE_RULES.quality("adequacy-unknown", Articles("45"), severity=Severity.GAP)
def adequacy_decisions_exist(notice: NoticeView) -> Iterator[Observation]:
    """An adequacy decision that a notice names is in force on the day of the check."""
    in_force = {a.country for a in notice.reference.adequacy if a.holds(notice.today)}
    for recipient, _ in _with_adequacy_decision(notice):
        if recipient.country not in in_force:
            yield notice.observe(recipient, country=recipient.country or "?")


@NOTICE_RULES.quality("adequacy-partial", Articles("45"))
def partial_adequacy_covers_the_recipient(notice: NoticeView) -> Iterator[Observation]:
    """Where a decision covers some recipients only, it is told that it covers this."""
    partial = {each.country: each for each in notice.reference.adequacy if each.only}
    for recipient, safeguard in _with_adequacy_decision(notice):
        decision = partial.get(recipient.country or "")
        if decision and not safeguard.text:
            country, act, only = decision.country, decision.act, decision.only or {}
            yield notice.observe(
                recipient, safeguard, country=country, act=act, only=only
            )


def _with_adequacy_decision(
    notice: NoticeView,
) -> Iterator[tuple[model.Disclosure, model.Safeguard]]:
    for recipient in notice.recipients():
        safeguard = recipient.safeguard
        if safeguard and safeguard.kind == "adequacy-decision":
            yield recipient, safeguard


def _statements(
    notice: NoticeView,
) -> Iterator[tuple[model.Transfers, list[RegisterView]]]:
    """Yield each statement on transfers with the registers that it holds for."""
    general = notice.content.notice.transfers
    if general:
        yield general, [r for r in notice.registers if r.register.transfers is None]
    for register in notice.registers:
        if register.register.transfers:
            yield register.register.transfers, [register]


def _abroad(register: RegisterView) -> Iterator[str]:
    """Yield what a register names that is, or may be, outside the EEA."""
    notice = register.notice
    for recipient in register.recipients_abroad:
        yield f"{notice.recipient(recipient)} ({recipient.country})"
    texts = [text for source in register.sources for text in _words_of(source)]
    for recipient in register.recipients:
        if recipient.country is None:
            texts += [
                recipient.name or "",
                notice.in_default_language(recipient.recipient),
            ]
    for _, name in notice.reference.services_in(texts):
        yield name


def _words_of(source: model.Source) -> Iterator[str]:
    items = (item.name for item in source.includes or ())
    for text in filter(None, (source.name, source.text, *items)):
        yield from text.root.values()
