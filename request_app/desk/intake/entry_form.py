"""The form on which staff enter a request, with the fields of the public form.

Few fields are required: a request is valid whatever it leaves out, and staff can ask
the person for what is missing (EDPB 01/2022 ¶50, ¶52). Names and values are those of
the public form, so that a case looks the same however it came.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from wtforms import Field, ValidationError

from generator.content.reader import Content
from generator.languages import N_
from request_app.cases.intake.manual_entry import Entry
from request_app.desk.intake.protection_forms import FlagsForm, ReaderQuestion
from request_app.desk.shell import days, labels
from request_app.store.accounts import Account
from request_app.store.values import Channel
from request_app.web import request_form, request_questions
from request_app.web.fields import Choice, Line, among, faults_of

BY_HAND = [channel for channel in labels.CHANNELS if channel is not Channel.FORM]
FOR_PEOPLE_ALONE = {"website", "reach"}  # staff write down every way that was told


@request_questions.asking(
    request_questions.QUESTIONS, request_questions.STAFF_READ, but=FOR_PEOPLE_ALONE
)
class EntryForm(request_form.RequestForm, ReaderQuestion, FlagsForm):
    """The public form’s questions, worded for staff, and how the request came."""

    received = Line(
        N_("When did it come?"),
        description=N_(
            "Day, month and year. The time to answer runs from the day on which it "
            "reached any of our channels, even on a day off."
        ),
    )
    channel = Choice(N_("How did it come?"))

    def offer(self, content: Content, language: str, staff: Iterable[Account]) -> None:
        """Set the choices from the notice and the list of staff."""
        self.offer_choices(content, language, reply_in=content.site.default_language)
        self.rights.choices = {
            right.value: labels.RIGHTS[right] for right in request_questions.DETAILS
        }
        self.channel.choices = {each.value: labels.CHANNELS[each] for each in BY_HAND}
        self.offer_readers(staff)

    def check(self, today: date) -> bool:
        """Whether the form can be filed; it cannot be received after `today`."""
        self.validate()
        if not self.received.errors:
            for fault in days.faults_of_day(self.received_on, today):
                self.refuse("received", fault)
        return not any(field.errors for field in self)

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        for field in self:
            if field.errors:
                yield from faults_of(field)

    @property
    def received_on(self) -> date | None:
        return days.read_day(self.received.data)

    def validate_channel(self, field: Field) -> None:
        among(field, N_("Choose how it came."))

    def validate_email(self, field: Field) -> None:
        if not (
            self.only_marketing or any(map(self.reaches_by, request_questions.WAYS))
        ):
            raise ValidationError(N_("Write at least one way to reach the person."))
        super().validate_email(field)

    def told_of_person(self) -> dict[str, Any]:
        """The first way that was told is the one by which the person is reached."""
        person = super().told_of_person()
        ways = [way for name, way in request_questions.WAYS.items() if name in person]
        return person | ({"reach": ways[0]} if ways else {})

    def entry(self) -> Entry:
        """The request to file, with the flags of its person and its readers."""
        submission = self.submission(
            channel=Channel(self.channel.data), received_on=self.received_on
        )
        return Entry(submission=submission, flags=self.flags(), readers=self.named)
