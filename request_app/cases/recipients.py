"""Whom a change concerns: the recipients of the data that changed, GDPR Art. 19."""

from collections.abc import Iterator

from generator.content.model import Register
from request_app.cases.groups import whole_of
from request_app.cases.handled import Handled, adds_statement
from request_app.cases.letters import Facts
from request_app.cases.plan import (
    CHANGES,
    Recipient,
    concerned_registers,
    recipients_of,
)
from request_app.cases.said import own_register
from request_app.cases.steps import Outcome


def recipients_to_tell(facts: Facts, handled: Handled) -> tuple[Recipient, ...]:
    """Those of the registers in which something changed."""
    changed = {
        whole_of(each)
        for each, _ in handled.standing
        if each.right in CHANGES
        and (each.outcome is Outcome.GRANTED or adds_statement(each))
    }
    registers = registers_with_data(facts, handled)
    own = own_register(facts.kept)
    known = {register.id for register in registers}
    if changed <= known and not handled.restricted_on:
        registers = tuple(each for each in registers if each.id in changed)
    else:  # nobody asks to change the requests themselves
        registers = tuple(each for each in registers if each is not own)
    of_registers = recipients_of(registers, facts.language)
    return (*of_registers, *_besides(facts, handled))


def registers_with_data(facts: Facts, handled: Handled) -> tuple[Register, ...]:
    """The registers asked about, but for those searched in vain."""
    registers = concerned_registers(facts.case, facts.registers, facts.kept)
    found = handled.found
    return tuple(each for each in registers if found.get(each.id) is not False)


def name_of_recipient(recipient: Recipient, handled: Handled) -> str:
    """By what name it is told of: as staff wrote it, or as the notice names it."""
    _step, words = handled.settled.get(recipient.id, (None, {}))
    name = words.get("name", "").strip()
    return name or (recipient.label if recipient.named else "")


def _besides(facts: Facts, handled: Handled) -> Iterator[Recipient]:
    """Recipients that staff found and the notice does not know."""
    everyone = recipients_of(facts.kept.registers, facts.language)
    known = {each.id for each in everyone}
    for recipient, (step, _) in handled.settled.items():
        if step.got and recipient not in known:
            yield Recipient(recipient, recipient, False, None, (), ())
