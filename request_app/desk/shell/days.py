"""Reading and writing days in the Finnish form, and a form field for them."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from wtforms import Field, StringField, ValidationError

from generator.languages import N_
from request_app.cases.intake.manual_entry import FIRST_DAY
from request_app.web import clean

DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def read_day(typed: str) -> date | None:
    """Read a day in the Finnish or the ISO form."""
    found = DAY.fullmatch(typed)
    try:
        if found:
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def write_day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def faults_of_day(day: date | None, today: date) -> Iterator[str]:
    if day is None:
        yield N_("Write the day in the form 20.11.2026.")
    elif day > today:
        yield N_("That day is not here yet.")
    elif day < FIRST_DAY:
        yield N_("Check the year: the regulation applies from 25.5.2018.")


class DayField(StringField):  # type: ignore[misc]
    """A field for a day in the Finnish form."""

    def __init__(self, label: str, **more: object) -> None:
        given = {"filters": [clean.line], "validators": [is_day]} | more
        super().__init__(label, **given)


def is_day(_form: object, field: Field) -> None:
    if read_day(field.data or "") is None:
        raise ValidationError(N_("Write the day in the form 20.11.2026."))


def start(field: Field, day: date) -> None:
    """Fill in a day if the form was not posted."""
    if not field.raw_data:
        field.data = write_day(day)
