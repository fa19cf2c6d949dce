"""The grounds on which the deadline may be extended or a request refused.

The grounds are law, so they are data: one dated file a country (`grounds_fi.yaml`).
Direct marketing and consent have none: GDPR Art. 21(3), 7(3) allow no exception.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from generator.content import documents, law, reader
from generator.content.base_model import ContentModel
from generator.content.values import Count, Day, Flag, Line, ReadingContext, Text
from request_app.cases.rights import Outcome
from request_app.store.values import Right

FILE = Path(__file__).with_name("grounds_fi.yaml")


class ExtensionGround(ContentModel):
    """Why two further months are needed: GDPR Art. 12(3), EDPB 01/2022 ¶162–164."""

    id: Line
    source: Line
    reason: Text  # as the letter gives it
    counts: Text  # for staff
    counts_not: Text


class RefusalGround(ContentModel):
    """Why a request is not granted: GDPR Art. 12(4)."""

    id: Line
    name: Text  # for staff
    rights: frozenset[Right]
    outcome: Outcome = Outcome.REFUSED
    provision: Text  # as the letter prints it
    provisions: Mapping[Right, Text] = Field(default={})  # where the right decides
    lead: Text  # the sentence that begins the reason in the letter
    hint: Text  # for staff, in plain words
    source: Text | None = None  # what the hint rests on besides the provision
    names_provision: Flag = False  # staff write act and section
    needs_act: Flag = False  # the same, beside the article: it rests on another act
    ombudsman_route: Flag = False  # Tietosuojalaki 34 § 4 mom.
    withholds_information: Flag = False  # of Art. 15(1) too, not the copy alone
    adds_statement: Flag = False  # recipients are notified of it: Art. 16, 19

    @property
    def asks_provision(self) -> bool:
        return self.names_provision or self.needs_act

    def provision_of(self, right: Right) -> Text:
        return self.provisions.get(right, self.provision)


class Remedy(ContentModel):
    """What a dissatisfied person can do: GDPR Art. 12(4), 77, 79."""

    heading: Text
    complaint: Text
    court: Text
    already: Text  # while the answer is late
    to_ombudsman: Text  # Tietosuojalaki 34 § 4 mom.
    to_ombudsman_law: Text


class Grounds(ContentModel):
    """The data file of a country."""

    version: Count
    checked_on: Day
    sources: tuple[law.Retrieved, ...]
    remedy: Remedy
    extensions: tuple[ExtensionGround, ...]
    refusals: tuple[RefusalGround, ...]


@cache
def grounds() -> Grounds:
    reading = ReadingContext(tuple(sorted(reader.LAW_LANGUAGES)), reader.LAW_LANGUAGES)
    document = documents.read(FILE, FILE.name, within=FILE.parent)
    if document.problems:
        raise ValueError(f"{FILE.name}: {document.problems[0]}")
    return Grounds.model_validate(document.value, context=reading)


REMEDY = grounds().remedy
EXTENSIONS: Mapping[str, ExtensionGround] = MappingProxyType(
    {each.id: each for each in grounds().extensions}
)
REFUSALS: Mapping[str, RefusalGround] = MappingProxyType(
    {each.id: each for each in grounds().refusals}
)


def refusals_of(
    right: Right, outcome: Outcome = Outcome.REFUSED
) -> list[RefusalGround]:
    """The grounds from which staff choose for a right."""
    return [
        each
        for each in REFUSALS.values()
        if right in each.rights and each.outcome is outcome
    ]
