"""What was done in a case, with what was written at it: the answer is made of this."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from request_app.cases.lifecycle.opened_case import Opened
from request_app.cases.notice.data_groups import ITEM, is_item
from request_app.cases.rights import Outcome
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.facts import Decision, RecipientStatus, Words
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.search import Searched
from request_app.store.values import Right

Key = tuple[Right, str]


class WordedDecision(NamedTuple):
    """A decision that stands, with what was written at it.

    The words: facts, kept_until, provision, data, done, old, new, controller. Granted
    in part within one register takes two decisions: on “members” and, with the words
    `data` saying which, on “members#2”.
    """

    decision: Decision
    words: Words


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What has been done in a case, as its steps left it, and in which words."""

    progress: Progress
    decision_words: Mapping[Key, Words] = field(default_factory=dict, repr=False)
    recipient_words: Mapping[str, Words] = field(default_factory=dict, repr=False)
    attached: Sequence[str] = field(default=(), repr=False)  # the names of files
    # What a correction was to be, by its group: as it was, and as it should be.
    corrections: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    # Written for the answer itself: own_words, access_information, request_times
    words: Words = field(default_factory=dict, repr=False)

    @property
    def standing(self) -> list[WordedDecision]:
        """The decisions that stand, right by right."""
        by_right = list(Right)
        stands = self.progress.decisions
        return [
            WordedDecision(stands[key], self.decision_words.get(key, {}))
            for key in sorted(stands, key=lambda key: by_right.index(key[0]))
        ]

    @property
    def settled(self) -> dict[str, tuple[RecipientStatus, Words]]:
        """The recipients, each with the name and the reason that were written."""
        words = self.recipient_words
        found = self.progress.recipients.items()
        return {key: (each, words.get(key, {})) for key, each in found}

    @property
    def found(self) -> dict[str, bool | None]:
        """What the search of each place found."""
        return {key: each.found for key, each in self.progress.searches.items()}

    @property
    def restricted_on(self) -> date | None:
        restriction = self.progress.restriction
        return restriction.since if restriction else None

    def of(self, *outcomes: Outcome) -> list[WordedDecision]:
        return [each for each in self.standing if each.decision.outcome in outcomes]

    @property
    def no_data_found(self) -> bool:
        """Whether the answer says that there are no data.

        That an item to correct is not there says nothing of what else was found.
        """
        decisions = self.progress.decisions.values()
        if {each.outcome for each in decisions} != {Outcome.NO_DATA}:
            return False
        items = all(is_item(each.group) for each in decisions)
        return not (items and any(self.found.values()))

    @property
    def changed(self) -> list[WordedDecision]:
        """The decisions of which recipients are notified: GDPR Art. 19."""
        return [each for each in self.standing if each.decision.changes_data]

    @property
    def changes(self) -> bool:
        """Whether there is something of which recipients are notified: Art. 19."""
        return self.restricted_on is not None or bool(self.changed)


def handled(
    opened: Opened, words: Words | None = None, *, attached: Sequence[str] = ()
) -> Handled:
    """Gather what was done; `words` are those written for the answer itself."""
    return Handled(
        progress=opened.progress,
        decision_words=_decision_words(opened),
        recipient_words=dict(_recipient_words(opened)),
        attached=attached,
        corrections=_corrections(opened),
        words=words or {},
    )


def decided(opened: Opened, right: Right) -> Mapping[str, WordedDecision]:
    """What stands of one right, by the groups of data."""
    words = _decision_words(opened)
    return {
        each.group: WordedDecision(each, words.get(each.key, {}))
        for each in opened.progress.decided(right)
    }


def found_in_words(opened: Opened) -> Words:
    """What was found in each place, as it was written last."""
    return {
        done.step.place: done.words.get("what", "")
        for done in opened.history
        if isinstance(done.step, Searched)
    }


def _decision_words(opened: Opened) -> Mapping[Key, Words]:
    return {
        done.step.key: {**done.words, **done.values}
        for done in opened.history
        if isinstance(done.step, Decided)
    }


def _recipient_words(opened: Opened) -> Iterator[tuple[str, Words]]:
    """Where a later change undid what was settled, the name is left."""
    stands = opened.progress.recipients
    for done in opened.history:
        if isinstance(done.step, RecipientSettled):
            undone = stands[done.step.recipient] != done.step
            kept = {"name"} & done.words.keys() if undone else done.words
            yield done.step.recipient, {name: done.words[name] for name in kept}


def _corrections(opened: Opened) -> Mapping[str, tuple[str, str]]:
    """Every item needs a decision, also one of which only half was written."""
    items = opened.parts.get("request", {}).get("items") or []
    return {
        f"{ITEM}{number}": (each.get("now") or "", each.get("right") or "")
        for number, each in enumerate(items, 1)
    }
