"""Hints for staff on each right, also from the legal bases in the notice.

Suggestions only: a basis belongs to a purpose, and the notice may be silent or wrong.
A hint is in plain words, with its legal source beside it (`source`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.content.model import Register
from generator.content.values import Article6, Basis6
from generator.languages import N_, catalogue
from generator.rights import Holds, bases, bases_are_known, rights as rights_in
from request_app.cases.notice.wording import in_language, kept_and_until
from request_app.published import Kept
from request_app.store.values import AT_ONCE, Right


@dataclass(frozen=True)
class Hint:
    """A suggestion on a right, for one register or in general."""

    right: Right
    text: str
    source: str = ""  # the law or guidelines it rests on
    register: str | None = None
    ground: str | None = None  # the refusal it points to


@dataclass(frozen=True)
class KeptByLaw:
    """Data that a law requires us to keep, as in the notice: Art. 17(3)(b)."""

    data: str
    provision: str
    until: str
    ground: str = "exception_17_3_b"


class _HintText(NamedTuple):
    """The text and source of a hint before translation."""

    text: str
    source: str = ""
    ground: str | None = None

    def hint(
        self, right: Right, gettext: Callable[[str], str], register: str | None = None
    ) -> Hint:
        source = gettext(self.source) if self.source else ""
        return Hint(right, gettext(self.text), source, register, self.ground)


# Hints that do not depend on the notice.
_GENERAL: Mapping[Right, tuple[_HintText, ...]] = {
    Right.ACCESS: (
        _HintText(
            N_("Give the data as they were on the day of receipt, mistakes included."),
            N_("EDPB Guidelines 01/2022, paragraphs 36–39"),
        ),
        _HintText(
            N_("Cover what is about other people; do not refuse the rest."),
            N_("GDPR, Article 15(4)"),
        ),
    ),
    Right.RECTIFICATION: (
        _HintText(
            N_("If you cannot show at once who is right, restrict use meanwhile."),
            N_("GDPR, Article 18(1)(a)"),
        ),
        _HintText(
            N_("An opinion is not corrected: add the person’s own statement to it."),
            N_("GDPR, Article 16"),
        ),
    ),
    Right.ERASURE: (
        _HintText(
            N_(
                "Look at each group of data by itself: erase what you can, keep what you must."
            ),
            N_("GDPR, Article 17(1) and (3)"),
        ),
    ),
    Right.RESTRICTION: (
        _HintText(
            N_(
                "Reasons to restrict: accuracy contested, processing unlawful, needed for the person’s claim, objection being examined."
            ),
            N_("GDPR, Article 18(1)"),
        ),
        _HintText(
            N_("Tell the person before the restriction ends."),
            N_("GDPR, Article 18(3)"),
        ),
    ),
    Right.PORTABILITY: (
        _HintText(
            N_(
                "Only what the person gave or what was observed of them, not what was inferred; CSV, JSON or XML, not PDF."
            ),
            N_("GDPR, Article 20(1)"),
        ),
    ),
    Right.OBJECTION: (
        _HintText(
            N_("Restrict use until the grounds are weighed."),
            N_("GDPR, Article 18(1)(d)"),
        ),
        _HintText(
            N_("It is for us to show that our grounds weigh more."),
            N_("GDPR, Article 21(1)"),
        ),
    ),
    Right.MARKETING: (
        _HintText(
            N_("Do it at once. It is never refused, and no reason is asked."),
            N_("GDPR, Article 21(2)–(3)"),
        ),
        _HintText(
            N_(
                "Keep only the address or number on a list of those who want no marketing."
            )
        ),
    ),
    Right.WITHDRAWAL: (
        _HintText(N_("Do it at once. It is never refused."), N_("GDPR, Article 7(3)")),
        _HintText(
            N_("What was based on consent alone is erased too, if the person wants."),
            N_("GDPR, Article 17(1)(b)"),
        ),
    ),
    Right.HUMAN_REVIEW: (
        _HintText(
            N_("A person who may change the decision looks at it anew."),
            N_("GDPR, Article 22(3)"),
        ),
    ),
    Right.OTHER: (
        _HintText(
            N_(
                "No right need be named. Read the request in the person’s favour, or ask."
            ),
            N_("EDPB Guidelines 01/2022, paragraph 50"),
        ),
    ),
}


def hints_on(
    rights: frozenset[Right], concerned: tuple[Register, ...], kept: Kept, language: str
) -> Iterator[Hint]:
    gettext = catalogue(language).gettext
    for right in sorted(rights, key=list(Right).index):
        for general in _GENERAL[right]:
            yield general.hint(right, gettext)
        if right in AT_ONCE or right in _ALWAYS:
            continue
        for register in concerned:
            yield from _of_register(right, register, kept, gettext)


def kept_by_law(register: Register, language: str) -> Iterator[KeptByLaw]:
    """Data that a law requires us to keep, such as vouchers.

    They belong to a purpose with an act and section as its basis and its own time.
    """
    for purpose in register.purposes or ():
        basis = purpose.basis
        if basis and basis.article is Article6.LEGAL_OBLIGATION and basis.law:
            for period in purpose.retention or ():
                data, until = kept_and_until(period, language)
                yield KeptByLaw(data, in_language(basis.law, language), until)


_ALWAYS = frozenset({Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION, Right.OTHER})
_BASIS_MISSING = _HintText(
    N_("The notice does not tell every basis. Find it out first.")
)


def _of_register(
    right: Right, register: Register, kept: Kept, gettext: Callable[[str], str]
) -> Iterator[Hint]:
    """Hints from the legal bases of a register; none if it could not be read."""
    if register.id in kept.unread:
        return
    holds = {str(each.right.id): each.holds for each in rights_in([register], kept.law)}
    articles = {basis.article for basis in bases(register)}
    if not bases_are_known(register) and right is not Right.HUMAN_REVIEW:
        yield _BASIS_MISSING.hint(right, gettext, register.id)
    if right is Right.ERASURE:
        yield from _on_erasure(articles, register.id, gettext)
    elif holds.get(right.value) is Holds.NOT_HERE:
        yield _NOT_HERE[right].hint(right, gettext, register.id)


_NOT_HERE: Mapping[Right, _HintText] = {
    Right.PORTABILITY: _HintText(
        N_("By the notice, processing rests neither on consent nor on a contract."),
        N_("GDPR, Article 20(1)"),
        "right_not_available_basis",
    ),
    Right.OBJECTION: _HintText(
        N_(
            "By the notice, processing rests neither on a legitimate interest nor on a public task."
        ),
        N_("GDPR, Article 21(1)"),
        "right_not_available_basis",
    ),
    Right.HUMAN_REVIEW: _HintText(
        N_("By the notice, no decisions are made solely by automated means."),
        N_("GDPR, Article 22(1)"),
        "no_automated_decision_22",
    ),
}

_ON_ERASURE: Mapping[Article6, _HintText] = {
    Article6.CONSENT: _HintText(
        N_("Consent is a basis: erasure may mean that it is withdrawn."),
        N_("GDPR, Article 17(1)(b)"),
    ),
    Article6.CONTRACT: _HintText(
        N_("A contract is a basis: keep what it still needs, erase the rest."),
        N_("GDPR, Article 17(1)(a)"),
        "still_needed_17_1",
    ),
    Article6.LEGAL_OBLIGATION: _HintText(
        N_(
            "A legal obligation is a basis, such as accounting: keep what it names, as long as it says."
        ),
        N_("GDPR, Article 17(3)(b)"),
        "exception_17_3_b",
    ),
    Article6.PUBLIC_TASK: _HintText(
        N_("A public task is a basis: keep what the task needs."),
        N_("GDPR, Article 17(3)(b)"),
        "exception_17_3_b",
    ),
    Article6.LEGITIMATE_INTERESTS: _HintText(
        N_("A legitimate interest is a basis: treat the request as an objection too."),
        N_("GDPR, Article 17(1)(c)"),
    ),
}


def _on_erasure(
    articles: set[Basis6 | None], register: str, gettext: Callable[[str], str]
) -> Iterator[Hint]:
    for article, says in _ON_ERASURE.items():
        if article in articles:
            yield says.hint(Right.ERASURE, gettext, register)
