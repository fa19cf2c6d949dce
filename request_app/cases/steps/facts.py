"""The facts that steps record: no personal data and no free text.

They are days, codes and ids of the notice, so the database holds them unencrypted.
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

Words = Mapping[str, str]  # what staff wrote, by the name of the field


class IdentityMethod(StrEnum):
    """How identity was verified, the least intrusive way first (EDPB ¶58–79)."""

    NO_DOUBT = "no-doubt"  # nothing more is asked: Art. 12(6) needs reasonable doubts
    KNOWN_ADDRESS = "known-address"  # they wrote from an address we had already
    CONFIRMED = "confirmed"  # a message to an address we had already was confirmed
    KNOWN_FACTS = "known-facts"  # they knew facts that we had already
    IN_PERSON = "in-person"
    STRONG = "strong"  # strong electronic identification
    DOCUMENT_SEEN = "document-seen"  # shown, never copied (¶76–79)


class Mandate(StrEnum):
    """The basis on which somebody acts for another (EDPB 01/2022 ¶80–90)."""

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
    """A later deadline, and the reason: GDPR Art. 12(3)."""

    to: date
    reason: str  # an id of `grounds`
    on: date


class LateNotice(Fact):
    """The person was notified that the answer is late, and when it will come."""

    on: date
    by: date


class Search(Fact):
    """The result of searching one place, or who is to search it."""

    place: str  # a register's id, or one of the other places
    found: bool | None = None  # none: not searched yet
    owner: str | None = None  # the id of an account


class Decision(Fact):
    """The outcome of a right for one group of data."""

    right: Right
    group: str  # see `notice.data_groups`
    outcome: Outcome
    on: date  # when it was done
    ground: str | None = None  # an id of `grounds`, where it was not granted
    reworded: bool = False  # only the words are new: no further data changed

    @property
    def key(self) -> tuple[Right, str]:
        return self.right, self.group

    @property
    def whole(self) -> str:
        """The register, item or “all” that the decision is on, wholly or in part."""
        return whole_of(self.group)

    @property
    def refusal(self) -> RefusalGround | None:
        """The ground of the refusal; none if granted, or if not chosen yet."""
        return REFUSALS.get(self.ground or "")

    @property
    def adds_statement(self) -> bool:
        """Whether the refusal adds the person’s own statement to the data."""
        return self.refusal is not None and self.refusal.adds_statement

    @property
    def changes_data(self) -> bool:
        """Whether recipients must be notified of the decision: GDPR Art. 19."""
        done = self.outcome is Outcome.GRANTED or self.adds_statement
        return self.right in CHANGES_DATA and done

    def is_partial(self, words: Words) -> bool:
        """Whether it covers only some data of a group and leaves the rest undecided."""
        named = bool(words.get("data", "").strip())
        return PART in self.group or (named and not takes_data(self.right, self.group))


class RecipientStatus(Fact):
    """Whether a recipient had this person's data, and was notified: GDPR Art. 19.

    Only recipients of the data that changed are notified; one that got other data of
    this person is a recipient (Art. 15(1)(c)) that need not be notified.
    """

    recipient: str
    got: bool
    unchanged: bool = False  # it got data, but none that changed
    told_on: date | None = None
    why_not: WhyNotTold | None = None

    @property
    def needs_notice(self) -> bool:
        return self.got and not self.unchanged

    @property
    def is_open(self) -> bool:
        """Whether it must be notified, and neither was nor has a reason why not."""
        return self.needs_notice and not self.told_on and not self.why_not

    @property
    def after_change(self) -> Self:
        """The status after further changes: a recipient of data is notified again."""
        undone = {"unchanged": False, "told_on": None, "why_not": None}
        return self.model_copy(update=undone)


class Dispatch(Fact):
    """An answer that was sent; it counts as delivered once the person has it."""

    delivery: str  # its id
    way: Way
    on: date


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question to the person, and whether they replied."""

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
    """The period in which data are stored but not used: GDPR Art. 18(2)."""

    since: date
    end_told_on: date | None = None
    ends: date | None = None  # the day that was announced to the person


class FirstAnswer(NamedTuple):
    """When the first answer was sent; answers after a reopening do not count."""

    on: date
    late: bool
    in_aim: bool  # within the desk’s own target
