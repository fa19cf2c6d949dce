"""Form fields with their cleaning and limits, and helpers for faults and values."""

from collections.abc import Iterable, Iterator
from functools import partial

import wtforms
from wtforms.validators import Length

from generator.languages import N_
from request_app.web import clean

LONGEST_LINE, LONGEST_TEXT = 200, 5000

_SHORT = Length(
    max=LONGEST_LINE, message=N_("Shorten this text. There is room for 200 characters.")
)
_NOT_ENDLESS = Length(
    max=LONGEST_TEXT,
    message=N_("Shorten this text. There is room for 5,000 characters."),
)

Line = partial(
    wtforms.StringField, default="", filters=[clean.line], validators=[_SHORT]
)
Lines = partial(
    wtforms.TextAreaField, default="", filters=[clean.text], validators=[_NOT_ENDLESS]
)
Hidden = partial(wtforms.HiddenField, filters=[clean.line], validators=[_NOT_ENDLESS])
Choice = partial(
    wtforms.RadioField, validate_choice=False
)  # our own words say what to do
Choices = partial(wtforms.SelectMultipleField, validate_choice=False)


def among(field: wtforms.Field, message: str) -> None:
    """Refuse an answer that is not among the choices."""
    if field.data not in field.choices:
        raise wtforms.ValidationError(message)


def room(fields: Iterable[wtforms.Field]) -> int:
    """The most characters these fields take together, with full lists."""
    return sum(_room(field) for field in fields)


def _room(field: wtforms.Field) -> int:
    if isinstance(field, wtforms.FieldList):
        return int(field.max_entries) * room(field.entries[0].form)
    return field.flags.maxlength or 0


def faults_of(field: wtforms.Field) -> Iterator[tuple[str, str]]:
    """The faults of a field, each with the id of the input that has it."""
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


def values_of(field: wtforms.Field) -> Iterator[tuple[str, str]]:
    """Names and values of a field as a browser would send them."""
    if isinstance(field, wtforms.FieldList):
        for item in field:
            for each in item.form:
                yield from values_of(each)
    elif isinstance(field, wtforms.SelectMultipleField):
        yield from ((field.name, value) for value in field.data or ())
    elif field.data:
        yield field.name, "y" if field.data is True else str(field.data)
