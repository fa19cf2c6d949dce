"""The law pack: what the law says of rights, time limits and the authority.

There is one dated data file for each country (`law_fi.yaml`), so that a change of the
law, or of an address, is a change of one file.
"""

from typing import Literal

from pydantic import Field

from generator.content.base_model import ContentModel
from generator.content.values import Basis6, Country, Day, Flag, Line, Text

RightId = Literal[
    "access",
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "marketing-objection",
    "consent-withdrawal",
    "human-review",
]


class LegalRight(ContentModel):
    """One of the rights of the data subject: GDPR Art. 7(3), 15–18, 20–22."""

    id: RightId
    article: Line
    cited: Text
    name: Text
    also: Text | None = None  # a name by which people know it
    what: Text | None = None
    when: Text
    note: Text | None = None  # what else people should know
    how: Text | None = None
    ask: Text  # in the first person, as a choice of the form
    button: Text
    # The bases on which there is this right, and the text where there is none
    bases: tuple[Basis6, ...] | None = None
    depends: Flag = False  # whether it is undecided while a basis is unknown
    elsewhere: Text | None = None


class Authority(ContentModel):
    """The supervisory authority: GDPR Art. 51, 77."""

    name: Text
    visiting: Text
    post: Text
    switchboard: Line
    registry: Line
    email: Line
    website: Text


class Retrieved(ContentModel):
    """A source of the pack."""

    what: Line
    where: Line


class Law(ContentModel):
    """The law pack of a country."""

    country: Country
    checked_on: Day
    sources: tuple[Retrieved, ...]
    authority: Authority
    rights: tuple[LegalRight, ...]
    depends: Text = Field(description="Of a right whose basis is not told")
    object_to_marketing: Text
    object_to_processing: Text
    asking: Text
    answer_time: Text
    identity: Text
    complaint: Text
    eea: tuple[Country, ...]

    def right(self, right_id: RightId) -> LegalRight:
        return next(right for right in self.rights if right.id == right_id)
