"""What was done in a case, out of its history: what the answer is computed from.

    case = Handled(
        decisions=[(Decided(…), words), …],   # words: facts, kept_until, provision,
                                              # data, done, old, new, controller
        searches=[Searched(…), …],
        recipients=[(RecipientSettled(…), words), …],   # words: name, why
        restricted_on=None,                   # the day of RestrictionSet
        attached=["tiedot.csv", …],
        words={"own_words": …, "access_information": …, "request_times": …},
    )

Granted in part within one register takes two decisions: on “members” and, with the
words `data` saying which, on “members#2”. Only a part says which data it is
about. Deciding again takes the place of what was decided before, so steps may be handed
over as they are, the oldest first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from request_app.cases.grounds import changes_data
from request_app.cases.lifecycle.opened import Done, Opened
from request_app.cases.notice.data_groups import ITEM, is_item
from request_app.cases.steps.kinds import (
    Decided,
    Outcome,
    RecipientSettled,
    Searched,
    Words,
)
from request_app.store.values import Right

NOT_DONE = frozenset({Outcome.REFUSED, Outcome.NOT_IDENTIFIED})

Said = tuple[Decided, Words]


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What has been done in a case, as its steps tell it."""

    decisions: Sequence[Said] = field(repr=False)
    searches: Sequence[Searched] = ()
    recipients: Sequence[tuple[RecipientSettled, Words]] = field(default=(), repr=False)
    restricted_on: date | None = None
    attached: Sequence[str] = field(default=(), repr=False)  # the names of files
    # What a correction was to be, by its group: as it was, and as it should be.
    corrections: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    words: Words = field(default_factory=dict, repr=False)

    @property
    def standing(self) -> list[Said]:
        """The decisions that stand: one a right and group, the last one."""
        found: dict[tuple[Right, str], Said] = {}
        for each, words in self.decisions:
            found[each.right, each.group] = (each, words)
        by_right = list(Right)
        return sorted(found.values(), key=lambda said: by_right.index(said[0].right))

    @property
    def settled(self) -> dict[str, tuple[RecipientSettled, Words]]:
        return {each.recipient: (each, words) for each, words in self.recipients}

    @property
    def found(self) -> dict[str, bool | None]:
        """What became of each place to search, the last word on it."""
        return {each.place: each.found for each in self.searches}

    def of(self, *outcomes: Outcome) -> list[Said]:
        return [each for each in self.standing if each[0].outcome in outcomes]

    @property
    def none_at_all(self) -> bool:
        """Whether the answer says that there are no data.

        That an item to correct is not there says nothing of what else was found.
        """
        if {each.outcome for each, _ in self.standing} != {Outcome.NO_DATA}:
            return False
        items = all(is_item(each.group) for each, _ in self.standing)
        return not (items and any(self.found.values()))

    @property
    def changed(self) -> list[Said]:
        """The decisions by which data changed of which recipients are told: Art. 19."""
        return [said for said in self.standing if changes_data(said[0])]

    @property
    def changes(self) -> bool:
        """Whether there is something of which recipients are told: GDPR Art. 19."""
        return self.restricted_on is not None or bool(self.changed)


class Result(StrEnum):
    """What became of a request, or of one right of it, as a whole."""

    GRANTED = "granted"
    IN_PART = "in-part"
    REFUSED = "refused"
    NOTHING_THERE = "nothing-there"  # no data; passed on; cancelled


def result(decisions: Sequence[Said], right: Right | None = None) -> Result:
    """Granted in part is computed: some groups of data were granted and some not."""
    outcomes = {each.outcome for each, _ in decisions if right in {None, each.right}}
    granted, refused = Outcome.GRANTED in outcomes, bool(outcomes & NOT_DONE)
    if granted and refused:
        return Result.IN_PART
    if refused:
        return Result.REFUSED
    return Result.GRANTED if granted else Result.NOTHING_THERE


def handled(
    opened: Opened, words: Words | None = None, *, attached: Sequence[str] = ()
) -> Handled:
    """Gather the steps of a case; `words` are those written for the answer itself."""
    history, restriction = opened.history, opened.progress.restriction
    return Handled(
        decisions=list(_decisions(opened)),
        searches=[each.step for each in history if isinstance(each.step, Searched)],
        recipients=list(_recipients(opened)),
        restricted_on=restriction.since if restriction else None,
        attached=attached,
        corrections=_corrections(opened),
        words=words or {},
    )


def _corrections(opened: Opened) -> Mapping[str, tuple[str, str]]:
    """Every item needs a word, also one of which only half was written."""
    items = opened.parts.get("request", {}).get("items") or []
    return {
        f"{ITEM}{number}": (each.get("now") or "", each.get("right") or "")
        for number, each in enumerate(items, 1)
    }


def decided(opened: Opened, right: Right) -> Mapping[str, Said]:
    """What stands of one right, by the groups of data."""
    return {
        step.group: (step, words)
        for step, words in handled(opened).standing
        if step.right is right
    }


def found_in_words(opened: Opened) -> Words:
    """What was found in each place, in the words of the desk; the last word on it."""
    return {
        done.step.place: done.words.get("what", "")
        for done in opened.history
        if isinstance(done.step, Searched)
    }


def _decisions(opened: Opened) -> Iterator[Said]:
    """Those that stand: of what was taken back, the letter says nothing."""
    stands = opened.progress.decisions
    for done in opened.history:
        step = done.step
        if isinstance(step, Decided) and stands.get((step.right, step.group)) == step:
            yield step, _all_words(done)


def _recipients(opened: Opened) -> Iterator[tuple[RecipientSettled, Words]]:
    """What stands of each; of what a later change has undone the name is left."""
    stands = opened.progress.recipients
    for done in opened.history:
        step = done.step
        if isinstance(step, RecipientSettled) and step.recipient in stands:
            now = stands[step.recipient]
            name = {key: done.words[key] for key in ("name",) if key in done.words}
            yield now, done.words if now == step else name


def _all_words(done: Done) -> Words:
    return {**done.words, **done.values}
