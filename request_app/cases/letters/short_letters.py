"""The letters besides the answer, made from the facts of a case and from words.

identity(facts, method, by=…, words={"doubt", "facts" | "where"})
clarification(facts, question, by=…, words={"question"})
extension(facts, EXTENSIONS[id], to=…, words={"facts"})
late(facts, by=…, words={"why"})
restriction_lifted(facts, on=…, words={"data", "why"})
message(facts, words={"text"})
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial

from generator.languages import N_
from request_app.cases.grounds import REMEDY, ExtensionGround
from request_app.cases.letters import parts
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.plan import concerned_registers
from request_app.cases.notice.wording import in_language, name_of
from request_app.cases.steps.facts import IdentityMethod, Words
from request_app.deadlines import PauseKind
from request_app.store.values import LetterKind


def identity(
    facts: Facts, method: IdentityMethod, *, by: date, words: Words
) -> parts.Letter:
    """Ask for proof of identity, as little as needed: GDPR Art. 12(6), EDPB ¶58–79.

    It never says which address we wrote to: the requester may be an impostor.
    """
    _ = facts.gettext
    text_of = partial(parts.filled_in, words)
    enough = _(METHODS[method])
    if "%(facts)s" in enough:
        enough %= {"facts": text_of("facts", _("what to tell, which we know already"))}
    if "%(where)s" in enough:
        enough %= {"where": text_of("where", _("where and how"))}
    return _to_person(
        facts,
        LetterKind.IDENTITY,
        _("We want to be sure that the request is yours"),
        parts.Section(
            "why",
            _("Why we ask"),
            parts.paragraphs(
                _(
                    "Before we do what you ask, we want to be sure that the request "
                    "is yours."
                ),
                text_of("doubt", _("why there is doubt in this case")),
            ),
            editable=True,
        ),
        parts.Section("enough", _("This is enough"), enough),
        parts.Section("by_when", _("By when"), _waiting(facts, by, pausing=True)),
        parts.Section(
            "otherwise",
            _("If this does not suit you"),
            _(
                "Contact us and we will find another way. You need not send us a copy "
                "of an identity document, nor your personal identity code."
            ),
        ),
    )


# How each method is asked for; NO_DOUBT asks nothing.
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
) -> parts.Letter:
    """Ask the person to clarify the request.

    A question about scope comes with an overview of all data we hold, and never narrows
    the answer (recital 63, EDPB ¶35); staff write what the notice does not say. A
    question about the right does not stop the clock (¶48).
    """
    _ = facts.gettext
    about_scope = question is PauseKind.SCOPE
    return _to_person(
        facts,
        LetterKind.CLARIFICATION,
        _("A question about your request"),
        parts.Section(
            "question",
            _("Our question"),
            parts.filled_in(words, "question", _("what you want to know")),
            editable=True,
        ),
        *(_about_scope(facts) if about_scope else ()),
        parts.Section(
            "by_when", _("By when"), _waiting(facts, by, pausing=about_scope)
        ),
        parts.Section(
            "otherwise",
            "",
            _("If we hear nothing, we answer your request as we understand it."),
        ),
    )


def _about_scope(facts: Facts) -> Iterator[parts.Section]:
    """All data we hold, to choose from; nobody has to choose (EDPB ¶35)."""
    _, overview = facts.gettext, _overview(facts)
    silent = not overview or bool(parts.prompts(overview))
    yield parts.Section("overview", _("What data we hold"), overview, editable=silent)
    text = _(
        "You can also ask for all your data. Then you get all of them. We are already "
        "working on what is clear."
    )
    yield parts.Section("everything", "", text)


def extension(
    facts: Facts, ground: ExtensionGround, *, to: date, words: Words
) -> parts.Letter:
    """Notify the person that the deadline is extended, and why: GDPR Art. 12(3)."""
    _ = facts.gettext
    return _to_person(
        facts,
        LetterKind.EXTENSION,
        _("More time for your request"),
        parts.Section(
            "reason",
            "",
            _("We need more time. Reason: %(reason)s")
            % {"reason": in_language(ground.reason, facts.language)},
        ),
        parts.Section(
            "facts",
            _("What this means in your case"),
            parts.filled_in(words, "facts", _("the facts of this case")),
            editable=True,
        ),
        parts.Section(
            "new_day",
            "",
            parts.paragraphs(
                _("Last day to answer: %(day)s") % {"day": facts.day(to)},
                _("We answer earlier if we can."),
            ),
        ),
        parts.complaint(facts),
    )


def late(facts: Facts, *, by: date, words: Words) -> parts.Letter:
    """Notify the person that the answer is late; no extension was made in time."""
    _ = facts.gettext
    return _to_person(
        facts,
        LetterKind.LATE,
        _("Our answer is late"),
        parts.Section(
            "late",
            "",
            parts.paragraphs(
                _("We apologise."),
                _("The last day to answer was: %(day)s")
                % {"day": facts.day(facts.last_day)},
                _("You get the answer at the latest on: %(day)s")
                % {"day": facts.day(by)},
            ),
        ),
        parts.Section(
            "why",
            _("Why it is late"),
            parts.filled_in(words, "why", _("why the answer is late")),
            editable=True,
        ),
        parts.complaint(facts, lead=in_language(REMEDY.already, facts.language)),
    )


def restriction_lifted(facts: Facts, *, on: date, words: Words) -> parts.Letter:
    """Notify the person before a restriction ends: GDPR Art. 18(3)."""
    _ = facts.gettext
    return _to_person(
        facts,
        LetterKind.RESTRICTION_LIFTED,
        _("The restriction on the use of your data ends"),
        parts.Section(
            "end",
            "",
            parts.paragraphs(
                _("The restriction ends on: %(day)s") % {"day": facts.day(on)},
                _("After that we use the data again as our privacy notice says."),
            ),
        ),
        parts.Section(
            "data",
            _("Which data"),
            parts.filled_in(words, "data", _("which data were restricted")),
            editable=True,
        ),
        parts.Section(
            "why",
            _("Why it ends"),
            parts.filled_in(words, "why", _("what was found out")),
            editable=True,
        ),
        parts.complaint(facts),
    )


def message(facts: Facts, *, words: Words) -> parts.Letter:
    """A letter in the words of staff."""
    _ = facts.gettext
    return parts.compose(
        facts,
        LetterKind.MESSAGE,
        _("A message about your request"),
        parts.Section(
            "text",
            "",
            parts.filled_in(words, "text", _("what you want to say")),
            editable=True,
        ),
    )


def _to_person(
    facts: Facts, kind: LetterKind, title: str, *body: parts.Section
) -> parts.Letter:
    return parts.compose(facts, kind, title, parts.greeting(facts), *body)


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
    """The data that we process, register by register (EDPB 01/2022 ¶35(b))."""
    _, language = facts.gettext, facts.language
    of: Collection[str] = facts.registers
    blocks = []
    for register in concerned_registers(facts.case, frozenset(of), facts.kept):
        data = [in_language(each.name, language) for each in register.data or ()]
        lines = parts.listed(
            data or [parts.prompt(_("which data this register holds"))]
        )
        name = _("Register: %(name)s") % {"name": name_of(register, language)}
        blocks.append(f"{name}\n{lines}")
    return parts.paragraphs(*blocks)
