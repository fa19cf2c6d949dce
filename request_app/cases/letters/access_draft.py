"""The information on access that an answer gives, on the data that were decided on.

    draft = information_draft(facts, handled)

GDPR Art. 15(1)(a)–(h), 15(2): given even if the copy is refused (EDPB 01/2022 ¶172).
"""

from collections.abc import Sequence

from generator.content.model import Register
from request_app.cases.decision import recipients
from request_app.cases.decision.outcome import Handled
from request_app.cases.letters.access_information import Known, access_information
from request_app.cases.letters.placeholders import Draft, as_written
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.data_groups import ALL
from request_app.cases.rights import Outcome
from request_app.cases.steps.facts import Decision
from request_app.store.values import Right


def information_draft(facts: Facts, handled: Handled) -> Draft | None:
    """The information as staff wrote it, else drafted from the notice with gaps.

    None where no access was decided, or where the ground withholds this as well.
    """
    accesses = _accesses(handled)
    if not accesses:
        return None
    written = handled.words.get("access_information", "").strip()
    return as_written(written) if written else _drafted(facts, handled, accesses)


def is_all_erased(facts: Facts, handled: Handled) -> bool:
    """Whether all data that the information is about were erased."""
    registers = _registers(facts, handled, _accesses(handled))
    return bool(registers) and all(_is_erased(each.id, handled) for each in registers)


def _accesses(handled: Handled) -> list[Decision]:
    return [
        each
        for each, _ in handled.with_outcome(Outcome.GRANTED, Outcome.REFUSED)
        if each.right is Right.ACCESS
        and not (each.refusal and each.refusal.withholds_information)
    ]


def _registers(
    facts: Facts, handled: Handled, accesses: Sequence[Decision]
) -> tuple[Register, ...]:
    """The registers with access; all, where only other places have it."""
    groups = {each.whole for each in accesses}
    registers = recipients.registers_with_data(facts, handled)
    chosen = [each for each in registers if ALL in groups or each.id in groups]
    return tuple(chosen) or registers


def _drafted(facts: Facts, handled: Handled, accesses: Sequence[Decision]) -> Draft:
    registers, settled = _registers(facts, handled, accesses), handled.recipients
    known = Known(
        got={each: step.got for each, (step, _) in settled.items()},
        names={each: words.get("name", "") for each, (_, words) in settled.items()},
        erased={each.id for each in registers if _is_erased(each.id, handled)},
    )
    return access_information(facts.kept, registers, facts.language, known, facts.law)


def _is_erased(register: str, handled: Handled) -> bool:
    """Whether all data of a register were erased."""
    erasures = [
        (each, words)
        for each, words in handled.decisions
        if each.right is Right.ERASURE and each.whole in {ALL, register}
    ]
    all_of_it = any(not each.is_partial(words) for each, words in erasures)
    return all_of_it and {each.outcome for each, _ in erasures} == {Outcome.GRANTED}
