"""What staff should think of on each right, and what the bases in the notice suggest.

Suggestions only: the basis belongs to a purpose, and the notice may be silent or wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.content.model import Register
from generator.content.values import Article6, Basis6
from generator.languages import N_, catalogue
from generator.rights import Holds, bases, bases_are_told
from generator.rights import rights as rights_in
from request_app.published import Kept
from request_app.store.values import AT_ONCE, Right


@dataclass(frozen=True)
class Hint:
    """What the notice suggests on a right; in a register, or in general."""

    right: Right
    text: str
    register: str | None = None
    ground: str | None = None  # the refusal it points to


# What staff think of, whatever the notice says. Texts and the ground they point to.
_GENERAL: Mapping[Right, tuple[str, ...]] = {
    Right.ACCESS: (
        N_(
            "Give the data as they were on the day of receipt, mistakes included (¶36–39)."
        ),
        N_("Cover what is about other people; do not refuse the rest (Art. 15(4))."),
    ),
    Right.RECTIFICATION: (
        N_(
            "If you cannot show at once who is right, restrict use meanwhile (Art. 18(1)(a))."
        ),
        N_(
            "An opinion is not corrected: add the person’s own statement to it (Art. 16)."
        ),
    ),
    Right.ERASURE: (
        N_(
            "Look at each group of data by itself: erase what you can, keep what you must."
        ),
    ),
    Right.RESTRICTION: (
        N_(
            "Reasons (Art. 18(1)): accuracy contested, processing unlawful, needed for the person’s claim, objection being examined."
        ),
        N_("Tell the person before the restriction ends (Art. 18(3))."),
    ),
    Right.PORTABILITY: (
        N_(
            "Only what the person gave or what was observed of them, not what was inferred; CSV, JSON or XML, not PDF."
        ),
    ),
    Right.OBJECTION: (
        N_("Restrict use until the grounds are weighed (Art. 18(1)(d))."),
        N_("It is for us to show that our grounds weigh more (Art. 21(1))."),
    ),
    Right.MARKETING: (
        N_(
            "Do it at once. It is never refused, and no reason is asked (Art. 21(2)–(3))."
        ),
        N_("Keep only the address or number on a list of those who want no marketing."),
    ),
    Right.WITHDRAWAL: (
        N_("Do it at once. It is never refused (Art. 7(3))."),
        N_(
            "What was based on consent alone is erased too, if the person wants (Art. 17(1)(b))."
        ),
    ),
    Right.HUMAN_REVIEW: (
        N_("A person who may change the decision looks at it anew (Art. 22(3))."),
    ),
    Right.OTHER: (
        N_(
            "No right need be named (¶50). Read the request in the person’s favour, or ask."
        ),
    ),
}


def hints_on(
    rights: frozenset[Right],
    concerned: tuple[Register, ...],
    kept: Kept,
    language: str,
) -> Iterator[Hint]:
    gettext = catalogue(language).gettext
    if {Right.ACCESS, Right.ERASURE} <= rights:
        text = gettext(
            "First give the data, then erase them (EDPB 01/2022, example 6)."
        )
        yield Hint(Right.ERASURE, text)
    for right in sorted(rights, key=list(Right).index):
        for general in _GENERAL[right]:
            yield Hint(right, gettext(general))
        if right in AT_ONCE or right in _ALWAYS:
            continue
        for register in concerned:
            yield from _of_register(right, register, kept, gettext)


_ALWAYS = frozenset({Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION, Right.OTHER})


def _of_register(
    right: Right, register: Register, kept: Kept, gettext: Callable[[str], str]
) -> Iterator[Hint]:
    """What the bases of a register suggest; nothing where it could not be read."""
    if register.id in kept.unread:
        return
    holds = {str(each.right.id): each.holds for each in rights_in([register], kept.law)}
    told = {basis.article for basis in bases(register)}
    if not bases_are_told(register) and right is not Right.HUMAN_REVIEW:
        text = gettext("The notice does not tell every basis. Find it out first.")
        yield Hint(right, text, register.id)
    if right is Right.ERASURE:
        yield from _on_erasure(told, register.id, gettext)
    elif holds.get(right.value) is Holds.NOT_HERE:
        text, ground = _NOT_HERE[right]
        yield Hint(right, gettext(text), register.id, ground)


_NOT_HERE: Mapping[Right, tuple[str, str]] = {
    Right.PORTABILITY: (
        N_("By the notice, processing rests neither on consent nor on a contract."),
        "right_not_available_basis",
    ),
    Right.OBJECTION: (
        N_(
            "By the notice, processing rests neither on a legitimate interest nor on a public task."
        ),
        "right_not_available_basis",
    ),
    Right.HUMAN_REVIEW: (
        N_("By the notice, no decisions are made solely by automated means."),
        "no_automated_decision_22",
    ),
}

_ON_ERASURE: Mapping[Article6, tuple[str, str | None]] = {
    Article6.CONSENT: (
        N_(
            "Consent is a basis: erasure may mean that it is withdrawn (Art. 17(1)(b))."
        ),
        None,
    ),
    Article6.CONTRACT: (
        N_("A contract is a basis: keep what it still needs, erase the rest."),
        "still_needed_17_1",
    ),
    Article6.LEGAL_OBLIGATION: (
        N_(
            "A legal obligation is a basis, such as accounting: keep what it names, as long as it says."
        ),
        "exception_17_3_b",
    ),
    Article6.PUBLIC_TASK: (
        N_("A public task is a basis: keep what the task needs."),
        "exception_17_3_b",
    ),
    Article6.LEGITIMATE_INTERESTS: (
        N_(
            "A legitimate interest is a basis: treat the request as an objection too (Art. 17(1)(c))."
        ),
        None,
    ),
}


def _on_erasure(
    told: set[Basis6 | None], register: str, gettext: Callable[[str], str]
) -> Iterator[Hint]:
    for article, (text, ground) in _ON_ERASURE.items():
        if article in told:
            yield Hint(Right.ERASURE, gettext(text), register, ground)
