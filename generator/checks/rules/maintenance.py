"""What goes out of date: the day of the notice, its title, unused entries."""

from collections.abc import Iterator
from datetime import date

from generator.checks.findings import Observation
from generator.checks.notice_view import NoticeView
from generator.checks.registry import NOTICE_RULES, Articles

OLD_YEARS = 2  # after which the rule asks about a notice


@NOTICE_RULES.quality("old-statement", Articles("5(2), 12(1)"))
def a_statement_is_looked_at_now_and_then(notice: NoticeView) -> Iterator[Observation]:
    """A statement older than two years has been looked at since."""
    dated = notice.content.notice.dated
    if dated and _is_old(dated.date, notice.today):
        yield Observation(notice.locations.of(dated, "date"), date=dated.date)


def _is_old(day: date, today: date) -> bool:
    limit = day.year + OLD_YEARS, day.month, day.day  # which may be a 29 February
    return limit < (today.year, today.month, today.day)


@NOTICE_RULES.quality("narrow-title", Articles("12(1)"))
def the_title_covers_all_registers(notice: NoticeView) -> Iterator[Observation]:
    """The title does not name one register where the notice has several."""
    title = notice.in_default_language(notice.content.notice.title).lower()
    named = [
        r
        for r in notice.registers
        if _names(title, notice.in_default_language(r.register.name))
    ]
    if len(named) == 1 < len(notice.registers):
        at = notice.locations.of(notice.content.notice, "title")
        name = notice.in_default_language(named[0].register.name)
        yield Observation(at, name=name, count=str(len(notice.registers)))


def _names(title: str, register: str) -> bool:
    """Whether a title has all words of a name, whatever their endings."""
    words = title.replace("(", " ").replace(")", " ").split()
    return all(
        any(word.startswith(part) for word in words)
        for part in register.lower().split()
    )


@NOTICE_RULES.quality("unused-entry", Articles("5(1)(c)"))
def entries_are_used(notice: NoticeView) -> Iterator[Observation]:
    """Every entry of a catalogue is used by a register or a purpose."""
    for kind in ("data", "sources", "disclosures", "bases", "purposes"):
        if kind in _kinds_in_demand(notice):
            continue  # reported by the rule that asks for them
        for entry in getattr(notice.content.catalogues, kind):
            if id(entry) not in notice.used:
                yield Observation(
                    notice.locations.of(entry), entry=entry.id, id=entry.id
                )


def _kinds_in_demand(notice: NoticeView) -> set[str]:
    """Return the kinds that some register has none of: an unused entry may be meant."""
    in_demand: set[str] = set()
    for register in notice.registers:
        own = register.register
        for kind in ("data", "sources", "disclosures", "purposes"):
            if not getattr(own, kind):
                in_demand.add(kind)
        if not register.purposes or register.purposes_without_basis:
            in_demand.add("bases")
    return in_demand
