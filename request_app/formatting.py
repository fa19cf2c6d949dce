"""Days, times and file sizes as text in a language."""

from datetime import date, datetime
from math import ceil

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from generator.languages import N_, catalogue, locale
from request_app.deadlines import HELSINKI

KILO, MEGA = 1000, 1000**2

# The weekday in its base form, not “on Tuesday”, and the date in figures.
_DAYS = {"fi": "cccc d.M.y", "en": "cccc d MMMM y"}
_SHORT_DAYS = {"fi": "ccc d.M.y", "en": "ccc d MMM y"}
_CLOCKS = {"fi": "'klo' H.mm", "sv": "'kl.' H.mm"}


def day(value: date, *, language: str) -> str:
    return format_date(value, _DAYS.get(language, "full"), locale(language))


def short_day(value: date, *, language: str) -> str:
    """A day in short, for tables."""
    return format_date(value, _SHORT_DAYS.get(language, "medium"), locale(language))


def moment(value: datetime, *, language: str) -> str:
    """A day with the time, both in Helsinki, which is the legal time."""
    local = value.astimezone(HELSINKI)
    clock = _CLOCKS.get(language, "HH:mm")
    time = format_time(local.time(), clock, locale=locale(language))
    return f"{day(local.date(), language=language)} {time}"


def file_size(count: int, *, language: str) -> str:
    """The size of a file in kB or MB."""
    gettext = catalogue(language).gettext
    kilos = ceil(count / KILO)
    if kilos < KILO:
        return gettext(N_("%(size)s kB")) % {"size": kilos}
    size = format_decimal(round(count / MEGA, 1), locale=locale(language))
    return gettext(N_("%(size)s MB")) % {"size": size}
