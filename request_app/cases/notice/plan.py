"""The plan of a case: what to search and check, from the notice at receipt.

    plan(Scope(case, rights, registers), kept, now, language="fi") -> Plan

`registers` are those the person named; with `case.all_data`, or none named, all are
searched. All of it is a suggestion to staff in their language: the notice may be
silent or wrong, so it neither refuses nor answers anything. The ids of tasks and
recipients are those that the steps `Searched` and `RecipientSettled` store.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from generator.content.model import Disclosure, Register, Role
from generator.content.reader import Content
from generator.languages import N_, catalogue
from request_app.cases.notice import wording
from request_app.cases.notice.changes import changes
from request_app.cases.notice.hints import Hint, hints_on
from request_app.published import Kept
from request_app.retention import own_register
from request_app.store.cases import Case
from request_app.store.values import Right

# Places outside the registers; their underscore keeps them apart from register ids.
OTHER_PLACES: Mapping[str, tuple[str, str]] = {
    "place_mail": (
        N_("E-mail"),
        N_("Mailboxes of those who deal with this person, sent mail included."),
    ),
    "place_messages": (
        N_("Phones and messages"),
        N_("Text messages, call lists, chats and meeting notes used at work."),
    ),
    "place_paper": (
        N_("Paper"),
        N_("Folders, notebooks and archives are part of the answer too."),
    ),
    "place_drives": (
        N_("Shared drives and own computers"),
        N_("Lists, tables and exports made from the registers."),
    ),
    "place_backups": (
        N_("Back-ups"),
        N_("Where reasonable: when they hold what is nowhere else."),
    ),
}


@dataclass(frozen=True)
class SearchTask:
    """A place to search."""

    id: str
    label: str
    why: str = ""
    holds: tuple[str, ...] = ()  # the categories of data
    systems: tuple[str, ...] = ()  # processors, in whose systems the data may be

    @property
    def elsewhere(self) -> bool:
        """Whether it is a place outside the registers."""
        return self.id in OTHER_PLACES


@dataclass(frozen=True)
class Recipient:
    """A recipient that may have got this person’s data: GDPR Art. 15(1)(c), 19."""

    id: str
    label: str
    named: bool  # false: the notice has only a kind of recipient
    role: Role | None
    data: tuple[str, ...]
    registers: tuple[str, ...]  # their ids
    note: str = ""


@dataclass(frozen=True)
class Retention:
    register: str
    label: str
    times: tuple[str, ...]  # empty: the notice gives no time


@dataclass(frozen=True)
class Plan:
    tasks: tuple[SearchTask, ...]
    recipients: tuple[Recipient, ...]
    hints: tuple[Hint, ...]
    retention: tuple[Retention, ...]
    changed: tuple[str, ...]  # since the day of receipt
    unread: tuple[str, ...] = field(default=())  # parts of the notice not readable


class Scope(NamedTuple):
    """What a request is about."""

    case: Case
    rights: frozenset[Right]
    registers: frozenset[str]  # those the person named


def plan(scope: Scope, kept: Kept, now: Content | None, *, language: str) -> Plan:
    """Plan what to search, which recipients to check and what to consider."""
    case, rights, registers = scope
    concerned = concerned_registers(case, registers, kept)
    searched = registers_to_search(case, registers, kept)
    return Plan(
        tasks=tuple(_tasks(searched, registers, kept, language)),
        recipients=recipients_of(concerned, language),
        hints=tuple(hints_on(rights, searched, kept, language)),
        retention=tuple(_retention(concerned, language)),
        changed=tuple(changes(concerned, kept, now, language) if now else ()),
        unread=tuple(sorted(kept.unread)),
    )


def concerned_registers(
    case: Case, registers: frozenset[str], kept: Kept
) -> tuple[Register, ...]:
    """The registers that a request is about: all, if none is named (¶35)."""
    if case.all_data or not registers:
        return kept.registers
    return tuple(each for each in kept.registers if each.id in registers)


def registers_to_search(
    case: Case, registers: frozenset[str], kept: Kept
) -> tuple[Register, ...]:
    """The registers to search; that of requests only if the person named it.

    The requester knows of the request, and the letter says how long it is kept.
    """
    own = own_register(kept.registers)
    return tuple(
        each
        for each in concerned_registers(case, registers, kept)
        if each is not own or each.id in registers
    )


def places_to_search(
    case: Case, registers: frozenset[str], kept: Kept
) -> tuple[str, ...]:
    """The registers, unknown ones that the person named, and the other places."""
    searched = registers_to_search(case, registers, kept)
    ours = (register.id for register in searched)
    return (*ours, *_unknown(registers, kept), *OTHER_PLACES)


def _unknown(named: frozenset[str], kept: Kept) -> list[str]:
    """The registers that the person named and the notice of that day lacks."""
    return sorted(named - {register.id for register in kept.registers})


def place_name(place: str, kept: Kept, language: str) -> str:
    """The name of a place to search."""
    gettext = catalogue(language).gettext
    if place in OTHER_PLACES:
        return gettext(OTHER_PLACES[place][0])
    register = kept.register(place)
    return wording.name_of(register, language) if register else place


def recipients_of(
    registers: Iterable[Register], language: str
) -> tuple[Recipient, ...]:
    """Each recipient of these registers once, with processors and joint controllers."""
    found: dict[str, Recipient] = {}
    for register in registers:
        for each in _recipients(register, language):
            before = found.get(each.id)
            found[each.id] = _merge(before, each) if before else each
    return tuple(found.values())


def _merge(one: Recipient, other: Recipient) -> Recipient:
    """Merge a recipient of two registers; one without data may get any data."""
    data = dict.fromkeys((*one.data, *other.data)) if one.data and other.data else ()
    return replace(
        one,
        data=tuple(data),
        registers=(*one.registers, *other.registers),
        note=one.note or other.note,
    )


def _recipients(register: Register, language: str) -> Iterator[Recipient]:
    for each in wording.disclosures(register):
        yield Recipient(
            id=wording.id_of(each),
            label=each.name or wording.in_language(each.recipient, language),
            named=each.name is not None,
            role=each.role,
            data=tuple(
                wording.in_language(data.name, language) for data in each.data or ()
            ),
            registers=(register.id,),
            note=_note(each, language),
        )
    for party in wording.partners(register):
        yield Recipient(
            id=wording.id_of(party),
            label=party.name,
            named=True,
            role="joint-controller",
            data=(),
            registers=(register.id,),
        )


def _note(each: Disclosure, language: str) -> str:
    """What staff must find out about this recipient first."""
    gettext = catalogue(language).gettext
    if each.name is None and each.named_at:
        return gettext("The notice gives no name. Named at: %(place)s") % {
            "place": each.named_at
        }
    if each.name is None:
        return gettext("The notice gives no name. Find out who it is.")
    if each.certainty == "may-be-disclosed":
        return gettext("The notice says that data may go there. Check this person.")
    return ""


def _tasks(
    concerned: Iterable[Register], named: frozenset[str], kept: Kept, language: str
) -> Iterator[SearchTask]:
    gettext = catalogue(language).gettext
    for register in concerned:
        processors = [
            each for each in wording.disclosures(register) if each.role == "processor"
        ]
        yield SearchTask(
            id=register.id,
            label=wording.name_of(register, language),
            why=gettext("The person named this register.")
            if register.id in named
            else "",
            holds=tuple(
                wording.in_language(data.name, language) for data in register.data or ()
            ),
            systems=tuple(
                each.name or wording.in_language(each.recipient, language)
                for each in processors
            ),
        )
    for register_id in _unknown(named, kept):
        why = gettext("The person named it, but the notice of that day does not.")
        yield SearchTask(register_id, register_id, why)
    for place, (label, why) in OTHER_PLACES.items():
        yield SearchTask(place, gettext(label), gettext(why))


def _retention(concerned: Iterable[Register], language: str) -> Iterator[Retention]:
    for register in concerned:
        times = tuple(
            wording.time_of(each, language) for each in wording.periods(register)
        )
        yield Retention(register.id, wording.name_of(register, language), times)
