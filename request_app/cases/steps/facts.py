"""What steps leave in a case: facts without personal data, and no words.

They are days, codes and ids of the notice, so they stand in the database in the clear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from request_app.cases.grounds import REFUSALS, RefusalGround
from request_app.cases.notice.data_groups import PART, takes_data, whole_of
from request_app.cases.rights import CHANGES_DATA, Outcome
from request_app.deadlines import Pause, PauseKind
from request_app.store.values import Right, Way

Words = Mapping[str, str]  # what was written, by the name of its field


class IdentityMethod(StrEnum):
    """How the requester's identity was verified, least asked first (EDPB ¶58–79)."""

    NO_DOUBT = "no-doubt"  # nothing more is asked: Art. 12(6) needs reasonable doubts
    KNOWN_ADDRESS = "known-address"  # they wrote from an address we had already
    CONFIRMED = "confirmed"  # a message to an address we had already was confirmed
    KNOWN_FACTS = "known-facts"  # they told what we had already
    IN_PERSON = "in-person"
    STRONG = "strong"  # strong electronic identification
    DOCUMENT_SEEN = "document-seen"  # shown, never copied (¶76–79)


class Mandate(StrEnum):
    """By what somebody acts for another (EDPB 01/2022 ¶80–90)."""

    CUSTODY = "custody"
    GUARDIANSHIP = "guardianship"
    AUTHORISATION = "authorisation"


class WhyNotTold(StrEnum):
    """Why a recipient was not notified of a change (GDPR Art. 19)."""

    IMPOSSIBLE = "impossible"
    DISPROPORTIONATE = "disproportionate"


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Extension(Fact):
    """Further time to answer, and the reason: GDPR Art. 12(3)."""

    to: date
    reason: str  # an id of `grounds`
    on: date


class LateNotice(Fact):
    """The person was told that the answer is late, and by when it comes."""

    on: date
    by: date


class Search(Fact):
    """What a search of one place found, or who is to search it."""

    place: str  # a register's id, or one of the other places
    found: bool | None = None  # none: not searched yet
    owner: str | None = None  # the id of an account


class Decision(Fact):
    """What becomes of a right for one group of data."""

    right: Right
    group: str  # see `notice.data_groups`
    outcome: Outcome
    on: date  # when it was done
    ground: str | None = None  # an id of `grounds`, where it was not granted
    reworded: bool = False  # the same as before in other words: nothing more changed

    @property
    def key(self) -> tuple[Right, str]:
        return self.right, self.group

    @property
    def whole(self) -> str:
        """The register, item or “all” of which it is, or is a part of."""
        return whole_of(self.group)

    @property
    def refusal(self) -> RefusalGround | None:
        """The ground of the refusal; none where it is granted or not chosen yet."""
        return REFUSALS.get(self.ground or "")

    @property
    def adds_statement(self) -> bool:
        """Whether the refusal adds the person’s own statement to the data."""
        return self.refusal is not None and self.refusal.adds_statement

    @property
    def changes_data(self) -> bool:
        """Whether recipients are notified of what was decided: GDPR Art. 19."""
        done = self.outcome is Outcome.GRANTED or self.adds_statement
        return self.right in CHANGES_DATA and done

    def is_partial(self, words: Words) -> bool:
        """Whether it is of some data of a group, so that the rest is still open."""
        named = bool(words.get("data", "").strip())
        return PART in self.group or (named and not takes_data(self.right, self.group))


class RecipientStatus(Fact):
    """Whether a recipient had this person's data, and was notified: GDPR Art. 19.

    Notified are those who got the very data that changed; who got others of this person
    is a recipient (Art. 15(1)(c)) that need not be notified.
    """

    recipient: str
    got: bool
    unchanged: bool = False  # it got data, and none of those that changed
    told_on: date | None = None
    why_not: WhyNotTold | None = None

    @property
    def must_know(self) -> bool:
        return self.got and not self.unchanged

    @property
    def is_open(self) -> bool:
        """It must be notified, and neither was nor has it been said why not."""
        return self.must_know and not self.told_on and not self.why_not

    @property
    def after_a_change(self) -> Self:
        """What is left of it once more data change: who got data is notified again."""
        undone = {"unchanged": False, "told_on": None, "why_not": None}
        return self.model_copy(update=undone)


class Dispatch(Fact):
    """The answer on its way to the person; not fetched is not delivered."""

    delivery: str  # its id
    way: Way
    on: date


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something the person was asked."""

    kind: PauseKind
    asked_on: date
    excused: bool = False
    answered_on: date | None = None
    enough: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_on is None

    @property
    def pause(self) -> Pause:
        return Pause(
            kind=self.kind,
            asked_on=self.asked_on,
            answered_on=self.answered_on,
            excused=self.excused,
        )


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """The time in which data are stored and not used: GDPR Art. 18(2)."""

    since: date
    end_told_on: date | None = None
    ends: date | None = None  # as the person was told


class FirstAnswer(NamedTuple):
    """When the first answer went out; one after a reopening changes none of it."""

    on: date
    late: bool
    in_aim: bool  # by the day on which the desk itself wanted it
