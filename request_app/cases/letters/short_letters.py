"""The letters besides the answer, each made of the facts of a case and of words.

identity(facts, method, by=…, words={"doubt", "facts" | "where"})
clarification(facts, question, by=…, words={"question"})
extension(facts, EXTENSIONS[id], to=…, words={"facts"})
late(facts, by=…, words={"why"})
restriction_lifted(facts, on=…, words={"data", "why"})
to_recipient(facts, recipient, [ChangeNotice(change, {"data", …}), …], person=…)
message(facts, words={"text"})
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from generator.languages import N_
from request_app.cases.decision.recipients import Change, ChangeNotice
from request_app.cases.grounds import REMEDY, Extension
from request_app.cases.letters.parts import (
    Letter,
    Section,
    complaint,
    contact,
    greeting,
    head,
    listed,
    paragraphs,
    prompt,
    prompts,
    signature,
)
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.plan import concerned_registers
from request_app.cases.notice.wording import name_of, said
from request_app.cases.steps.values import IdentityMethod, Words
from request_app.deadlines import PauseKind
from request_app.store.cases import Case
from request_app.store.values import LetterKind


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
            paragraphs(
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
            paragraphs(
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
            paragraphs(
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
            paragraphs(
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
    news: Sequence[ChangeNotice],
    *,
    person: str,
    language: str | None = None,
) -> Letter:
    """Tell a recipient what changed: GDPR Art. 19. It holds no more than it must."""
    facts = replace(facts, to=recipient, case=_in(facts.case, language))
    _ = facts.gettext
    whom = person.strip() or prompt(_("by what the recipient knows the person"))
    return _letter(
        facts,
        LetterKind.TO_RECIPIENT,
        _("A change in personal data that you have received from us"),
        Section("person", "", _("Person: %(person)s") % {"person": whom}),
        Section(
            "change",
            _("The change") if len(news) == 1 else _("The changes"),
            paragraphs(*("\n".join(_told(each, facts)) for each in news)),
        ),
        Section(
            "please",
            "",
            paragraphs(
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


def _told(news: ChangeNotice, facts: Facts) -> Iterator[str]:
    """One change: what was done, with which data."""
    _ = facts.gettext
    words = partial(_filled, news.words)
    yield _(_CHANGES[news.change])
    yield _("Data: %(data)s") % {"data": words("data", _("which data"))}
    if news.change is Change.STATEMENT:
        statement = words("statement", _("what the person says of the data"))
        yield _("Statement: “%(statement)s”") % {"statement": statement}
    if news.change is Change.CORRECTION:
        old = words("old", _("the data as they were"))
        new = words("new", _("the data as they are now"))
        yield _("The data were: “%(old)s”") % {"old": old}
        yield _("The data are now: “%(new)s”") % {"new": new}


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


def _letter(facts: Facts, kind: LetterKind, title: str, *body: Section) -> Letter:
    sections = (head(facts), *body, contact(facts), signature(facts))
    return Letter(kind, facts.language, title, sections)


def _to_person(facts: Facts, kind: LetterKind, title: str, *body: Section) -> Letter:
    return _letter(facts, kind, title, greeting(facts), *body)


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
    return paragraphs(*blocks)


def _in(case: Case, language: str | None) -> Case:
    return replace(case, language=language) if language else case
