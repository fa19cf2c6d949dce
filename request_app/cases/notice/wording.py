"""The content of the notice as text in one language."""

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from generator.content.base_model import NotApplicableReason
from generator.content.model import Disclosure, Party, Period, Register
from generator.content.values import Text
from generator.formatting import Formatter
from generator.languages import catalogue
from generator.processing_table import recipients
from request_app.published import Kept
from request_app.store.columns import canonical

_DAY = re.compile(r"(?:until )?(\d{1,2})\.(\d{1,2})\.(\d{4})(?: asti| saakka)?\.?")


def in_language(text: Text, language: str) -> str:
    """The text in a language, else in the first language there is."""
    return text.root.get(language) or next(iter(text.root.values()))


def name_of(register: Register, language: str) -> str:
    return in_language(register.name, language)


def disclosures(register: Register) -> Iterator[Disclosure]:
    """Yield each recipient of a register or of its purposes once."""
    seen = set()
    for each in (
        *recipients(register),
        *(
            each
            for purpose in register.purposes or ()
            for each in purpose.disclosures or ()
        ),
    ):
        if id_of(each) not in seen:
            seen.add(id_of(each))
            yield each


def partners(register: Register) -> tuple[Party, ...]:
    """The joint controllers (Art. 26) that are not among the disclosures."""
    named = {each.name for each in disclosures(register)}
    joint = register.joint_controllers
    return (
        tuple(each for each in joint.parties if each.name not in named) if joint else ()
    )


def id_of(recipient: Disclosure | Party) -> str:
    """The id in the catalogue, else a short hash of the name and kind.

    The underscore keeps a hash apart from ids that authors write.
    """
    if isinstance(recipient, Disclosure):
        if recipient.id:
            return recipient.id
        known_by = {"name": recipient.name, "recipient": recipient.recipient.root}
    else:
        known_by = {"name": recipient.name, "recipient": {}}
    return "to_" + sha256(canonical(known_by).encode()).hexdigest()[:12]


def tells_recipients(register: Register) -> bool:
    """Whether the notice says who gets data of a register, even if nobody does."""
    nobody = isinstance(register.disclosures, NotApplicableReason)
    return nobody or any(True for _ in disclosures(register))


def periods(register: Register) -> Iterator[Period]:
    """Yield the retention times of a register and of its purposes."""
    yield from register.retention or ()
    for purpose in register.purposes or ():
        yield from purpose.retention or ()


def time_of(period: Period, language: str) -> str:
    """What is kept and for how long."""
    return ": ".join(kept_and_until(period, language))


def kept_and_until(period: Period, language: str) -> tuple[str, str]:
    words = Formatter(language, catalogue(language))
    return words.kept(period), words.duration(period)


def day_in(text: str) -> date | None:
    """The day in a text that is only a day, as written in Finland; else None."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, reversed(found.groups()))) if found else None
    except ValueError:
        return None


def language_of(wanted: str, kept: Kept, default: str | None) -> str:
    """The language of a letter: the wanted one, if the notice has it."""
    written = kept.notice.title.root
    if "notice" in kept.unread or wanted in written:
        return wanted
    return default if default in written else next(iter(written))
