"""The differences between today’s notice and that of the day of receipt."""

from collections.abc import Callable, Iterator

from generator.content.model import Register
from generator.content.reader import Content
from generator.languages import N_, catalogue
from request_app.cases.notice import wording
from request_app.published import Kept


def changes(
    concerned: tuple[Register, ...], kept: Kept, now: Content, language: str
) -> Iterator[str]:
    """Yield a sentence for each difference; unreadable registers are skipped."""
    gettext = catalogue(language).gettext
    then = {each.id: each for each in concerned}
    today = {each.id: each for each in now.registers}
    known = {each.id for each in kept.registers}
    for each in now.registers:
        if each.id not in known:
            yield gettext("New register: %(name)s") % {
                "name": wording.name_of(each, language)
            }
    for register_id, register in then.items():
        name = wording.name_of(register, language)
        if register_id not in today:
            yield gettext("Register no longer in the notice: %(name)s") % {"name": name}
        elif register_id not in kept.unread:
            yield from _differences(register, today[register_id], name, language)


_PARTS: tuple[tuple[str, str, Callable[[Register, str], list[str]]], ...] = (
    (
        N_("Register: %(register)s. New recipient: %(name)s"),
        N_("Register: %(register)s. No longer a recipient: %(name)s"),
        lambda register, language: [
            each.name or wording.in_language(each.recipient, language)
            for each in wording.disclosures(register)
        ],
    ),
    (
        N_("Register: %(register)s. New source: %(name)s"),
        N_("Register: %(register)s. No longer a source: %(name)s"),
        lambda register, language: [
            wording.in_language(each.name, language) for each in register.sources or ()
        ],
    ),
    (
        N_("Register: %(register)s. New purpose: %(name)s"),
        N_("Register: %(register)s. No longer a purpose: %(name)s"),
        lambda register, language: [
            wording.in_language(each.name, language) for each in register.purposes or ()
        ],
    ),
    (
        N_("Register: %(register)s. New data: %(name)s"),
        N_("Register: %(register)s. Data no longer in the notice: %(name)s"),
        lambda register, language: [
            wording.in_language(each.name, language) for each in register.data or ()
        ],
    ),
    (
        N_("Register: %(register)s. New retention time: %(name)s"),
        N_("Register: %(register)s. Former retention time: %(name)s"),
        lambda register, language: [
            wording.time_of(each, language) for each in wording.periods(register)
        ],
    ),
)


def _differences(
    then: Register, today: Register, name: str, language: str
) -> Iterator[str]:
    gettext = catalogue(language).gettext
    for added, removed, of in _PARTS:
        before, after = of(then, language), of(today, language)
        for each in after:
            if each not in before:
                yield gettext(added) % {"register": name, "name": each}
        for each in before:
            if each not in after:
                yield gettext(removed) % {"register": name, "name": each}
