"""Letters as values: what they say, in the language of the person, before they go.

Everything a letter of a case needs is in `Facts`; what staff write comes as `words`,
a mapping of strings by the name of their field. A field that is empty becomes a prompt,
⟦…⟧, and `faults` tells of it: a letter with faults is not sent. A section that is
`editable` may be changed by staff before sending (`edited`); the others may not.

    identity(facts, method, by=…, words={"doubt", "facts" | "where"})
    clarification(facts, question, by=…, words={"question"})
    extension(facts, EXTENSIONS[id], to=…, words={"facts"})
    late(facts, by=…, words={"why"})
    restriction_lifted(facts, on=…, words={"data", "why"})
    to_recipient(facts, recipient, change, words={"person", "data", …})
    message(facts, words={"text"})

The answer itself is in `answer`, the information of GDPR Art. 15 in `information`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial

from generator.asking import ways_to_ask
from generator.content.law import Law
from generator.content.model import Address, ControllerFile
from generator.content.reader import Content
from generator.languages import N_, catalogue
from generator.words import Words as InWords
from request_app.cases.grounds import REMEDY, Extension
from request_app.cases.plan import concerned_registers
from request_app.cases.said import language_of, name_of, said
from request_app.cases.steps import IdentityMethod, Words
from request_app.deadlines import PauseKind
from request_app.published import Kept
from request_app.store.cases import Case
from request_app.store.values import LetterKind, Right
from request_app.words import day

PROMPT = re.compile(r"⟦([^⟦⟧]*)⟧")


@dataclass(frozen=True)
class Section:
    """A part of a letter; without a heading it follows on the one before."""

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


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What every letter of a case needs.

    `kept` is the notice of the day of receipt; `now` the one of today, from which
    addresses are taken, as those of long ago help nobody.
    """

    case: Case
    rights: frozenset[Right]
    registers: frozenset[str] = frozenset()  # those the person named
    kept: Kept
    today: date
    now: Content | None = None
    to: str = field(default="", repr=False)  # name and address, for paper
    name: str = field(default="", repr=False)  # of whom it greets
    whose: str = field(default="", repr=False)  # whose data, where not the reader's
    asked_by: str = field(default="", repr=False)  # who asked, where not the reader
    original_due: date | None = None  # before any pause or extension

    @property
    def language(self) -> str:
        default = self.now.site.default_language if self.now else None
        return language_of(self.case.language, self.kept, default)

    @property
    def law(self) -> Law:
        return self.now.law if self.now else self.kept.law

    @property
    def organisation(self) -> ControllerFile:
        return self.now.organisation if self.now else self.kept.organisation

    @property
    def last_day(self) -> date:
        return self.case.extended_to or self.case.due

    @property
    def gettext(self) -> Callable[[str], str]:
        return catalogue(self.language).gettext

    def day(self, value: date) -> str:
        """A day with its weekday, as it stands behind a colon."""
        return day(value, language=self.language)

    def date(self, value: date) -> str:
        """A day as it stands within a sentence: Finnish weekdays would need endings."""
        return InWords(self.language, catalogue(self.language)).date(value)


def render(letter: Letter) -> str:
    """The letter as plain text, as it is kept and printed."""
    head, *rest = letter.sections
    blocks = [head.text, letter.title]
    for section in rest:
        heading = [section.heading] if section.heading else []
        blocks.append("\n".join([*heading, section.text.strip()]))
    return "\n\n".join(block for block in blocks if block) + "\n"


def edited(letter: Letter, texts: Mapping[str, str]) -> Letter:
    """The letter with what staff changed of it; what is fixed stays as it is."""
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
    """Mark what staff still have to write."""
    return f"⟦{text}⟧"


def prompts(text: str) -> list[str]:
    """What staff still have to write; a lone bracket counts too."""
    found = PROMPT.findall(text)
    rest = PROMPT.sub("", text)
    return [*found, *("…" for _ in re.findall("[⟦⟧]", rest))]


MESSAGES: Mapping[str, str] = {
    "prompt": N_("Something is still to be written: %(about)s"),
    "empty": N_("This part is empty: %(about)s"),
}
OPTIONAL = frozenset({"own_words"})


def faults(letter: Letter) -> Iterator[Fault]:
    """Tell what keeps a letter from being sent."""
    for section in letter.sections:
        place = section.key
        for found in prompts(section.text):
            yield Fault("prompt", found, place)
        if not section.text.strip() and section.key not in OPTIONAL:
            yield Fault("empty", section.heading or section.key, place)


# ---------------------------------------------------------------- the kinds


