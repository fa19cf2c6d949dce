"""The forms as they were filled in: what belongs to the request, what is too little."""

import re
from collections.abc import Callable, Iterator, Sequence

from email_validator import EmailNotValidError
from flask_wtf import FlaskForm
from wtforms import Field, StringField, ValidationError

from generator.content.reader import Content
from generator.languages import N_, own_name
from request_app.store.values import Right
from request_app.web import clean
from request_app.web.fields import (
    Hidden,
    Line,
    Lines,
    among,
    faults_of,
    room,
    values_of,
)
from request_app.web.questions import (
    ALL,
    DETAILS,
    EMAIL,
    LETTER,
    OTHER_OR_UNKNOWN,
    OWN,
    PHONE,
    SOME,
    FirstQuestions,
    FurtherQuestions,
)

BYTES_OF_CHARACTER = len("%F0%9F%98%80")
BYTES_BESIDES = 64 * 1024

# What an empty field means to who chose some registers only.
EVERYTHING = N_(
    "If you leave this empty, you get everything in the registers that you chose."
)
ALL_DATA = N_(
    "If you leave this empty, you mean all the data in the registers that you chose."
)
WITHIN_REGISTERS = {
    "access_data": EVERYTHING,
    "erasure_data": ALL_DATA,
    "object_data": ALL_DATA,
}


class What(FirstQuestions, FlaskForm):
    """The first page: what is asked, and of which data."""

    class Meta:
        csrf = False  # there is no cookie that another site could abuse

    def offer(self, content: Content, language: str, say: Callable[[str], str]) -> None:
        """Set the choices, which are the notice’s own."""
        law = {str(right.id): right.ask[language] for right in content.law.rights}
        self.rights.choices = {
            right.value: law.get(right.value) or say(OTHER_OR_UNKNOWN)
            for right in DETAILS
        }
        self.scope.choices = {
            ALL: N_("All my data"),
            SOME: N_("Only these registers:"),
        }
        self.registers.choices = {
            register.id: register.name[language] for register in content.registers
        }

    def faults(self, names: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
        """Yield what to mend, with the ids of the fields, in the order of the page."""
        for field in self:
            if field.errors and (not names or field.name in names):
                yield from faults_of(field)

    def carried(self, *shown: str) -> Iterator[tuple[str, str]]:
        """Yield what was typed on the pages that are not shown now."""
        for field in self:
            if field.name not in shown:
                yield from values_of(field)

    @property
    def asked(self) -> list[Right]:
        return [right for right in DETAILS if right.value in (self.rights.data or ())]

    def validate_rights(self, field: Field) -> None:
        del field
        if not self.asked:
            raise ValidationError(N_("Choose what you want to ask for."))

    def validate_scope(self, field: Field) -> None:
        if field.data not in {ALL, SOME}:
            raise ValidationError(N_("Choose which data you mean."))

    def validate_registers(self, field: Field) -> None:
        if self.scope.data != SOME:
            return
        if not field.data:
            raise ValidationError(N_("Choose the registers, or all your data."))
        if set(field.data) - set(field.choices):
            raise ValidationError(
                N_(
                    "A register that you chose is no longer in the notice. "
                    "Choose again."
                )
            )


class Details(FurtherQuestions, What):
    """The second page as well: the details, and how to reach the person."""

    def offer(self, content: Content, language: str, say: Callable[[str], str]) -> None:
        super().offer(content, language, say)
        self.reply_language.choices = {
            each: own_name(each) for each in content.site.languages
        }
        if self.reply_language.data not in content.site.languages:
            self.reply_language.data = language
        if self.scope.data == SOME:
            for name, told in WITHIN_REGISTERS.items():
                self[name].description = told

    @property
    def shown(self) -> Iterator[str]:
        """The fields that the second page shows; the others travel unseen."""
        for right in self.asked:
            yield from DETAILS[right]
        yield from ("text", "whose", "whose_name", "reach", "email", "post", "phone")
        yield "website"
        if not self.only_marketing:
            yield from ("name", "known")
        if len(self.reply_language.choices) > 1:
            yield "reply_language"

    @property
    def only_marketing(self) -> bool:
        """Who only forbids marketing need not say who they are."""
        return self.asked == [Right.MARKETING]

    def asks(self, name: str) -> bool:
        """Tell whether a field belongs to what was asked for."""
        if self.only_marketing and name in {"name", "known"}:
            return False
        owners = [right for right, names in DETAILS.items() if name in names]
        return not owners or bool(set(owners) & set(self.asked))

    def texts(self) -> Iterator[str]:
        """Everything that was typed and counts."""
        for field in self:
            if isinstance(field, StringField) and self.asks(field.name):
                yield field.data
        for item in self.items:
            yield from (str(value) for value in item.data.values())

    @property
    def has_identity_code(self) -> bool:
        return any(map(clean.has_identity_code, self.texts()))

    def validate_access_form(self, field: Field) -> None:
        if Right.ACCESS in self.asked:
            among(field, N_("Choose in what form you want the data."))

    def validate_items(self, field: Field) -> None:
        del field
        empty = all(item.form.is_empty for item in self.items)
        if Right.RECTIFICATION in self.asked and empty and not self.text.data:
            raise ValidationError(N_("Write what should be corrected."))

    def validate_marketing_where(self, field: Field) -> None:
        if Right.MARKETING in self.asked and not field.data:
            raise ValidationError(N_("Write where the marketing comes to."))

    def validate_restrict_data(self, field: Field) -> None:
        if Right.RESTRICTION in self.asked and not (field.data or self.text.data):
            raise ValidationError(N_("Write which data you mean."))

    def validate_whose(self, field: Field) -> None:
        among(field, N_("Choose whose data this is about."))

    def validate_whose_name(self, field: Field) -> None:
        if self.whose.data != OWN and not field.data:
            raise ValidationError(N_("Write the name of the person."))

    def validate_name(self, field: Field) -> None:
        if not self.only_marketing and not field.data:
            raise ValidationError(N_("Write your name."))

    def validate_reach(self, field: Field) -> None:
        if not (self.only_marketing and not field.data):
            among(field, N_("Choose how we can reach you."))

    def validate_email(self, field: Field) -> None:
        if self.reach.data != EMAIL:
            return
        try:
            field.data = clean.email(field.data)
        except EmailNotValidError:
            raise ValidationError(
                N_("Write the e-mail address in the form name@example.com.")
            ) from None

    def validate_post(self, field: Field) -> None:
        if self.reach.data == LETTER and not field.data:
            raise ValidationError(N_("Write your postal address."))

    def validate_phone(self, field: Field) -> None:
        if self.reach.data == PHONE and not re.search(r"\d{3}", field.data):
            raise ValidationError(N_("Write your phone number in digits."))


def most_bytes() -> int:
    """How much a browser sends where every text is full, in any script.

    A character has up to four bytes in UTF-8, and %F0%9F%98%80 is how a form sends
    them: 43 texts of 5,000 characters (30 of them in ten corrections), six lines of 200
    and the stamp come to 221,200 characters, so 2,654,400 bytes. The names of the
    fields and the choices have the rest. Who is refused here gets no page with the text
    still in it, so nothing that the fields allow may be refused.
    """
    return room(Details(formdata=None)) * BYTES_OF_CHARACTER + BYTES_BESIDES


class Code(FlaskForm):
    """The access code, and what its holder does with it."""

    class Meta:
        csrf = False  # the code itself is what another site does not have

    code = Line(N_("Access code"), default="")
    stamp = Hidden()
    message = Lines(N_("Write to us"), default="")

    def validate_message(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(N_("Write your message."))
