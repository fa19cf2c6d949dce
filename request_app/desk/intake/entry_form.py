"""The form with which staff enter a request; its fields are those that people fill in.

Little must be told: a request stands whatever it leaves out, and what is missing can
be asked of the person (EDPB 01/2022 ¶50, ¶52). Names and values are those of the
public form, so that a case looks the same however it came.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from email_validator import EmailNotValidError
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    StringField,
    ValidationError,
)

from generator.content.reader import Content
from generator.languages import N_, own_name
from request_app.cases.intake.manual_entry import Entry
from request_app.cases.intake.submission import Submission
from request_app.desk.intake.safeguards import FlagsForm, ReaderQuestion
from request_app.desk.shell import labels
from request_app.desk.shell.days import faults_of_day, read_day
from request_app.store.accounts import Account
from request_app.store.values import Channel, Right
from request_app.web import clean
from request_app.web.fields import Choice, Choices, Line, Lines, among, faults_of
from request_app.web.questions import (
    ALL,
    DETAILS,
    EMAIL,
    LETTER,
    MOST_ITEMS,
    OWN,
    PHONE,
    SOME,
    FirstQuestions,
    FurtherQuestions,
    Item,
)

BY_HAND = [channel for channel in labels.CHANNELS if channel is not Channel.FORM]
WAYS = {"email": EMAIL, "post": LETTER, "phone": PHONE}
PERSON = ("whose", "whose_name", "name", "email", "post", "phone", "known")


class EntryForm(FirstQuestions, FurtherQuestions, ReaderQuestion, FlagsForm):
    """What the public form asks, said of somebody else; and how the request came."""

    received = Line(
        N_("When did it come?"),
        description=N_(
            "Day, month and year. The time to answer runs from the day on which it "
            "reached any of our channels, even on a day off."
        ),
        default="",
    )
    channel = Choice(N_("How did it come?"))
    rights = Choices(
        N_("What is asked for?"),
        description=N_(
            "Choose all that the request holds. "
            "If it is unclear, choose “Something else”: it can be settled later."
        ),
    )
    scope = Choice(N_("Which data are meant?"), default=ALL)
    website = reach = None  # for people at the form alone

    access_data = Lines(N_("Which data, if not all?"), default="")
    access_period = Line(N_("Which period, if not all?"), default="")
    access_form = Choice(
        N_("In what form are the data wanted?"),
        choices={"electronic": N_("Electronically"), "paper": N_("On paper")},
        default="electronic",
    )
    items = FieldList(
        FormField(Item), N_("What is wrong"), min_entries=1, max_entries=MOST_ITEMS
    )
    rectify_restrict = BooleanField(
        N_("The data must not be used until they have been checked.")
    )
    erasure_data = Lines(N_("Which data, if not all?"), default="")
    restrict_data = Lines(N_("Which data?"), default="")
    restrict_why = Lines(N_("For what reason?"), default="")
    portability_to = Lines(
        N_("To whom are the data to be sent, if not to the person?"), default=""
    )
    object_data = Lines(N_("Which data, if not all?"), default="")
    object_why = Lines(N_("For what reason?"), default="")
    object_restrict = BooleanField(
        N_("The data must not be used until this has been checked.")
    )
    marketing_where = Lines(
        N_("Where does the marketing come to?"),
        description=N_("E-mail address, phone number or postal address."),
        default="",
    )
    consent_what = Lines(N_("Which consent is withdrawn?"), default="")
    review_what = Lines(N_("Which decision?"), default="")
    text = Lines(
        N_("What was asked, in the person’s words"),
        description=N_(
            "Do not write a personal identity code, health data or passwords. "
            "Say only what is necessary about other people."
        ),
        default="",
    )

    whose = Choice(
        N_("Whose data is this about?"),
        choices={
            OWN: N_("The person’s own"),
            "child": N_("A child in the person’s custody"),
            "guardian": N_("Somebody whose guardian the person is"),
            "authorised": N_("Somebody who has authorised the person"),
        },
        default=OWN,
    )
    whose_name = Line(N_("The name of the child or of that somebody"), default="")
    name = Line(N_("Name of who asks"), default="")
    email = Line(N_("E-mail address"), default="")
    post = Lines(N_("Postal address"), default="")
    phone = Line(N_("Phone number"), default="")
    known = Lines(
        N_("How might we know the person?"),
        description=N_("For example a customer, a former employee, a subscriber."),
        default="",
    )
    reply_language = Choice(N_("Language of the answer"))

    def offer(self, content: Content, language: str, staff: Iterable[Account]) -> None:
        """Set the choices: those of the notice, and the colleagues there are."""
        self.rights.choices = {right.value: labels.RIGHTS[right] for right in DETAILS}
        self.channel.choices = {each.value: labels.CHANNELS[each] for each in BY_HAND}
        self.scope.choices = {
            ALL: N_("All data of the person"),
            SOME: N_("Only these registers:"),
        }
        self.registers.choices = {
            register.id: register.name[language] for register in content.registers
        }
        self.reply_language.choices = {
            each: own_name(each) for each in content.site.languages
        }
        if self.reply_language.data not in content.site.languages:
            self.reply_language.data = content.site.default_language
        self.offer_readers(staff)

    def check(self, today: date) -> bool:
        """Tell whether it can be filed; `today` is the last day it can have come on."""
        self.validate()
        if not self.received.errors:
            for fault in faults_of_day(self.received_on, today):
                self.refuse("received", fault)
        return not any(field.errors for field in self)

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        for field in self:
            if field.errors:
                yield from faults_of(field)

    @property
    def has_identity_code(self) -> bool:
        """Nothing is refused for it: whoever enters it is asked, as people are."""
        typed = [each.data or "" for each in self if isinstance(each, StringField)]
        items = [text or "" for item in self.items for text in item.data.values()]
        return any(map(clean.has_identity_code, typed + items))

    @property
    def received_on(self) -> date | None:
        return read_day(self.received.data)

    @property
    def asked(self) -> list[Right]:
        return [right for right in DETAILS if right.value in (self.rights.data or ())]

    @property
    def only_marketing(self) -> bool:
        """Who only forbids marketing need not say who they are: GDPR Art. 21(3), 11."""
        return self.asked == [Right.MARKETING]

    def validate_channel(self, field: Field) -> None:
        among(field, N_("Choose how it came."))

    def validate_rights(self, field: Field) -> None:
        del field
        if not self.asked:
            raise ValidationError(N_("Choose what is asked for."))

    def validate_scope(self, field: Field) -> None:
        among(field, N_("Choose which data are meant."))

    def validate_registers(self, field: Field) -> None:
        if self.scope.data != SOME:
            return
        if not field.data:
            raise ValidationError(N_("Choose the registers, or all data."))
        if set(field.data) - set(field.choices):
            raise ValidationError(
                N_(
                    "A register that you chose is no longer in the notice. "
                    "Choose again."
                )
            )

    def validate_access_form(self, field: Field) -> None:
        if Right.ACCESS in self.asked:
            among(field, N_("Choose in what form the data are wanted."))

    def validate_whose(self, field: Field) -> None:
        among(field, N_("Choose whose data this is about."))

    def validate_whose_name(self, field: Field) -> None:
        if self.whose.data != OWN and not field.data:
            raise ValidationError(
                N_("Write whose data this is about, as far as it was told.")
            )

    def validate_name(self, field: Field) -> None:
        if not (self.only_marketing or field.data):
            raise ValidationError(N_("Write the name of who asks."))

    def validate_email(self, field: Field) -> None:
        if not field.data:
            if not (self.only_marketing or self.post.data or self.phone.data):
                raise ValidationError(N_("Write at least one way to reach the person."))
            return
        try:
            field.data = clean.email(field.data)
        except EmailNotValidError:
            raise ValidationError(
                N_("Write the e-mail address in the form name@example.com.")
            ) from None

    def validate_phone(self, field: Field) -> None:
        if field.data and not re.search(r"\d{3}", field.data):
            raise ValidationError(N_("Write the phone number in digits."))

    def validate_reply_language(self, field: Field) -> None:
        among(field, N_("Choose the language of the answer."))

    def entry(self) -> Entry:
        """The request as it is filed; what does not belong to it is left behind."""
        person = {name: self[name].data for name in PERSON if self._counts(name)}
        ways = [way for name, way in WAYS.items() if name in person]
        if ways:
            person["reach"] = ways[0]
        return Entry(
            submission=Submission(
                channel=Channel(self.channel.data),
                language=self.reply_language.data,
                rights=frozenset(self.asked),
                registers=frozenset(
                    self.registers.data if self.scope.data == SOME else ()
                ),
                all_data=self.scope.data == ALL,
                parts={"person": person, "request": self._request()},
                email=person.get("email"),
                received_on=self.received_on,
            ),
            flags=self.flags(),
            readers=self.named,
        )

    def _request(self) -> dict[str, object]:
        names = [name for right in self.asked for name in DETAILS[right]]
        told: dict[str, object] = {
            name: self[name].data
            for name in (*names, "text")
            if name != "items" and self[name].data
        }
        if "items" in names:
            told["items"] = [each.data for each in self.items if not each.form.is_empty]
        return told

    def _counts(self, name: str) -> bool:
        if name == "whose_name":
            return bool(self.whose.data != OWN)
        return bool(self[name].data)
