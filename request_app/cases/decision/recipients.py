"""The recipients that must be notified of changed data: GDPR Art. 19.

    notifications(facts, progress)  # {"accounting": False, …}: whether each is settled

The checklist, the page of recipients and the letter all use these rules.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.content.model import Register
from request_app.cases.decision.outcome import Handled, WordedDecision
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.lifecycle.opened_case import Opened
from request_app.cases.notice import data_groups, plan, wording
from request_app.cases.steps.facts import Decision
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.progress import Progress
from request_app.retention import own_register
from request_app.store.values import Right

NOBODY_ELSE = "nobody-else"  # staff note that no unnamed recipient got data


class Change(StrEnum):
    """What recipients are notified of: GDPR Art. 19."""

    CORRECTION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    STATEMENT = "statement"  # the data stay, with the person’s statement added


@dataclass(frozen=True)
class ChangeNotice:
    """A change to notify a recipient of; words: data, old, new, statement."""

    change: Change
    words: Mapping[str, str] = field(default_factory=dict, repr=False)


def notifications(facts: Facts, progress: Progress) -> Mapping[str, bool] | None:
    """Whether each recipient to notify is settled, by id; None if nothing changed."""
    handled = Handled(progress=progress)
    if not handled.has_changes:
        return None
    to_notify = recipients_to_notify(facts, handled)
    settled = {each.id: is_settled(each, facts, handled) for each in to_notify}
    return settled | ({NOBODY_ELSE: False} if silent_registers(facts, handled) else {})


def recipients_to_notify(facts: Facts, handled: Handled) -> tuple[plan.Recipient, ...]:
    """The recipients of the changed registers, and those that staff added."""
    registers = changed_registers(facts, handled)
    found = {each.id: each for each in plan.recipients_of(registers, facts.language)}
    everyone = plan.recipients_of(facts.kept.registers, facts.language)
    known = {each.id: each for each in everyone}
    for recipient, (step, _) in handled.recipients.items():
        if step.needs_notice:
            found.setdefault(recipient, known.get(recipient) or _unlisted(recipient))
    return tuple(found.values())


def is_settled(recipient: plan.Recipient, facts: Facts, handled: Handled) -> bool:
    """Whether it was notified after the last change, or staff wrote why not."""
    step, _words = handled.recipients.get(recipient.id, (None, {}))
    if step is None or step.is_open:
        return False
    return step.told_on is None or not changed_after(
        step.told_on, recipient, facts, handled
    )


def changed_after(
    day: date, recipient: plan.Recipient, facts: Facts, handled: Handled
) -> bool:
    """Whether data that a recipient gets changed after a day."""
    changed = [
        each.on for each, _ in handled.changed if _concerns(each, recipient, facts)
    ]
    if handled.restricted_on:
        changed.append(handled.restricted_on)
    return any(day < on for on in changed)


def change_notices(
    recipient: plan.Recipient, facts: Facts, handled: Handled, language: str
) -> list[ChangeNotice]:
    """The changes to notify a recipient of: one per item, else one per kind of change.

    A decision that names no data means those that the notice lists for this recipient;
    for a correction, or the rest of a register, that would disclose too much.
    """
    concerned = [
        each for each in handled.changed if _concerns(each[0], recipient, facts)
    ]
    found: dict[tuple[Change, str], list[WordedDecision]] = {}
    for each, words in concerned or handled.changed:
        item = each.group if data_groups.is_item(each.whole) else ""
        found.setdefault((change_by(each), item), []).append(
            WordedDecision(each, words)
        )
    if handled.restricted_on:
        found.setdefault((Change.RESTRICTION, ""), [])

    def notice_of(change: Change, changed: list[WordedDecision]) -> ChangeNotice:
        words = changed[0][1] if changed else {}
        data = _data(changed, recipient, facts, handled, language)
        content = {name: words.get(name, "") for name in ("old", "new")}
        content["data"] = ", ".join(dict.fromkeys(filter(None, data)))
        return ChangeNotice(change, content)

    kinds = list(Change)
    in_order = sorted(found, key=lambda key: (kinds.index(key[0]), key[1]))
    return [notice_of(change, found[change, item]) for change, item in in_order]


def to_notify_again(opened: Opened) -> frozenset[str]:
    """The recipients to notify again, because data changed after they were settled."""
    stands = opened.progress.recipients
    last = {
        done.step.recipient: done.step
        for done in opened.history
        if isinstance(done.step, RecipientSettled)
    }
    return frozenset(key for key, step in last.items() if stands.get(key) != step)


def changed_registers(facts: Facts, handled: Handled) -> tuple[Register, ...]:
    """The registers in which data changed; other places have no recipients."""
    groups = {each.whole for each, _ in handled.changed} - set(plan.OTHER_PLACES)
    registers = registers_with_data(facts, handled)
    own = own_register(facts.kept.registers)
    known = {register.id for register in registers}
    if groups <= known and not handled.restricted_on:
        return tuple(each for each in registers if each.id in groups)
    # nobody asks to change the requests themselves
    return tuple(each for each in registers if each is not own)


def silent_registers(facts: Facts, handled: Handled) -> list[Register]:
    """The changed registers whose recipients are still unknown: GDPR Art. 19.

    A notice without recipients does not mean that there were none: staff must add a
    recipient that got data, or note that nobody else did.
    """
    known = {
        each.id for each in plan.recipients_of(facts.kept.registers, facts.language)
    }
    found = {each for each, (step, _) in handled.recipients.items() if step.got} - known
    if not handled.has_changes or found or NOBODY_ELSE in handled.recipients:
        return []
    changed = changed_registers(facts, handled)
    return [each for each in changed if not wording.tells_recipients(each)]


def registers_with_data(facts: Facts, handled: Handled) -> tuple[Register, ...]:
    """The requested registers, except those in which no data were found."""
    registers = plan.concerned_registers(facts.case, facts.registers, facts.kept)
    found = handled.search_results
    return tuple(each for each in registers if found.get(each.id) is not False)


def name_of_recipient(recipient: plan.Recipient, handled: Handled) -> str:
    """The name of a recipient as staff wrote it, else as in the notice."""
    _step, words = handled.recipients.get(recipient.id, (None, {}))
    name = words.get("name", "").strip()
    return name or (recipient.label if recipient.named else "")


def change_by(each: Decision) -> Change:
    """The kind of change that a decision means for recipients: GDPR Art. 19."""
    return Change.STATEMENT if each.adds_statement else Change(each.right.value)


def _data(
    changed: list[WordedDecision],
    recipient: plan.Recipient,
    facts: Facts,
    handled: Handled,
    language: str,
) -> Iterator[str]:
    """The data that changed, as decided or as listed in the notice."""
    registers = changed_registers(facts, handled)
    decided = Counter((each.right, each.whole) for each, _ in handled.decisions)
    if not changed:
        yield from _by_notice(recipient, registers, language)
    for each, words in changed:
        is_rest = decided[each.right, each.whole] > 1
        if words.get("data") or is_rest or each.right is Right.RECTIFICATION:
            yield words.get("data", "")
        else:
            of = tuple(one for one in registers if one.id == each.whole)
            yield from _by_notice(recipient, of or registers, language)


def _by_notice(
    recipient: plan.Recipient, registers: tuple[Register, ...], language: str
) -> list[str]:
    """The data that a recipient gets; the registers’ names if the notice is silent."""
    got = [
        data
        for register in registers
        for each in plan.recipients_of([register], language)
        if each.id == recipient.id
        for data in each.data
    ]
    return got or [wording.name_of(each, language) for each in registers]


def _unlisted(recipient: str) -> plan.Recipient:
    """A recipient that staff added and the notice does not list."""
    return plan.Recipient(recipient, recipient, False, None, (), ())


def _concerns(each: Decision, recipient: plan.Recipient, facts: Facts) -> bool:
    """Whether a decision is on a register whose data the recipient gets."""
    whole = each.whole
    if whole in plan.OTHER_PLACES:
        return False
    known = {register.id for register in facts.kept.registers}
    of = set(recipient.registers) or known
    return whole in of or whole not in known
