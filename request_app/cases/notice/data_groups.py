"""The groups of data for decisions: registers, items, and parts of them.

A group is a register’s id, one of the other places, “all”, or “item-1” … of a
rectification; a part with its own decision is “members#2”.
"""

from collections.abc import Iterator, Mapping

from request_app.cases.notice.plan import OTHER_PLACES, registers_to_search
from request_app.cases.rights import BY_REGISTER
from request_app.published import Kept
from request_app.store.cases import Case
from request_app.store.values import Right

ALL = "all"
ITEM = "item-"
PART = "#"


def whole_of(group: str) -> str:
    """The register, item or “all” that a group is or belongs to."""
    return group.partition(PART)[0]


def is_item(group: str) -> bool:
    """Whether it is an item to correct, which is no place to search."""
    return group.startswith(ITEM)


def takes_data(right: Right, group: str) -> bool:
    """Whether a decision may name the data it is about.

    A part must; a whole register must not, or the rest of it would stay undecided; for
    other places they describe what was found there.
    """
    return PART in group or group in OTHER_PLACES or right not in BY_REGISTER


def places_to_decide(
    case: Case, registers: frozenset[str], kept: Kept, found: Mapping[str, bool | None]
) -> Iterator[str]:
    """Each register to search, and each other place in which data were found."""
    yield from (each.id for each in registers_to_search(case, registers, kept))
    yield from (place for place in OTHER_PLACES if found.get(place))
