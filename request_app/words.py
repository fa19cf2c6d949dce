"""Days, times and sizes as the form, the desk, mails and letters write them."""

from datetime import date, datetime
from math import ceil

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from generator.languages import N_, catalogue, locale
from request_app.deadlines import HELSINKI

KILO, MEGA = 1000, 1000**2

# The weekday as a name, not as Finnish says “on Tuesday”, and the date in figures.
_DAYS = {"fi": "cccc d.M.y", "en": "cccc d MMMM y"}
_SHORT_DAYS = {"fi": "ccc d.M.y", "en": "ccc d MMM y"}
_CLOCKS = {"fi": "'klo' H.mm", "sv": "'kl.' H.mm"}


def day(value: date, *, language: str) -> str:
    return format_date(value, _DAYS.get(language, "full"), locale(language))


def short_day(value: date, *, language: str) -> str:
    """For a column of a table."""
    return format_date(value, _SHORT_DAYS.get(language, "medium"), locale(language))


def moment(value: datetime, *, language: str) -> str:
    """A day and the time of it in Helsinki, which is the legal one."""
    local = value.astimezone(HELSINKI)
    clock = _CLOCKS.get(language, "HH:mm")
    time = format_time(local.time(), clock, locale=locale(language))
    return f"{day(local.date(), language=language)} {time}"


def file_size(count: int, *, language: str) -> str:
    """How big a file is, in the units that people know."""
    say = catalogue(language).gettext
    kilos = ceil(count / KILO)
    if kilos < KILO:
        return say(N_("%(size)s kB")) % {"size": kilos}
    size = format_decimal(round(count / MEGA, 1), locale=locale(language))
    return say(N_("%(size)s MB")) % {"size": size}
