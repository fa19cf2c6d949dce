"""Whom a change concerns: the recipients of the data that changed, GDPR Art. 19.

    notifications(facts, progress)  # {"accounting": False, …}: whether each is settled

The list of things to do, the page of recipients and the letter all ask here.
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

NOBODY_ELSE = "nobody-else"  # than the notice names: told where it is silent


class Change(StrEnum):
    """What recipients are told of: GDPR Art. 19."""

    CORRECTION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    STATEMENT = "statement"  # the data stay, and what the person says stands beside


@dataclass(frozen=True)
class ChangeNotice:
    """One change that a recipient is told of; words: data, old, new, statement."""

    change: Change
    words: Mapping[str, str] = field(default_factory=dict, repr=False)


def notifications(facts: Facts, progress: Progress) -> Mapping[str, bool] | None:
    """Those to tell, by their ids, and whether each is settled; none: no change."""
    handled = Handled(progress=progress)
    if not handled.changes:
        return None
    to_tell = recipients_to_notify(facts, handled)
    told = {each.id: is_settled(each, facts, handled) for each in to_tell}
    return told | ({NOBODY_ELSE: False} if silent_registers(facts, handled) else {})


def recipients_to_notify(facts: Facts, handled: Handled) -> tuple[plan.Recipient, ...]:
    """Those of the registers in which something changed, and whom staff named."""
    registers = changed_registers(facts, handled)
    found = {each.id: each for each in plan.recipients_of(registers, facts.language)}
    everyone = plan.recipients_of(facts.kept.registers, facts.language)
    known = {each.id: each for each in everyone}
    for recipient, (step, _) in handled.settled.items():
        if step.must_know:
            found.setdefault(recipient, known.get(recipient) or _beside(recipient))
    return tuple(found.values())


def is_settled(recipient: plan.Recipient, facts: Facts, handled: Handled) -> bool:
    """Whether there is nothing left to tell it, or it is said why it was not told.

    Who was told before the change was not told of it.
    """
    step, _words = handled.settled.get(recipient.id, (None, {}))
    if step is None or step.is_open:
        return False
    return step.told_on is None or not changed_after(
        step.told_on, recipient, facts, handled
    )


def changed_after(
    day: date, recipient: plan.Recipient, facts: Facts, handled: Handled
) -> bool:
    """Whether something that concerns a recipient changed after a day."""
    changed = [
        each.on for each, _ in handled.changed if _concerns(each, recipient, facts)
    ]
    if handled.restricted_on:
        changed.append(handled.restricted_on)
    return any(day < on for on in changed)


def change_notices(
    recipient: plan.Recipient, facts: Facts, handled: Handled, language: str
) -> list[ChangeNotice]:
    """All that a recipient is told of: each item by itself, else one a kind of change.

    Where a decision does not say which data, they are those that the notice tells of
    this recipient; of a correction, or of the rest of a register, that is too much.
    """
    near = [each for each in handled.changed if _concerns(each[0], recipient, facts)]
    found: dict[tuple[Change, str], list[WordedDecision]] = {}
    for each, words in near or handled.changed:
        item = each.group if data_groups.is_item(each.whole) else ""
        found.setdefault((change_by(each), item), []).append(
            WordedDecision(each, words)
        )
    if handled.restricted_on:
        found.setdefault((Change.RESTRICTION, ""), [])

    def news(change: Change, changed: list[WordedDecision]) -> ChangeNotice:
        words = changed[0][1] if changed else {}
        data = _data(changed, recipient, facts, handled, language)
        told = {name: words.get(name, "") for name in ("old", "new")}
        told["data"] = ", ".join(dict.fromkeys(filter(None, data)))
        return ChangeNotice(change, told)

    kinds = list(Change)
    in_order = sorted(found, key=lambda key: (kinds.index(key[0]), key[1]))
    return [news(change, found[change, item]) for change, item in in_order]


def to_notify_again(opened: Opened) -> frozenset[str]:
    """The recipients of whom a later change has undone what was settled."""
    stands = opened.progress.recipients
    last = {
        done.step.recipient: done.step
        for done in opened.history
        if isinstance(done.step, RecipientSettled)
    }
    return frozenset(key for key, step in last.items() if stands.get(key) != step)


def changed_registers(facts: Facts, handled: Handled) -> tuple[Register, ...]:
    """The registers in which something changed; of other places nobody is told."""
    groups = {each.whole for each, _ in handled.changed} - set(plan.OTHER_PLACES)
    registers = registers_with_data(facts, handled)
    own = own_register(facts.kept.registers)
    known = {register.id for register in registers}
    if groups <= known and not handled.restricted_on:
        return tuple(each for each in registers if each.id in groups)
    # nobody asks to change the requests themselves
    return tuple(each for each in registers if each is not own)


def silent_registers(facts: Facts, handled: Handled) -> list[Register]:
    """Those that changed and of which nobody knows yet who got data: GDPR Art. 19.

    That the notice tells of nobody does not say that there was nobody; who found out
    has named one that got data, or has said that nobody else did.
    """
    known = {
        each.id for each in plan.recipients_of(facts.kept.registers, facts.language)
    }
    found = {each for each, (step, _) in handled.settled.items() if step.got} - known
    if not handled.changes or found or NOBODY_ELSE in handled.settled:
        return []
    changed = changed_registers(facts, handled)
    return [each for each in changed if not wording.tells_recipients(each)]


def registers_with_data(facts: Facts, handled: Handled) -> tuple[Register, ...]:
    """The registers asked about, but for those searched in vain."""
    registers = plan.concerned_registers(facts.case, facts.registers, facts.kept)
    found = handled.found
    return tuple(each for each in registers if found.get(each.id) is not False)


def name_of_recipient(recipient: plan.Recipient, handled: Handled) -> str:
    """By what name it is told of: as staff wrote it, or as the notice names it."""
    _step, words = handled.settled.get(recipient.id, (None, {}))
    name = words.get("name", "").strip()
    return name or (recipient.label if recipient.named else "")


def change_by(each: Decision) -> Change:
    """What kind of change a decision is to who got the data: GDPR Art. 19."""
    return Change.STATEMENT if each.adds_statement else Change(each.right.value)


def _data(
    changed: list[WordedDecision],
    recipient: plan.Recipient,
    facts: Facts,
    handled: Handled,
    language: str,
) -> Iterator[str]:
    """Which data changed, as decided or as the notice has them."""
    registers = changed_registers(facts, handled)
    decided = Counter((each.right, each.whole) for each, _ in handled.standing)
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
    """The data of registers that a recipient gets; where it is silent, all of them."""
    got = [
        data
        for register in registers
        for each in plan.recipients_of([register], language)
        if each.id == recipient.id
        for data in each.data
    ]
    return got or [wording.name_of(each, language) for each in registers]


def _beside(recipient: str) -> plan.Recipient:
    """One that staff found and the notice does not know."""
    return plan.Recipient(recipient, recipient, False, None, (), ())


def _concerns(each: Decision, recipient: plan.Recipient, facts: Facts) -> bool:
    """A change in one register is no news to those that get data of others."""
    whole = each.whole
    if whole in plan.OTHER_PLACES:
        return False
    known = {register.id for register in facts.kept.registers}
    of = set(recipient.registers) or known
    return whole in of or whole not in known
