"""Letters as values, in the language of the person, before they are sent.

Everything a letter of a case needs is in `Facts`; what staff write comes as `words`,
a mapping of strings by the name of their field. A field that is empty becomes a prompt,
⟦…⟧, and `faults` reports it: a letter with faults is not sent. A section that is
`editable` may be changed by staff before sending (`edited`); the others may not.

The common parts of letters are here: head, greeting, how to reach us, how to
complain. The letters themselves are in `short_letters`, the answer in `answer`, the
information of GDPR Art. 15 in `access_information`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.content.model import Address
from generator.formatting import Formatter
from generator.languages import N_, catalogue
from generator.ways_to_ask import ways_to_ask
from request_app.cases.grounds import REMEDY
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.wording import in_language
from request_app.cases.steps.facts import Words
from request_app.store.values import LetterKind

PROMPT = re.compile(r"⟦([^⟦⟧]*)⟧")


@dataclass(frozen=True)
class Section:
    """A part of a letter; one without a heading continues the part before."""

    key: str
    heading: str
    text: str = field(repr=False)
    editable: bool = False


@dataclass(frozen=True)
class Letter:
    kind: LetterKind
    language: str
    title: str
    sections: tuple[Section, ...] = field(repr=False)

    def section(self, key: str) -> Section | None:
        return next((each for each in self.sections if each.key == key), None)


@dataclass(frozen=True)
class Fault:
    """Why a letter can't be sent; `MESSAGES` has the words for `code`."""

    code: str
    about: str = ""  # the data group, recipient or section, in words
    place: str = ""  # the field to fill: “erasure/members/facts”


def render(letter: Letter) -> str:
    """The letter as plain text, as it is archived and printed."""
    head, *rest = letter.sections
    blocks = [head.text, letter.title]
    for section in rest:
        heading = [section.heading] if section.heading else []
        blocks.append("\n".join([*heading, section.text.strip()]))
    return "\n\n".join(block for block in blocks if block) + "\n"


def edited(letter: Letter, texts: Mapping[str, str]) -> Letter:
    """The letter with the edits of staff; fixed sections stay as they are."""
    return replace(
        letter,
        sections=tuple(
            replace(each, text=texts[each.key].replace("\r\n", "\n").strip())
            if each.editable and each.key in texts
            else each
            for each in letter.sections
        ),
    )


def prompt(text: str) -> str:
    """Mark text that staff still have to write."""
    return f"⟦{text}⟧"


def prompts(text: str) -> list[str]:
    """The prompts left in a text; a single bracket counts too."""
    found = PROMPT.findall(text)
    rest = PROMPT.sub("", text)
    return [*found, *("…" for _ in re.findall("[⟦⟧]", rest))]


MESSAGES: Mapping[str, str] = {
    "prompt": N_("Something is still to be written: %(about)s"),
    "empty": N_("This part is empty: %(about)s"),
}
OPTIONAL = frozenset({"own_words"})


def faults(letter: Letter) -> Iterator[Fault]:
    """Yield what blocks the sending of a letter."""
    for section in letter.sections:
        place = section.key
        for found in prompts(section.text):
            yield Fault("prompt", found, place)
        if not section.text.strip() and section.key not in OPTIONAL:
            yield Fault("empty", section.heading or section.key, place)


# ---------------------------------------------------------------- common parts


def complaint(facts: Facts, *, lead: str | None = None) -> Section:
    """How a dissatisfied person can complain: GDPR Art. 12(4), 77, 79."""
    _, language = facts.gettext, facts.language
    authority = facts.law.authority
    visiting, post = _("Visiting address"), _("Postal address")
    switchboard, registry = _("Switchboard"), _("Registry")
    email = authority.email.replace("(at)", "@")  # paper has no robots to hide it from
    first = lead or in_language(REMEDY.complaint, language)
    in_words = Formatter(language, catalogue(language))
    return Section(
        "complaint",
        in_language(REMEDY.heading, language),
        paragraphs(
            f"{first} {in_language(REMEDY.court, language)}",
            "\n".join(
                [
                    in_language(authority.name, language),
                    f"{visiting}: {in_language(authority.visiting, language)}",
                    f"{post}: {in_language(authority.post, language)}",
                    f"{switchboard}: {in_words.phone(authority.switchboard)}",
                    f"{registry}: {in_words.phone(authority.registry)}",
                    _("E-mail: %(address)s") % {"address": email},
                    _("Website: %(address)s")
                    % {"address": in_language(authority.website, language)},
                ]
            ),
        ),
    )


def head(facts: Facts) -> Section:
    """The sender, the day, the addressee and the reference."""
    _ = facts.gettext
    lines = [facts.organisation.controller.name, facts.day(facts.today), ""]
    if facts.to:
        lines += [facts.to, ""]
    lines.append(_("Reference: %(reference)s") % {"reference": facts.case.reference})
    return Section("head", "", "\n".join(lines))


def greeting(facts: Facts) -> Section:
    """Greet by name; the name stays as written, as it can take no Finnish ending."""
    _ = facts.gettext
    text = _("Dear %(name)s,") % {"name": facts.name} if facts.name else _("Hello,")
    return Section("greeting", "", paragraphs(text, _for_another(facts)))


def _for_another(facts: Facts) -> str:
    """Who “you” is, where one person acts for another: EDPB 01/2022 ¶80–87.

    The rights stay those of the data subject, as do the sentences of the law and of the
    notice, so the letter says once whom they are about.
    """
    _ = facts.gettext
    if facts.whose:
        text = _(
            "Your request is about the data of another person: %(name)s. Where we "
            "speak of data, consent or rights, “you” means this person and “your data” "
            "theirs."
        )
        return text % {"name": facts.whose}
    if facts.asked_by:
        text = _("This request was made on your behalf by: %(name)s")
        return text % {"name": facts.asked_by}
    return ""


def signature(facts: Facts) -> Section:
    """The organisation signs; accounts of the desk need not be names of people."""
    _ = facts.gettext
    name = facts.organisation.controller.name
    return Section("signature", "", "\n".join([_("Kind regards"), name]))


def contact(facts: Facts) -> Section:
    """Every way to reach us that has an address."""
    _ = facts.gettext
    in_words = Formatter(facts.language, catalogue(facts.language))
    labels = {
        "letter": _("By letter: %(address)s"),
        "e-mail": _("By e-mail: %(address)s"),
        "phone": _("By phone: %(address)s"),
        "in-person": _("In person: %(address)s"),
    }
    lines = []
    for way in ways_to_ask(facts.organisation):
        if isinstance(way.at, Address):
            at = ", ".join(_address(facts, way.at))
        else:
            at = in_words.phone(way.at) if way.kind == "phone" else way.at
        at = f"{way.name}, {at}" if way.name else at
        lines.append(labels[way.kind] % {"address": at})
    lines.append(
        _("Give the reference: %(reference)s") % {"reference": facts.case.reference}
    )
    return Section("contact", _("How to reach us"), "\n".join(lines))


def listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _address(facts: Facts, at: Address) -> Iterator[str]:
    yield facts.organisation.controller.name
    if at.street:
        yield at.street
    yield f"{at.postcode} {at.town}"
    if at.country != facts.law.country:
        yield Formatter(facts.language, catalogue(facts.language)).country(at.country)


def compose(facts: Facts, kind: LetterKind, title: str, *body: Section) -> Letter:
    sections = (head(facts), *body, contact(facts), signature(facts))
    return Letter(kind, facts.language, title, sections)


def filled_in(words: Words, name: str, what: str) -> str:
    return words.get(name, "").strip() or prompt(what)
