"""Sets of rights that share a rule, and the outcomes that a right can have.

Each set is defined only here, so that a rule applies to the same rights everywhere.
"""

from collections.abc import Collection
from enum import StrEnum

from request_app.store.values import AT_ONCE, Right

NEEDS_IDENTITY = frozenset(Right) - AT_ONCE - {Right.OTHER}
WAITS_FOR_IDENTITY = frozenset({Right.ERASURE, Right.RECTIFICATION})
# A change that recipients are notified of: GDPR Art. 19.
CHANGES_DATA = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
# What is given with the answer: GDPR Art. 15(3), 20(1).
GIVES_DATA = frozenset({Right.ACCESS, Right.PORTABILITY})
# Each register, and each other place with data, needs its own decision.
BY_REGISTER = frozenset(
    {Right.ACCESS, Right.ERASURE, Right.RESTRICTION, Right.PORTABILITY, Right.OBJECTION}
)
DONE_IN_WORDS = frozenset({Right.HUMAN_REVIEW, Right.OTHER})


class Outcome(StrEnum):
    """What was decided on a right for one group of data."""

    GRANTED = "granted"
    REFUSED = "refused"  # for some groups only: the answer is granted in part
    NO_DATA = "no-data"
    NOT_IDENTIFIED = "not-identified"  # GDPR Art. 11(2), 12(2)
    PASSED_ON = "passed-on"  # to the controller for whom we process
    CANCELLED = "cancelled"  # the person wants no answer any more


NOT_DONE = frozenset({Outcome.REFUSED, Outcome.NOT_IDENTIFIED})


class Result(StrEnum):
    """The outcome of a right as a whole."""

    GRANTED = "granted"
    IN_PART = "in-part"
    REFUSED = "refused"
    NOT_IDENTIFIED = "not-identified"
    NO_DATA = "no-data"
    PASSED_ON = "passed-on"
    CANCELLED = "cancelled"
    OPEN = "open"


# Where groups of data have different outcomes, the first of these is that of all.
_FIRST = (
    Outcome.REFUSED,
    Outcome.NOT_IDENTIFIED,
    Outcome.GRANTED,
    Outcome.PASSED_ON,
    Outcome.NO_DATA,
    Outcome.CANCELLED,
)


def result_of(outcomes: Collection[Outcome]) -> Result:
    """The result of a right: in part, where some groups were granted and some not."""
    if Outcome.GRANTED in outcomes and not NOT_DONE.isdisjoint(outcomes):
        return Result.IN_PART
    first = next((each for each in _FIRST if each in outcomes), None)
    return Result(first.value) if first else Result.OPEN