def identity(facts: Facts, method: IdentityMethod, *, by: date, words: Words) -> Letter:
    """Ask who is asking, no more than is needed: GDPR Art. 12(6), EDPB ¶58–79.

    It never says which address we wrote to: the asker may be somebody else.
    """
    _ = facts.gettext
    told = partial(_filled, words)
    enough = _(METHODS[method])
    if "%(facts)s" in enough:
        enough %= {"facts": told("facts", _("what to tell, which we know already"))}
    if "%(where)s" in enough:
        enough %= {"where": told("where", _("where and how"))}
    return _to_person(
        facts,
        LetterKind.IDENTITY,
        _("We want to be sure that the request is yours"),
        Section(
            "why",
            _("Why we ask"),
            _paragraphs(
                _(
                    "Before we do what you ask, we want to be sure that the request "
                    "is yours."
                ),
                told("doubt", _("why there is doubt in this case")),
            ),
            editable=True,
        ),
        Section("enough", _("This is enough"), enough),
        Section("by_when", _("By when"), _waiting(facts, by, pausing=True)),
        Section(
            "otherwise",
            _("If this does not suit you"),
            _(
                "Contact us and we will find another way. You need not send us a copy "
                "of an identity document, nor your personal identity code."
            ),
        ),
    )


# The ways in which we ask; where there is no doubt, nothing is asked.
METHODS: Mapping[IdentityMethod, str] = {
    IdentityMethod.CONFIRMED: N_(
        "We have sent a message to an address we already had. Open the link in it and "
        "confirm. Nothing else is needed."
    ),
    IdentityMethod.KNOWN_ADDRESS: N_(
        "Write to us from an address that we already have, or ask us to call a number "
        "that we already have. Nothing else is needed."
    ),
    IdentityMethod.KNOWN_FACTS: N_(
        "Tell us this, which we know already: %(facts)s. Nothing else is needed."
    ),
    IdentityMethod.IN_PERSON: N_("Come to see us: %(where)s. Nothing else is needed."),
    IdentityMethod.STRONG: N_(
        "Confirm the request with your online banking codes or a mobile certificate: "
        "%(where)s. Nothing else is needed."
    ),
    IdentityMethod.DOCUMENT_SEEN: N_(
        "Show us an identity card or a passport: %(where)s. Cover the personal "
        "identity code and everything else but your name, your photograph and the "
        "last day of validity. We only look at it. We take no copy and keep none."
    ),
}


def clarification(
    facts: Facts, question: PauseKind, *, by: date, words: Words
) -> Letter:
    """Ask what is meant.

    Which of a large quantity of data: with an overview of all we hold, and never to
    make the answer smaller (recital 63, EDPB ¶35). Which right: that stops no clock
    (¶48). What the notice does not tell of the data, staff write.
    """
    _ = facts.gettext
    about_scope = question is PauseKind.SCOPE
    if about_scope:
        overview = _overview(facts)
        silent = not overview or bool(prompts(overview))
        more = [
            Section("overview", _("What data we hold"), overview, editable=silent),
            Section(
                "everything",
                "",
                _(
                    "You can also ask for all your data. Then you get all of them. "
                    "We are already working on what is clear."
                ),
            ),
        ]
    else:
        more = []
    return _to_person(
        facts,
        LetterKind.CLARIFICATION,
        _("A question about your request"),
        Section(
            "question",
            _("Our question"),
            _filled(words, "question", _("what you want to know")),
            editable=True,
        ),
        *more,
        Section(
            "by_when",
            _("By when"),
            _waiting(facts, by, pausing=about_scope),
        ),
        Section(
            "otherwise",
            "",
            _("If we hear nothing, we answer your request as we understand it."),
        ),
    )


def extension(facts: Facts, ground: Extension, *, to: date, words: Words) -> Letter:
    """Tell that more time is needed, and why: GDPR Art. 12(3)."""
    _ = facts.gettext
    return _to_person(
        facts,
        LetterKind.EXTENSION,
        _("More time for your request"),
        Section(
            "reason",
            "",
            _("We need more time. Reason: %(reason)s")
            % {"reason": said(ground.reason, facts.language)},
        ),
        Section(
            "facts",
            _("What this means in your case"),
            _filled(words, "facts", _("the facts of this case")),
            editable=True,
        ),
        Section(
            "new_day",
            "",
            _paragraphs(
                _("Last day to answer: %(day)s") % {"day": facts.day(to)},
                _("We answer earlier if we can."),
            ),
        ),
        complaint(facts),
    )


