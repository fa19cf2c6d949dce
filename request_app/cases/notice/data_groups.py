"""The groups of data that are decided one by one."""

from collections.abc import Iterator, Mapping

from request_app.cases.notice.plan import OTHER_PLACES, registers_to_search
from request_app.cases.rights import BY_REGISTER
from request_app.cases.steps.kinds import PART, Decided, Words
from request_app.published import Kept
from request_app.store.cases import Case
from request_app.store.values import Right

ALL = "all"
ITEM = "item-"


def whole_of(each: Decided) -> str:
    """The register, item or “all” of which a decision is, or is a part of."""
    return each.group.partition(PART)[0]


def is_item(group: str) -> bool:
    """Whether it is an item to correct, which is said of no place."""
    return group.startswith(ITEM)


def takes_data(right: Right, group: str) -> bool:
    """Whether a decision may name the data it is about.

    A part must. A register as a whole must not, for then nothing would be said of the
    rest of it; of another place they tell what was found there.
    """
    return PART in group or group in OTHER_PLACES or right not in BY_REGISTER


def is_some(each: Decided, words: Words) -> bool:
    """Whether a decision is of some of a group, so that the rest needs a word too."""
    named = bool(words.get("data", "").strip())
    return PART in each.group or (named and not takes_data(each.right, each.group))


def places_to_decide(
    case: Case,
    registers: frozenset[str],
    kept: Kept,
    found: Mapping[str, bool | None],
) -> Iterator[str]:
    """Each register, and each place outside them in which data were found."""
    yield from (each.id for each in registers_to_search(case, registers, kept))
    yield from (place for place in OTHER_PLACES if found.get(place))
