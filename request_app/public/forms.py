"""What a person is asked, in what words, and what is too little or too much."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from email_validator import EmailNotValidError
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from generator.content.reader import Content
from generator.languages import N_, own_name
from request_app.public import clean
from request_app.store.values import Right

LONGEST_LINE, LONGEST_TEXT = 200, 5000
MOST_ITEMS = 10
IDENTITY_CODE = re.compile(  # with any dash that a keyboard or a text editor makes
    r"\b\d{6}[-\u2010-\u2015\u2212+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b", re.IGNORECASE
)
ITEM_NAME = re.compile(r"items-[0-9]{1,2}-(now|right|why)")
ALL, SOME = "all", "some"
OWN = "own"
EMAIL, LETTER, PHONE = "email", "letter", "phone"

OTHER_OR_UNKNOWN = N_("Something else or I don’t know")
FIRST_PAGE = ("rights", "scope", "registers")

# What else is asked of those who ask for this.
DETAILS: dict[Right, tuple[str, ...]] = {
    Right.ACCESS: ("access_data", "access_period", "access_form"),
    Right.RECTIFICATION: ("items", "rectify_restrict"),
    Right.ERASURE: ("erasure_data",),
    Right.RESTRICTION: ("restrict_data", "restrict_why"),
    Right.PORTABILITY: ("portability_to",),
    Right.OBJECTION: ("object_data", "object_why", "object_restrict"),
    Right.MARKETING: ("marketing_where",),
    Right.WITHDRAWAL: ("consent_what",),
    Right.HUMAN_REVIEW: ("review_what",),
    Right.OTHER: (),
}


def readable(answers: MultiDict[str, str]) -> MultiDict[str, str]:
    """The answers without names that only look like those of items."""
    return MultiDict(
        (name, value)
        for name, value in answers.items(multi=True)
        if not name.startswith("items-") or ITEM_NAME.fullmatch(name)
    )


def _short(form: Form, field: Field) -> None:
    del form
    if len(field.data) > LONGEST_LINE:
        raise ValidationError(
            N_("Shorten this text. There is room for 200 characters.")
        )


def _not_endless(form: Form, field: Field) -> None:
    del form
    if len(field.data) > LONGEST_TEXT:
        raise ValidationError(
            N_("Shorten this text. There is room for 5,000 characters.")
        )


Line = partial(StringField, filters=[clean.line], validators=[_short])
Lines = partial(TextAreaField, filters=[clean.text], validators=[_not_endless])
Choice = partial(RadioField, validate_choice=False)
Hidden = partial(HiddenField, filters=[clean.line], validators=[_not_endless])


class Item(Form):
    """One thing to correct."""

    now = Lines(
        N_("The data now"), description=N_("Word for word, if you know."), default=""
    )
    right = Lines(N_("The data as they should be"), default="")
    why = Lines(N_("Why? (optional)"), default="")

    @property
    def is_empty(self) -> bool:
        return not any(self.data.values())


class What(FlaskForm):
    """The first page: what is asked, and of which data."""

    class Meta:
        csrf = False  # there is no cookie that another site could abuse

    rights = SelectMultipleField(
        N_("What do you want to ask for?"),
        description=N_(
            "You can choose several. "
            "If unsure, choose “Something else or I don’t know”."
        ),
        validate_choice=False,
    )
    scope = Choice(N_("Which data do you mean?"), default=ALL)
    registers = SelectMultipleField(N_("Registers"), validate_choice=False)
    stamp = Hidden()
    website = Line(N_("Leave this field empty"), default="")  # people do not see it

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
                yield from _faults_of(field)

    def carried(self, *shown: str) -> Iterator[tuple[str, str]]:
        """Yield what was typed on the pages that are not shown now."""
        for field in self:
            if field.name not in shown:
                yield from _values_of(field)

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


class Details(What):
    """The second page as well: the details, and how to reach the person."""

    access_data = Lines(
        N_("Which data? (optional)"),
        description=N_("If you leave this empty, you get everything."),
        default="",
    )
    access_period = Line(
        N_("Only a certain period? (optional)"),
        description=N_("If you leave this empty, you get everything."),
        default="",
    )
    access_form = Choice(
        N_("In what form do you want the data?"),
        choices={"electronic": N_("Electronically"), "paper": N_("On paper")},
        default="electronic",
    )
    items = FieldList(
        FormField(Item), N_("What is wrong"), min_entries=1, max_entries=MOST_ITEMS
    )
    rectify_restrict = BooleanField(
        N_("Do not use this data until you have checked it.")
    )
    erasure_data = Lines(
        N_("Which data? (optional)"),
        description=N_("If you leave this empty, you mean all the data."),
        default="",
    )
    restrict_data = Lines(N_("Which data?"), default="")
    restrict_why = Lines(N_("Why? (optional)"), default="")
    portability_to = Lines(
        N_("Do you want the data sent straight to someone else? (optional)"),
        description=N_(
            "Write to whom. If you leave this empty, you get the data yourself."
        ),
        default="",
    )
    object_data = Lines(
        N_("Which data? (optional)"),
        description=N_("If you leave this empty, you mean all the data."),
        default="",
    )
    object_why = Lines(
        N_("Why do you object? (optional)"),
        description=N_("Tell us as much about your situation as you wish."),
        default="",
    )
    object_restrict = BooleanField(
        N_("Do not use my data until you have checked this.")
    )
    marketing_where = Lines(
        N_("Where does the marketing come to?"),
        description=N_("E-mail address, phone number or postal address."),
        default="",
    )
    consent_what = Lines(
        N_("What did you consent to? (optional)"),
        description=N_("For example a newsletter."),
        default="",
    )
    review_what = Lines(
        N_("Which decision do you mean?"),
        default="",
    )
    text = Lines(
        N_("Describe your request in your own words (optional)"),
        description=N_(
            "Do not write a personal identity code, health data or passwords. "
            "Say only what is necessary about other people."
        ),
        default="",
    )
    whose = Choice(
        N_("Whose data is this about?"),
        choices={
            OWN: N_("Mine"),
            "child": N_("A child in my custody"),
            "guardian": N_("A person whose guardian I am"),
            "authorised": N_("Someone who has authorised me"),
        },
        default=OWN,
    )
    whose_name = Line(
        N_("Their name"),
        description=N_(
            "No identity code or date of birth. "
            "Do not send a power of attorney now: we ask for it if needed."
        ),
        default="",
    )
    name = Line(
        N_("Your name"),
        description=N_("If it has changed, give the former one too."),
        default="",
    )
    reach = Choice(
        N_("How can we reach you?"),
        description=N_("One way is enough."),
        choices={
            EMAIL: N_("By e-mail"),
            LETTER: N_("By letter"),
            PHONE: N_("By phone"),
        },
    )
    email = Line(
        N_("E-mail address"),
        description=N_(
            "Preferably the one we already have. "
            "Do not use one that your employer or anyone else reads."
        ),
        default="",
    )
    post = Lines(
        N_("Postal address"),
        description=N_(
            "If you have a non-disclosure order for personal safety, do not write "
            "your home address. Choose e-mail or phone, or give a P.O. box."
        ),
        default="",
    )
    phone = Line(
        N_("Phone number"),
        description=N_(
            "We call only about this request. "
            "You can open the answer on this site with the access code."
        ),
        default="",
    )
    known = Lines(
        N_("How might we know you? (optional)"),
        description=N_(
            "For example: I am a customer, took part in coaching, subscribed to the "
            "newsletter, work or worked for you. Add an organisation or year if you "
            "remember."
        ),
        default="",
    )
    reply_language = Choice(N_("In which language do you want the answer?"))

    def offer(self, content: Content, language: str, say: Callable[[str], str]) -> None:
        super().offer(content, language, say)
        self.reply_language.choices = {
            each: own_name(each) for each in content.site.languages
        }
        if self.reply_language.data not in content.site.languages:
            self.reply_language.data = language

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
        return any(IDENTITY_CODE.search(each) for each in self.texts())

    def validate_access_form(self, field: Field) -> None:
        if Right.ACCESS in self.asked:
            _among(field, N_("Choose in what form you want the data."))

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
        _among(field, N_("Choose whose data this is about."))

    def validate_whose_name(self, field: Field) -> None:
        if self.whose.data != OWN and not field.data:
            raise ValidationError(N_("Write the name of the person."))

    def validate_name(self, field: Field) -> None:
        if not self.only_marketing and not field.data:
            raise ValidationError(N_("Write your name."))

    def validate_reach(self, field: Field) -> None:
        if not (self.only_marketing and not field.data):
            _among(field, N_("Choose how we can reach you."))

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


def _faults_of(field: Field) -> Iterator[tuple[str, str]]:
    for error in field.errors:
        if isinstance(error, str):
            yield field.id, error
        else:  # of an item of a list
            for number, item in enumerate(field):
                yield from (
                    (f"{field.id}-{number}-{name}", message)
                    for name, messages in item.errors.items()
                    for message in messages
                )
            return


def _values_of(field: Field) -> Iterator[tuple[str, str]]:
    if isinstance(field, FieldList):
        for item in field:
            for each in item.form:
                yield from _values_of(each)
    elif isinstance(field, SelectMultipleField):
        yield from ((field.name, value) for value in field.data or ())
    elif field.data:
        yield field.name, "y" if field.data is True else str(field.data)


def _among(field: Field, message: str) -> None:
    if field.data not in field.choices:
        raise ValidationError(message)