def late(facts: Facts, *, by: date, words: Words) -> Letter:
    """Tell that the answer is late: no extension was given in time."""
    _ = facts.gettext
    return _to_person(
        facts,
        LetterKind.LATE,
        _("Our answer is late"),
        Section(
            "late",
            "",
            _paragraphs(
                _("We apologise."),
                _("The last day to answer was: %(day)s")
                % {"day": facts.day(facts.last_day)},
                _("You get the answer at the latest on: %(day)s")
                % {"day": facts.day(by)},
            ),
        ),
        Section(
            "why",
            _("Why it is late"),
            _filled(words, "why", _("why the answer is late")),
            editable=True,
        ),
        complaint(facts, lead=said(REMEDY.already, facts.language)),
    )


def restriction_lifted(facts: Facts, *, on: date, words: Words) -> Letter:
    """Tell before a restriction ends: GDPR Art. 18(3)."""
    _ = facts.gettext
    return _to_person(
        facts,
        LetterKind.RESTRICTION_LIFTED,
        _("The restriction on the use of your data ends"),
        Section(
            "end",
            "",
            _paragraphs(
                _("The restriction ends on: %(day)s") % {"day": facts.day(on)},
                _("After that we use the data again as our privacy notice says."),
            ),
        ),
        Section(
            "data",
            _("Which data"),
            _filled(words, "data", _("which data were restricted")),
            editable=True,
        ),
        Section(
            "why",
            _("Why it ends"),
            _filled(words, "why", _("what was found out")),
            editable=True,
        ),
        complaint(facts),
    )


class Change(StrEnum):
    """What recipients are told of: GDPR Art. 19."""

    CORRECTION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    STATEMENT = "statement"  # the data stay, and what the person says stands beside


_CHANGES: Mapping[Change, str] = {
    Change.CORRECTION: N_("We have corrected the data."),
    Change.ERASURE: N_("We have erased the data."),
    Change.STATEMENT: N_(
        "We have added the person’s own statement to the data. Keep it with them."
    ),
    Change.RESTRICTION: N_(
        "We have restricted the use of the data. Keep them, but do not use them "
        "until you hear from us."
    ),
}


def to_recipient(
    facts: Facts,
    recipient: str,
    change: Change,
    *,
    words: Words,
    language: str | None = None,
) -> Letter:
    """Tell a recipient of a change: GDPR Art. 19. It holds no more than it must."""
    facts = replace(facts, to=recipient, case=_in(facts.case, language))
    _ = facts.gettext
    told = partial(_filled, words)
    lines = [
        _("Person: %(person)s")
        % {"person": told("person", _("by what the recipient knows the person"))},
        _("Data: %(data)s") % {"data": told("data", _("which data"))},
    ]
    if change is Change.STATEMENT:
        statement = told("statement", _("what the person says of the data"))
        lines.append(_("Statement: “%(statement)s”") % {"statement": statement})
    if change is Change.CORRECTION:
        old = told("old", _("the data as they were"))
        new = told("new", _("the data as they are now"))
        lines += [
            _("The data were: “%(old)s”") % {"old": old},
            _("The data are now: “%(new)s”") % {"new": new},
        ]
    return _letter(
        facts,
        LetterKind.TO_RECIPIENT,
        _("A change in personal data that you have received from us"),
        Section("person", "", "\n".join(lines), editable=True),
        Section("change", _("The change"), _(_CHANGES[change])),
        Section(
            "please",
            "",
            _paragraphs(
                _(
                    "We tell you this because you have received the data from us. "
                    "Please make the same change in your own records, and tell us when "
                    "it is done. If you have passed the data on, please pass this on "
                    "too."
                ),
                _("GDPR, Article 19"),
            ),
        ),
    )


def message(facts: Facts, *, words: Words) -> Letter:
    """Anything else, in the words of staff."""
    _ = facts.gettext
    return _letter(
        facts,
        LetterKind.MESSAGE,
        _("A message about your request"),
        Section(
            "text",
            "",
            _filled(words, "text", _("what you want to say")),
            editable=True,
        ),
    )


# ---------------------------------------------------------------- what is fixed


