"""Which rights people have, computed from the legal bases of the processing.

A basis belongs to a purpose. While one is unknown, a right that rests on it "depends":
it is never denied on a guess (GDPR Art. 12(2), 13(2)(b)).
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from generator.content.law import Law, LegalRight
from generator.content.model import Basis, Register
from generator.content.values import Text


class Holds(Enum):
    YES = "yes"
    DEPENDS = "depends"
    NOT_HERE = "not here"


class RightStatus(NamedTuple):
    """Whether people have a right, and the text on when."""

    right: LegalRight
    holds: Holds
    when: Text
    depends: bool = False  # on a basis that one of the registers does not state


def bases(register: Register) -> Iterator[Basis]:
    """Yield the bases of a register: its own, and those of its purposes."""
    yield from register.bases or ()
    yield from (each.basis for each in register.purposes or () if each.basis)


def bases_are_known(register: Register) -> bool:
    """Whether every purpose has a basis, and every basis is one of Art. 6(1)."""
    purposes = register.purposes or ()
    return (
        bool(purposes)
        and all(each.basis for each in purposes)
        and all(each.article for each in bases(register))
    )


def rights(registers: Iterable[Register], law: Law) -> Iterator[RightStatus]:
    """Yield the status of every right over these registers together.

    If one of them gives the right, people have it; else it "depends" if it does in one.
    """
    registers = list(registers)
    for right in law.rights:
        statuses = [_status(right, register, law) for register in registers]
        best = min(statuses, key=lambda status: list(Holds).index(status.holds))
        if len(registers) > 1 and best.holds is Holds.NOT_HERE:
            best = best._replace(when=right.when)  # "not here" speaks of one register
        depends = any(status.holds is Holds.DEPENDS for status in statuses)
        yield best._replace(depends=depends)


def _status(right: LegalRight, register: Register, law: Law) -> RightStatus:
    if right.elsewhere is None or _goes_with(right, register):
        return RightStatus(right, Holds.YES, right.when)
    if right.depends and not bases_are_known(register):
        return RightStatus(right, Holds.DEPENDS, law.depends)
    if bases_are_known(register) or right.id == "human-review":
        return RightStatus(right, Holds.NOT_HERE, right.elsewhere)
    return RightStatus(right, Holds.YES, right.when)


def _goes_with(right: LegalRight, register: Register) -> bool:
    if right.id == "human-review":  # GDPR Art. 22
        return register.automated_decisions != "none"
    if right.depends and not bases_are_known(register):
        return False
    if right.id == "erasure" and _markets(register):  # Art. 17(1)(c), 21(2)
        return True
    return any(basis.article in (right.bases or ()) for basis in bases(register))


def _markets(register: Register) -> bool:
    return any(purpose.direct_marketing for purpose in register.purposes or ())
