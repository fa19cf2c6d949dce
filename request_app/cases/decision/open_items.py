"""What was asked and nothing is said of yet: GDPR Art. 12(3)–(4)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from request_app.cases.decision.outcome import Handled
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.data_groups import ALL, places_to_decide
from request_app.cases.rights import BY_REGISTER
from request_app.store.values import Right


class Open(NamedTuple):
    """A right, and the group of data that needs a word; none, where all of it does."""

    right: Right
    group: str = ""


def undecided(facts: Facts, handled: Handled) -> Iterator[Open]:
    """Each right and, where groups are decided one by one, each group without a word.

    A part is no word on the whole: of the rest of it nothing would be told.
    """
    for right in sorted(facts.rights, key=list(Right).index):
        decided = [said for said in handled.standing if said[0].right is right]
        whole = {each.group for each, words in decided if not each.is_partial(words)}
        if not decided:
            yield Open(right)
        elif ALL not in whole:
            groups = _groups(right, facts, handled)
            yield from (Open(right, each) for each in groups if each not in whole)


def _groups(right: Right, facts: Facts, handled: Handled) -> Iterable[str]:
    if right is Right.RECTIFICATION:
        return handled.corrections
    if right not in BY_REGISTER:
        return ()
    places = places_to_decide(facts.case, facts.registers, facts.kept, handled.found)
    return list(places) or [ALL]
