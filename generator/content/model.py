"""The content model: what an organisation says about its processing of personal data.

There is a class for each group of lines in the files, named as the law names the thing.
What is left out stays None: no default makes a statement for the organisation.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from generator.content import faults
from generator.content.base_model import (
    CatalogueEntry,
    ContentModel,
    InCatalogue,
    LineOrText,
    NoneOr,
    OrId,
    OrNotApplicable,
    WithName,
    optional,
)
from generator.content.values import (
    Basis6,
    BusinessId,
    Condition,
    Count,
    Country,
    Day,
    Email,
    Flag,
    Id,
    Line,
    Meanings,
    Phone,
    Text,
    WebAddress,
)
from generator.languages import N_

# ---------------------------------------------------------------- who


_PHONE = optional(N_("Telephone, with the country code: +358 9 123 456"))
_EMAIL = optional(N_("E-mail address"))
_ADDRESS = optional(N_("Postal address"))


class Address(ContentModel):
    street: Line | None = optional(N_("Street address, or the P.O. box"))
    postcode: Line = Field(description=N_("Postcode; zeros in front are kept"))
    town: Line = Field(description=N_("Town"))
    country: Country = Field(description=N_("Two-letter country code: FI, SE, US"))


class Party(ContentModel):
    """An organisation or a person that can be reached."""

    name: Line = Field(description=N_("Official name"))
    business_id: BusinessId | None = optional(
        N_("Business id (Y-tunnus); its check digit is checked")
    )
    address: Address | None = _ADDRESS
    phone: Phone | None = _PHONE
    email: Email | None = _EMAIL
    website: WebAddress | None = optional(
        N_("Web address, as people write it: www.example.fi")
    )


class Controller(Party):
    """Who decides on the purposes and means of processing: GDPR Art. 4(7)."""

    trade_name: Line | None = optional(
        N_("The name that customers know, if it is another")
    )


ContactField = Annotated[
    Literal["name", "phone", "email", "address"],
    Meanings(
        {
            "name": N_("the name"),
            "phone": N_("the telephone number"),
            "email": N_("the e-mail address"),
            "address": N_("the postal address"),
        }
    ),
]


class Contact(ContentModel):
    """A person or a post that people may turn to."""

    id: Id = Field(description=N_("The short name by which other files refer to it"))
    name: Line | None = optional(N_("Name of the person"))
    matters: Text | None = optional(N_("In which matters to turn to this contact"))
    phone: Phone | None = _PHONE
    email: Email | None = _EMAIL
    address: Address | None = _ADDRESS
    shown: tuple[ContactField, ...] | None = optional(
        N_("What of this is published; without this line, everything")
    )

    def shows(self, what: ContactField) -> bool:
        """Whether the organisation publishes this field of the contact."""
        return self.shown is None or what in self.shown


class DataProtectionOfficer(ContentModel):
    """Whom people may ask about the processing of their data: GDPR Art. 37–39."""

    name: Line | None = optional(N_("Name; it may be left out"))
    phone: Phone | None = _PHONE
    email: Email | None = _EMAIL
    address: Address | None = _ADDRESS


WayOfAsking = Annotated[
    Literal["in-writing", "letter", "e-mail", "phone", "in-person"],
    Meanings(
        {
            "in-writing": N_("by letter or e-mail"),
            "letter": N_("by letter"),
            "e-mail": N_("by e-mail"),
            "phone": N_("by telephone"),
            "in-person": N_("in person"),
        }
    ),
]


class Way(ContentModel):
    """One of the ways in which people may ask; none of them is required."""

    way: WayOfAsking = Field(description=N_("The way of asking"))
    to: Id = Field(description=N_("The contact that takes the request"))


class Requests(ContentModel):
    ways: tuple[Way, ...] = Field(
        description=N_("Ways of asking besides the form; people may always use another")
    )


class JointControllers(ContentModel):
    """The joint controllers, and the essence of their arrangement: GDPR Art. 26."""

    parties: tuple[Party, ...] = Field(description=N_("The other controllers"))
    arrangement: Text | None = optional(N_("Who does what, in short (Art. 26(2))"))
    contact_point: Text | None = optional(N_("Where people may turn first"))


# ---------------------------------------------------------------- why


class Basis(CatalogueEntry):
    """Why processing is allowed: GDPR Art. 6(1)."""

    catalogue: ClassVar[str] = "purposes.yaml"

    article: Basis6 | None = optional(
        N_("Which of the six bases of Art. 6(1) it is; left out while not known")
    )
    name: Text | None = optional(N_("The basis in the organisation’s own words"))
    law: Text | None = optional(N_("The act and section it rests on"))
    interest: Text | None = optional(
        N_("The legitimate interest pursued (Art. 13(1)(d), with 6(1)(f))")
    )
    how_to_withdraw: Text | None = optional(N_("How consent is withdrawn (Art. 7(3))"))
    condition: Condition | None = optional(
        N_("The condition of Art. 9(2), or Art. 10, for such data")
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.article is None and self.name is None:
            raise faults.new("one_of", known=["article", "name"])
        return self


BasisOrId = Annotated[Basis, OrId()]

# ---------------------------------------------------------------- what


class DataCategory(CatalogueEntry, WithName):
    """A category of personal data: GDPR Art. 14(1)(d)."""

    catalogue: ClassVar[str] = "data.yaml"

    special: Flag | None = optional(
        N_("true: health, beliefs or another special category (Art. 9)")
    )


DataCategoryOrId = Annotated[DataCategory, OrId()]


class SourceItem(WithName):
    """One of the things a source consists of."""

    publicly_accessible: Flag | None = optional(
        N_("true: anyone can read this source (Art. 14(2)(f))")
    )


Origin = Annotated[
    Literal["the-person", "elsewhere"],
    Meanings(
        {
            "the-person": N_("people give their data themselves (Art. 13)"),
            "elsewhere": N_("somebody else does (Art. 14)"),
        }
    ),
]


class Source(CatalogueEntry, WithName):
    """Where data come from: GDPR Art. 14(2)(f)."""

    catalogue: ClassVar[str] = "sources.yaml"

    origin: Origin | None = optional(
        N_("Who gives the data; left out while not known"), alias="from"
    )
    url: WebAddress | None = optional(N_("Its web address"))
    includes: tuple[SourceItem, ...] | None = optional(
        N_("What the source consists of")
    )
    includes_among_others: Flag | None = optional(N_("true: the list is not complete"))
    text: Text | None = optional(N_("More about it"))
    publicly_accessible: Flag | None = optional(
        N_("true: anyone can read this source (Art. 14(2)(f))")
    )


SourceOrId = Annotated[Source, OrId()]


KindOfSafeguard = Annotated[
    Literal[
        "adequacy-decision",
        "standard-contractual-clauses",
        "binding-corporate-rules",
        "other",
    ],
    Meanings(
        {
            "adequacy-decision": N_("decision of the Commission on the country"),
            "standard-contractual-clauses": N_("clauses the Commission has adopted"),
            "binding-corporate-rules": N_("rules of a group of undertakings"),
            "other": N_("another one; tell it in text"),
        }
    ),
]


class Safeguard(ContentModel):
    """What protects data outside the EU and EEA: GDPR Art. 45–49."""

    kind: KindOfSafeguard = Field(description=N_("What kind of safeguard it is"))
    text: Text | None = optional(N_("More about it"))
    copy_at: Text | None = optional(N_("Where to get a copy of it (Art. 13(1)(f))"))


Role = Annotated[
    Literal["processor", "controller", "joint-controller"],
    Meanings(
        {
            "processor": N_("works for you and on your instructions"),
            "controller": N_("uses the data for purposes of its own"),
            "joint-controller": N_("decides together with you"),
        }
    ),
]

Certainty = Annotated[
    Literal["disclosed", "may-be-disclosed"],
    Meanings(
        {
            "disclosed": N_("data go there"),
            "may-be-disclosed": N_("data may go there"),
        }
    ),
]


class Disclosure(CatalogueEntry):
    """To whom data go: GDPR Art. 13(1)(e), 4(9)."""

    catalogue: ClassVar[str] = "disclosures.yaml"

    recipient: Text = Field(description=N_("What kind of recipient it is"))
    name: Line | None = optional(N_("Its name"))
    role: Role | None = optional(N_("What it is to you; left out while not known"))
    text: Text | None = optional(N_("More about it"))
    data: tuple[DataCategoryOrId, ...] | None = optional(N_("Which data go there"))
    country: Country | None = optional(N_("Two-letter country code: FI, SE, US"))
    safeguard: Safeguard | None = optional(
        N_("What protects the data outside the EU and EEA")
    )
    certainty: Certainty | None = optional(N_("Whether data surely go there"))
    named_at: WebAddress | None = optional(N_("Where the recipients are named"))


DisclosureOrId = Annotated[Disclosure, OrId()]


# ---------------------------------------------------------------- how long

# What our own register of requests keeps, and the event from which each time runs.
RUNS_FROM = {
    "delivered_package": "fetched",
    "messages_and_old_values": "closed",
    "case_and_letters": "closed",
    "abuse_limits": "last_seen",
    "security_log": "written",
}
AUDIT_TRAIL = "audit_trail"  # the app never deletes it (docs/decisions/0009)
KEPT = (*RUNS_FROM, AUDIT_TRAIL)
EVENTS = tuple(dict.fromkeys(RUNS_FROM.values()))


class Period(ContentModel):
    """How long something is kept, a time or a criterion: GDPR Art. 13(2)(a)."""

    what: Line | None = optional(N_("A key that programs know this by; without spaces"))
    text: Text | None = optional(N_("What is kept"))
    days: Count | None = optional(N_("How many days"))
    months: Count | None = optional(N_("How many months"))
    years: Count | None = optional(N_("How many years"))
    after: LineOrText | None = optional(
        N_(
            "From when the time runs, as it goes on after the time: “12 months” + "
            "“after the end of membership”"
        )
    )
    criterion: Text | None = optional(
        N_("What decides the time, where no number can be told")
    )

    @model_validator(mode="after")
    def _has_one_duration(self) -> Self:
        ways = ["days", "months", "years", "criterion"]
        given = [way for way in ways if getattr(self, way) is not None]
        if not given:
            raise faults.new("one_of", known=ways)
        if len(given) > 1:
            raise faults.new("only_one_of", known=given)
        return self

    @model_validator(mode="after")
    def _has_a_text(self) -> Self:
        if self.text is None and self.what is None:
            raise faults.new("missing_key", key="text")
        if self.text is None and self.what not in KEPT:
            error = faults.not_among("text_for_what", self.what, KEPT)
            faults.refuse(faults.at(error, self.what, "what"))
        if isinstance(self.after, str) and self.after not in EVENTS:
            error = faults.not_among("text_for_what", self.after, EVENTS)
            faults.refuse(faults.at(error, self.after, "after"))
        return self


class RetentionStatement(ContentModel):
    """A statement about retention in general, without a time."""

    statement: Text = Field(description=N_("What is said of all retention"))


# ---------------------------------------------------------------- for what


class Purpose(CatalogueEntry, WithName):
    """Why data are processed: GDPR Art. 13(1)(c)."""

    catalogue: ClassVar[str] = "purposes.yaml"

    basis: BasisOrId | None = optional(
        N_("Its legal basis: the id of one, or one written here")
    )
    includes: tuple[Text, ...] | None = optional(N_("What the purpose covers"))
    direct_marketing: Flag | None = optional(
        N_("true: data are used for direct marketing (Art. 21)")
    )
    text: Text | None = optional(N_("More about it"))
    data: tuple[DataCategoryOrId, ...] | None = optional(
        N_("The data this purpose needs, where it can be told")
    )
    disclosures: tuple[DisclosureOrId, ...] | None = optional(
        N_("Who gets data for this purpose")
    )
    retention: tuple[Period, ...] | None = optional(
        N_("How long data are kept for this purpose")
    )


PurposeOrId = Annotated[Purpose, OrId()]

# ---------------------------------------------------------------- the rest


OutsideEea = Annotated[
    Literal["none", "as-a-rule-not", "yes"],
    Meanings(
        {
            "none": N_("they never do"),
            "as-a-rule-not": N_("exceptions are possible"),
            "yes": N_("they do"),
        }
    ),
]


class Transfers(ContentModel):
    """Whether data leave the EU and the EEA: GDPR Art. 13(1)(f)."""

    expected: ClassVar[str] = "transfers_expected"

    outside_eea: OutsideEea = Field(
        description=N_("Whether data leave the EU and the EEA")
    )
    statement: Text | None = optional(N_("The same in words"))


class AutomatedDecisions(ContentModel):
    """Decisions by machine alone: GDPR Art. 13(2)(f), 22."""

    logic: Text = Field(description=N_("How the decision comes about"))
    significance: Text = Field(description=N_("What follows from it for the person"))


class Register(ContentModel):
    """Data kept for one use of the organisation: a personal data filing system."""

    id: Id = Field(description=N_("The short name by which other files refer to it"))
    name: Text = Field(description=N_("What it is called, in each language"))
    about: Text | None = optional(N_("What it is, in short"))
    adopted: Flag | None = optional(
        N_("false: a proposal that the organisation has not accepted yet")
    )
    adopted_on: Day | None = optional(N_("The day on which it was accepted"))
    controller: Controller | None = optional(
        N_("Its controller, where it is not the organisation")
    )
    joint_controllers: JointControllers | None = optional(
        N_("Those who decide together with the organisation")
    )
    data_subjects: tuple[Text, ...] | None = optional(N_("Whose data it holds"))
    bases: tuple[BasisOrId, ...] | None = optional(
        N_("Legal bases that are not tied to one purpose")
    )
    purposes: tuple[PurposeOrId, ...] | None = optional(
        N_("Why the data are processed")
    )
    data_intro: Text | None = optional(N_("A sentence before the list of data"))
    data: tuple[DataCategoryOrId, ...] | None = optional(N_("Which data it holds"))
    sources: tuple[SourceOrId, ...] | None = optional(N_("Where the data come from"))
    disclosures: OrNotApplicable[tuple[DisclosureOrId, ...]] | None = optional(
        N_("To whom the data go")
    )
    transfers: Transfers | None = optional(
        N_("Whether its data leave the EU and the EEA")
    )
    retention: tuple[Period, ...] | None = optional(N_("How long the data are kept"))
    obligation_to_provide: OrNotApplicable[Text] | None = optional(
        N_("Whether people have to give the data, and what if they do not")
    )
    automated_decisions: NoneOr[AutomatedDecisions] | None = optional(
        N_("none, or the decisions made by machine alone")
    )
    profiling: NoneOr[Text] | None = optional(N_("none, or how people are profiled"))
    security: tuple[Text, ...] | None = optional(
        N_("How its data are protected, in general")
    )


class Dated(ContentModel):
    """The place and the day of the notice."""

    place: Text | None = optional(N_("Place"))
    place_locative: Text | None = optional(
        N_("The place as it stands before a date: Helsingissä, in Helsinki")
    )
    date: Day = Field(description=N_("The day, as year-month-day"))


class Change(ContentModel):
    date: Day = Field(description=N_("The day, as year-month-day"))
    text: Text = Field(description=N_("What changed"))


class Changes(ContentModel):
    """How people learn of changes, and what has changed: GDPR Art. 13(3)."""

    how_told: Text | None = optional(N_("How changes are told to people"))
    history: tuple[Change, ...] | None = optional(
        N_("What has changed, the newest first")
    )


class Notice(ContentModel):
    """What concerns the notice as a whole."""

    title: Text = Field(description=N_("The full title of the notice"))
    short_title: Text = Field(description=N_("A short title, for headings and links"))
    dated: Dated | None = optional(N_("Place and date"))
    registers: tuple[Id, ...] | None = optional(
        N_("The registers that are published, in order; without this line, all of them")
    )
    highlights: tuple[Text, ...] | None = optional(
        N_("What a reader would not expect: shown on top")
    )
    purpose_limitation: Text | None = optional(N_("A sentence before the purposes"))
    retention: RetentionStatement | None = optional(N_("What is said of all retention"))
    disclosure_policy: Text | None = optional(N_("When data are disclosed, in general"))
    transfers: Transfers | None = optional(N_("Whether data leave the EU and the EEA"))
    security: tuple[Text, ...] | None = optional(
        N_("How the data are protected, in general")
    )
    cookies: Text | None = optional(N_("Cookies of the organisation’s own website"))
    changes: Changes | None = optional(N_("Changes and how they are told"))


# ---------------------------------------------------------------- the files


class ControllerFile(ContentModel):
    controller: Controller = Field(description=N_("The organisation itself"))
    representative: OrNotApplicable[Party] | None = optional(
        N_("The representative in the EU of an organisation outside it")
    )
    data_protection_officer: OrNotApplicable[DataProtectionOfficer] | None = optional(
        N_("The data protection officer, or why there is none")
    )
    contacts: tuple[Contact, ...] | None = optional(N_("Whom people may turn to"))
    requests: Requests | None = optional(N_("How people may ask for their data"))

    @model_validator(mode="after")
    def _requests_go_to_contacts(self) -> Self:
        known = [contact.id for contact in self.contacts or ()]
        found: faults.Faults = []
        for place, way in enumerate(self.requests.ways if self.requests else ()):
            if way.to not in known:
                error = faults.not_among("unknown_contact", way.to, known)
                found += faults.at(error, way.to, "requests", "ways", place, "to")
        faults.refuse(found)
        return self


class PurposesFile(ContentModel):
    # Bases come first: purposes refer to them.
    bases: tuple[Annotated[Basis, InCatalogue()], ...] | None = optional(
        N_("Legal bases that purposes and registers refer to")
    )
    purposes: tuple[Annotated[Purpose, InCatalogue()], ...] = Field(
        default=(), description=N_("Why data are processed")
    )


class DataFile(ContentModel):
    data: tuple[Annotated[DataCategory, InCatalogue()], ...] = Field(
        default=(), description=N_("Categories of personal data")
    )


class SourcesFile(ContentModel):
    sources: tuple[Annotated[Source, InCatalogue()], ...] = Field(
        default=(), description=N_("Where data come from")
    )


class DisclosuresFile(ContentModel):
    disclosures: tuple[Annotated[Disclosure, InCatalogue()], ...] = Field(
        default=(), description=N_("To whom data go")
    )
