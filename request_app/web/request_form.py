"""The base of the form for a request: its validation, and what of it is filed.

It holds the rules that the public form and the desk’s form share.
"""

import re
from datetime import date
from typing import Any

from email_validator import EmailNotValidError
from wtforms import Field, Form, StringField, ValidationError

from generator.content.reader import Content
from generator.languages import N_, own_name
from request_app.cases.intake.submission import Submission
from request_app.store.values import Channel, Right
from request_app.web import clean, request_questions
from request_app.web.fields import among


class RequestForm(Form):
    """The base of both forms, which add the questions in their own wording."""

    words: request_questions.Words

    def offer_choices(self, content: Content, language: str, reply_in: str) -> None:
        """Set the choices that come from the notice, and the default reply language."""
        self.registers.choices = {
            register.id: register.name[language] for register in content.registers
        }
        languages = content.site.languages
        self.reply_language.choices = {each: own_name(each) for each in languages}
        if self.reply_language.data not in languages:
            self.reply_language.data = reply_in

    @property
    def asked(self) -> list[Right]:
        return [
            right
            for right in request_questions.DETAILS
            if right.value in (self.rights.data or ())
        ]

    def details_of(self, right: Right) -> list[Field]:
        """The fields with the details of this right."""
        return [self[name] for name in request_questions.DETAILS[right]]

    @property
    def is_all(self) -> bool:
        return bool(self.scope.data == request_questions.ALL)

    @property
    def only_marketing(self) -> bool:
        """An objection to marketing alone needs no name: GDPR Art. 21(3), 11."""
        return self.asked == [Right.MARKETING]

    @property
    def for_another(self) -> bool:
        return bool(self.whose.data != request_questions.OWN)

    @property
    def has_identity_code(self) -> bool:
        """Whether a text contains an identity code; it only causes a warning."""
        fields = [each for each in self if isinstance(each, StringField)]
        typed = [each.data for each in fields if self.asks(each.name)]
        items = [text for item in self.items for text in item.data.values()]
        return any(map(clean.has_identity_code, typed + items))

    def asks(self, name: str) -> bool:
        """Whether the form asks this question now."""
        del name
        return True

    def reaches_by(self, name: str) -> bool:
        """Whether this contact is one to reach the person by."""
        return bool(self[name].data)

    def counts(self, name: str) -> bool:
        """Whether an answer was given and its question applies."""
        if not (self[name].data and self.asks(name)):
            return False
        if name in request_questions.WAYS:
            return self.reaches_by(name)
        return name != "whose_name" or self.for_another

    def missing(self, field: Field) -> ValidationError:
        return ValidationError(self.words[field.name].missing)

    def validate_rights(self, field: Field) -> None:
        if not self.asked:
            raise self.missing(field)

    def validate_scope(self, field: Field) -> None:
        self.must_be_offered(field)

    def validate_registers(self, field: Field) -> None:
        if self.scope.data != request_questions.SOME:
            return
        if not field.data:
            raise self.missing(field)
        if set(field.data) - set(field.choices):
            raise ValidationError(
                N_(
                    "A register that you chose is no longer in the notice. "
                    "Choose again."
                )
            )

    def validate_access_form(self, field: Field) -> None:
        if Right.ACCESS in self.asked:
            self.must_be_offered(field)

    def validate_whose(self, field: Field) -> None:
        self.must_be_offered(field)

    def validate_whose_name(self, field: Field) -> None:
        if self.for_another and not field.data:
            raise self.missing(field)

    def validate_name(self, field: Field) -> None:
        if not (self.only_marketing or field.data):
            raise self.missing(field)

    def validate_email(self, field: Field) -> None:
        if not self.reaches_by("email"):
            return
        try:
            field.data = clean.email(field.data)
        except EmailNotValidError:
            raise self.missing(field) from None

    def validate_phone(self, field: Field) -> None:
        if self.reaches_by("phone") and not re.search(r"\d{3}", field.data):
            raise self.missing(field)

    def must_be_offered(self, field: Field) -> None:
        among(field, self.words[field.name].missing)

    def submission(
        self, *, channel: Channel = Channel.FORM, received_on: date | None = None
    ) -> Submission:
        """The request to file, without answers to questions that do not apply."""
        person = self.told_of_person()
        return Submission(
            channel=channel,
            language=self.reply_language.data,
            rights=frozenset(self.asked),
            registers=frozenset(() if self.is_all else self.registers.data),
            all_data=self.is_all,
            parts={"person": person, "request": self.told_of_request()},
            email=person.get("email"),
            received_on=received_on,
        )

    def told_of_person(self) -> dict[str, Any]:
        names = [name for name in request_questions.ABOUT_PERSON if name in self]
        return {name: self._answer(name) for name in names if self.counts(name)}

    def told_of_request(self) -> dict[str, Any]:
        asked = [
            name for right in self.asked for name in request_questions.DETAILS[right]
        ]
        names = (*asked, *request_questions.TEXT)
        return {name: self._answer(name) for name in names if self.counts(name)}

    def _answer(self, name: str) -> Any:  # noqa: ANN401 - a text, or a list of items
        if name == "items":
            return [each.data for each in self.items if not each.form.is_empty]
        return self[name].data
