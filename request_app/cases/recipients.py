"""Whom a change concerns: the recipients of the data that changed, GDPR Art. 19."""

from collections.abc import Iterator

from generator.content.model import Register
from request_app.cases.groups import whole_of
from request_app.cases.handled import Handled
from request_app.cases.letters import Facts
from request_app.cases.plan import (
    OTHER_PLACES,
    Recipient,
    concerned_registers,
    recipients_of,
)
from request_app.cases.said import own_register


def recipients_to_tell(facts: Facts, handled: Handled) -> tuple[Recipient, ...]:
    """Those of the registers in which something changed, and those that staff found."""
    registers = changed_registers(facts, handled)
    return (*recipients_of(registers, facts.language), *_besides(facts, handled))


def changed_registers(facts: Facts, handled: Handled) -> tuple[Register, ...]:
    """The registers in which something changed; of other places nobody is told."""
    groups = {whole_of(each) for each, _ in handled.changed} - set(OTHER_PLACES)
    registers = registers_with_data(facts, handled)
    own = own_register(facts.kept)
    known = {register.id for register in registers}
    if groups <= known and not handled.restricted_on:
        return tuple(each for each in registers if each.id in groups)
    # nobody asks to change the requests themselves
    return tuple(each for each in registers if each is not own)


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
        if step.must_know and recipient not in known:
            yield Recipient(recipient, recipient, False, None, (), ())