def complaint(facts: Facts, *, lead: str | None = None) -> Section:
    """What the person can do who is not satisfied: GDPR Art. 12(4), 77, 79."""
    _, language = facts.gettext, facts.language
    authority = facts.law.authority
    visiting, post = _("Visiting address"), _("Postal address")
    switchboard, registry = _("Switchboard"), _("Registry")
    email = authority.email.replace("(at)", "@")  # paper has no robots to hide it from
    first = lead or said(REMEDY.complaint, language)
    in_words = InWords(language, catalogue(language))
    return Section(
        "complaint",
        said(REMEDY.heading, language),
        _paragraphs(
            f"{first} {said(REMEDY.court, language)}",
            "\n".join(
                [
                    said(authority.name, language),
                    f"{visiting}: {said(authority.visiting, language)}",
                    f"{post}: {said(authority.post, language)}",
                    f"{switchboard}: {in_words.phone(authority.switchboard)}",
                    f"{registry}: {in_words.phone(authority.registry)}",
                    _("E-mail: %(address)s") % {"address": email},
                    _("Website: %(address)s")
                    % {"address": said(authority.website, language)},
                ]
            ),
        ),
    )


def head(facts: Facts) -> Section:
    """Who writes to whom, when, about what."""
    _ = facts.gettext
    lines = [facts.organisation.controller.name, facts.day(facts.today), ""]
    if facts.to:
        lines += [facts.to, ""]
    lines.append(_("Reference: %(reference)s") % {"reference": facts.case.reference})
    return Section("head", "", "\n".join(lines))


def greeting(facts: Facts) -> Section:
    """A name takes no ending, so it stands behind the greeting as it is written."""
    _ = facts.gettext
    text = _("Dear %(name)s,") % {"name": facts.name} if facts.name else _("Hello,")
    return Section("greeting", "", _paragraphs(text, _for_another(facts)))


def _for_another(facts: Facts) -> str:
    """Whom “you” means, where one person asks for another: EDPB 01/2022 ¶80–87.

    The rights stay those of whose data they are, and so do the sentences of the law
    and of the notice: the letter says once whom they are about.
    """
    _ = facts.gettext
    if facts.whose:
        told = _(
            "Your request is about the data of another person: %(name)s. Where we "
            "speak of data, consent or rights, “you” means this person and “your data” "
            "theirs."
        )
        return told % {"name": facts.whose}
    if facts.asked_by:
        told = _("This request was made on your behalf by: %(name)s")
        return told % {"name": facts.asked_by}
    return ""


def signature(facts: Facts) -> Section:
    """The organisation answers; an account of the desk is nobody's name."""
    _ = facts.gettext
    name = facts.organisation.controller.name
    return Section("signature", "", "\n".join([_("Kind regards"), name]))


def contact(facts: Facts) -> Section:
    """How to reach us: whatever way has an address."""
    _ = facts.gettext
    in_words = InWords(facts.language, catalogue(facts.language))
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


# ---------------------------------------------------------------- parts


def _letter(facts: Facts, kind: LetterKind, title: str, *body: Section) -> Letter:
    sections = (head(facts), *body, contact(facts), signature(facts))
    return Letter(kind, facts.language, title, sections)


def _to_person(facts: Facts, kind: LetterKind, title: str, *body: Section) -> Letter:
    return _letter(facts, kind, title, greeting(facts), *body)


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _filled(words: Words, name: str, what: str) -> str:
    return words.get(name, "").strip() or prompt(what)


def _waiting(facts: Facts, by: date, *, pausing: bool) -> str:
    _ = facts.gettext
    original = facts.original_due or facts.case.due
    lines = [_("Please reply at the latest on: %(day)s") % {"day": facts.day(by)}]
    if pausing:
        lines += [
            _("Original last day to answer: %(day)s") % {"day": facts.day(original)},
            _("The days for which we wait for your reply may be added to it."),
        ]
    else:
        lines += [
            _("Last day to answer: %(day)s") % {"day": facts.day(facts.last_day)},
            _("The question does not change it."),
        ]
    return "\n".join(lines)


def _overview(facts: Facts) -> str:
    """All that we process, register by register (EDPB 01/2022 ¶35(b))."""
    _, language = facts.gettext, facts.language
    of: Collection[str] = facts.registers
    blocks = []
    for register in concerned_registers(facts.case, frozenset(of), facts.kept):
        data = [said(each.name, language) for each in register.data or ()]
        lines = listed(data or [prompt(_("which data this register holds"))])
        name = _("Register: %(name)s") % {"name": name_of(register, language)}
        blocks.append(f"{name}\n{lines}")
    return _paragraphs(*blocks)


def _address(facts: Facts, at: Address) -> Iterator[str]:
    yield facts.organisation.controller.name
    if at.street:
        yield at.street
    yield f"{at.postcode} {at.town}"
    if at.country != facts.law.country:
        yield InWords(facts.language, catalogue(facts.language)).country(at.country)


def _in(case: Case, language: str | None) -> Case:
    return replace(case, language=language) if language else case
