"""What the notice says, as words of one language."""

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


def said(text: Text, language: str) -> str:
    """The words of a language, or of the first one there is: better than none."""
    return text.root.get(language) or next(iter(text.root.values()))


def name_of(register: Register, language: str) -> str:
    return said(register.name, language)


def disclosures(register: Register) -> Iterator[Disclosure]:
    """Yield each recipient once: of the register, and of one of its purposes."""
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
    """Return those who decide together with us (Art. 26) and stand in no disclosure."""
    named = {each.name for each in disclosures(register)}
    joint = register.joint_controllers
    return (
        tuple(each for each in joint.parties if each.name not in named) if joint else ()
    )


def id_of(recipient: Disclosure | Party) -> str:
    """The id of a catalogue; of one without, what it is known by, in a short hash.

    An underscore, so that it is never taken for an id that authors write.
    """
    if isinstance(recipient, Disclosure):
        if recipient.id:
            return recipient.id
        known_by = {"name": recipient.name, "recipient": recipient.recipient.root}
    else:
        known_by = {"name": recipient.name, "recipient": {}}
    return "to_" + sha256(canonical(known_by).encode()).hexdigest()[:12]


def tells_recipients(register: Register) -> bool:
    """Whether the notice says who gets data of it, were it nobody."""
    nobody = isinstance(register.disclosures, NotApplicableReason)
    return nobody or any(True for _ in disclosures(register))


def periods(register: Register) -> Iterator[Period]:
    """Yield the times of a register, those of its purposes among them."""
    yield from register.retention or ()
    for purpose in register.purposes or ():
        yield from purpose.retention or ()


def time_of(period: Period, language: str) -> str:
    """Say what is kept, and for how long."""
    return ": ".join(kept_and_until(period, language))


def kept_and_until(period: Period, language: str) -> tuple[str, str]:
    words = Formatter(language, catalogue(language))
    return words.kept(period), words.duration(period)


def day_in(text: str) -> date | None:
    """The day that a text is, as people here write it; none where it says more."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, reversed(found.groups()))) if found else None
    except ValueError:
        return None


def language_of(wanted: str, kept: Kept, default: str | None) -> str:
    """The language of a letter: the one asked for, if the notice was written in it."""
    written = kept.notice.title.root
    if "notice" in kept.unread or wanted in written:
        return wanted
    return default if default in written else next(iter(written))
