"""What was requested and is still undecided: GDPR Art. 12(3)–(4)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from request_app.cases.decision.outcome import Handled
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.notice.data_groups import ALL, places_to_decide
from request_app.cases.rights import BY_REGISTER
from request_app.store.values import Right


class Open(NamedTuple):
    """A right, and the group of data still to decide; no group: the whole right."""

    right: Right
    group: str = ""


def undecided(facts: Facts, handled: Handled) -> Iterator[Open]:
    """Each right, or each of its groups of data, that has no decision yet.

    A decision on a part does not decide the whole: the rest would stay unanswered.
    """
    for right in sorted(facts.rights, key=list(Right).index):
        decided = [each for each in handled.decisions if each.decision.right is right]
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
    places = places_to_decide(
        facts.case, facts.registers, facts.kept, handled.search_results
    )
    return list(places) or [ALL]
