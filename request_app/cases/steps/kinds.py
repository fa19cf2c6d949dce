"""What can be done in a case: one class a step, with the facts that decide.

Facts are plain and hold no personal data: days, codes, ids of the notice. What is
said in words goes with a step in an envelope (`Words`).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from request_app.deadlines import PauseKind
from request_app.store.values import Right, Way

Words = Mapping[str, str]  # by the name of the field they were written in


PART = "#"  # “members#2”: a part of a register that is decided by itself


class Outcome(StrEnum):
    """What became of a right for a group of data."""

    GRANTED = "granted"
    REFUSED = "refused"  # for some groups only: the answer is granted in part
    NO_DATA = "no-data"
    NOT_IDENTIFIED = "not-identified"  # GDPR Art. 11(2), 12(2)
    PASSED_ON = "passed-on"  # to the controller for whom we process
    CANCELLED = "cancelled"  # the person wants no answer any more


class IdentityMethod(StrEnum):
    """How it became clear who asks, least asked first (EDPB 01/2022 ¶58–79)."""

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
    """Why a recipient was not told of a change (GDPR Art. 19)."""

    IMPOSSIBLE = "impossible"
    DISPROPORTIONATE = "disproportionate"


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Taken(_Step):
    """A member of staff answers for the case from now on."""

    kind: Literal["taken"] = "taken"
    handler: str  # the id of an account


class RightsSettled(_Step):
    """Which rights the request holds, as the person meant it (EDPB 01/2022 ¶48)."""

    kind: Literal["rights-settled"] = "rights-settled"
    rights: tuple[Right, ...] = Field(min_length=1)


class IdentitySettled(_Step):
    """It is clear who asks; an open question about it has found its answer."""

    kind: Literal["identity-settled"] = "identity-settled"
    method: IdentityMethod
    on: date


class IdentityDenied(_Step):
    """Who reads at an address on file says that the request is not theirs."""

    kind: Literal["identity-denied"] = "identity-denied"
    on: date


class IdentityClaimed(_Step):
    """Who reads another mail says that it is theirs, after a no: it settles nothing."""

    kind: Literal["identity-claimed"] = "identity-claimed"
    on: date


class MandateSettled(_Step):
    kind: Literal["mandate-settled"] = "mandate-settled"
    mandate: Mandate
    on: date


class Asked(_Step):
    """A question to the person; two kinds stop the clock (EDPB 01/2022 ¶159)."""

    kind: Literal["asked"] = "asked"
    question: PauseKind
    on: date
    way: Way
    excused: bool = False  # asked late, with the reason noted in words


class Answered(_Step):
    """The person's answer to an open question; one that was not enough counts too."""

    kind: Literal["answered"] = "answered"
    question: PauseKind
    on: date
    enough: bool


class Extended(_Step):
    """Further time: GDPR Art. 12(3), once, told in the first month with the reason."""

    kind: Literal["extended"] = "extended"
    to: date
    reason: str  # an id of `grounds`
    on: date


class Searched(_Step):
    """One of the places was searched, or given to somebody to search."""

    kind: Literal["searched"] = "searched"
    place: str  # a register's id, or one of the other places
    found: bool | None = None  # none: not searched yet
    owner: str | None = None  # the id of an account


class Decided(_Step):
    """What becomes of a right for a group of data; deciding again takes its place."""

    kind: Literal["decided"] = "decided"
    right: Right
    # A register's id, “all”, or “item-1” … of a rectification; for a part of it, “#2” …
    group: str
    outcome: Outcome
    on: date  # when it was done
    ground: str | None = None  # an id of `grounds`, where it was not granted
    reworded: bool = False  # the same as before in other words: nothing more changed


class Undecided(_Step):
    """A decision is taken back, such as one on a part that there is not."""

    kind: Literal["undecided"] = "undecided"
    right: Right
    group: str


class RecipientSettled(_Step):
    """Whether a recipient had this person's data, and when it was told: Art. 19.

    Told are those who got the very data that changed; who got others of this person
    is a recipient (Art. 15(1)(c)) and has nothing to be told.
    """

    kind: Literal["recipient-settled"] = "recipient-settled"
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
        """It must be told, and neither was nor has it been said why not."""
        return self.must_know and not self.told_on and not self.why_not

    @property
    def after_a_change(self) -> "RecipientSettled":
        """What is left of it once more data change: who got data has to be told."""
        return RecipientSettled(recipient=self.recipient, got=self.got)


class RestrictionSet(_Step):
    kind: Literal["restriction-set"] = "restriction-set"
    on: date


class RestrictionEndTold(_Step):
    """The person knows before the restriction ends: GDPR Art. 18(3)."""

    kind: Literal["restriction-end-told"] = "restriction-end-told"
    on: date
    ends: date | None = None  # the day that the letter named; older steps have none


class RestrictionLifted(_Step):
    kind: Literal["restriction-lifted"] = "restriction-lifted"
    on: date


class LateTold(_Step):
    """The person knows that the answer is late, and by when it comes."""

    kind: Literal["late-told"] = "late-told"
    on: date
    by: date


class Delivered(_Step):
    """The answer is on its way; not fetched is not delivered."""

    kind: Literal["delivered"] = "delivered"
    delivery: str
    way: Way
    on: date


class Reached(_Step):
    """The answer has reached the person: fetched, posted on paper, or handed over."""

    kind: Literal["reached"] = "reached"
    delivery: str
    on: date


class Closed(_Step):
    kind: Literal["closed"] = "closed"


class Reopened(_Step):
    kind: Literal["reopened"] = "reopened"


class Held(_Step):
    """Nothing of the case is deleted while somebody may claim (Art. 17(3)(e))."""

    kind: Literal["held"] = "held"


class Released(_Step):
    """The hold is over: what is due is deleted again."""

    kind: Literal["hold-ended"] = "hold-ended"


class Noted(_Step):
    """A note in words; it changes nothing."""

    kind: Literal["noted"] = "noted"


Step = Annotated[
    Taken
    | RightsSettled
    | IdentitySettled
    | IdentityDenied
    | IdentityClaimed
    | MandateSettled
    | Asked
    | Answered
    | Extended
    | Searched
    | Decided
    | Undecided
    | RecipientSettled
    | RestrictionSet
    | RestrictionEndTold
    | RestrictionLifted
    | LateTold
    | Delivered
    | Reached
    | Closed
    | Reopened
    | Held
    | Released
    | Noted,
    Field(discriminator="kind"),
]
STEP: TypeAdapter[Step] = TypeAdapter(Step)
