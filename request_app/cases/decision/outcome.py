"""What was done in a case, with the words of staff: the source of the answer."""

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
    """A current decision, with what staff wrote for it.

    The words: facts, kept_until, provision, data, done, old, new, controller. Granted
    in part within one register takes two decisions: on “members” and, with the words
    `data` saying which, on “members#2”.
    """

    decision: Decision
    words: Words


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What was done in a case by its steps, with what staff wrote."""

    progress: Progress
    decision_words: Mapping[Key, Words] = field(default_factory=dict, repr=False)
    recipient_words: Mapping[str, Words] = field(default_factory=dict, repr=False)
    attached: Sequence[str] = field(default=(), repr=False)  # the names of files
    # The requested corrections by group: the old data, and the data as requested.
    corrections: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    # Written for the answer itself: own_words, access_information, request_times
    words: Words = field(default_factory=dict, repr=False)

    @property
    def decisions(self) -> list[WordedDecision]:
        """The current decisions, right by right."""
        by_right = list(Right)
        stands = self.progress.decisions
        return [
            WordedDecision(stands[key], self.decision_words.get(key, {}))
            for key in sorted(stands, key=lambda key: by_right.index(key[0]))
        ]

    @property
    def recipients(self) -> dict[str, tuple[RecipientStatus, Words]]:
        """The status of each recipient, with the name and reason that staff wrote."""
        words = self.recipient_words
        recipients = self.progress.recipients.items()
        return {key: (each, words.get(key, {})) for key, each in recipients}

    @property
    def search_results(self) -> dict[str, bool | None]:
        """Whether data were found, by place."""
        return {key: each.found for key, each in self.progress.searches.items()}

    @property
    def restricted_on(self) -> date | None:
        restriction = self.progress.restriction
        return restriction.since if restriction else None

    def with_outcome(self, *outcomes: Outcome) -> list[WordedDecision]:
        return [each for each in self.decisions if each.decision.outcome in outcomes]

    @property
    def no_data_found(self) -> bool:
        """Whether the answer says that there are no data.

        A missing item to correct does not mean that nothing else was found.
        """
        decisions = self.progress.decisions.values()
        if {each.outcome for each in decisions} != {Outcome.NO_DATA}:
            return False
        items = all(is_item(each.group) for each in decisions)
        return not (items and any(self.search_results.values()))

    @property
    def changed(self) -> list[WordedDecision]:
        """The decisions that recipients are notified of: GDPR Art. 19."""
        return [each for each in self.decisions if each.decision.changes_data]

    @property
    def has_changes(self) -> bool:
        """Whether recipients must be notified of anything: GDPR Art. 19."""
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
    """The current decisions on one right, by group of data."""
    words = _decision_words(opened)
    return {
        each.group: WordedDecision(each, words.get(each.key, {}))
        for each in opened.progress.decided(right)
    }


def search_notes(opened: Opened) -> Words:
    """The latest description of what was found, by place."""
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
    """The words for each recipient; only its name where a later change reset it."""
    stands = opened.progress.recipients
    for done in opened.history:
        if isinstance(done.step, RecipientSettled):
            is_reset = stands[done.step.recipient] != done.step
            kept = {"name"} & done.words.keys() if is_reset else done.words
            yield done.step.recipient, {name: done.words[name] for name in kept}


def _corrections(opened: Opened) -> Mapping[str, tuple[str, str]]:
    """The items to correct; one that is only half filled in needs a decision too."""
    items = opened.parts.get("request", {}).get("items") or []
    return {
        f"{ITEM}{number}": (each.get("now") or "", each.get("right") or "")
        for number, each in enumerate(items, 1)
    }
