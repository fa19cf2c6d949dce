"""Working days in Finland, by rules and not by a table of years."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Literal, get_args

Eve = Literal["midsummer", "christmas"]
EVES: frozenset[str] = frozenset(get_args(Eve))

# The law of the holidays, which a case stores beside its due dates.
CALENDAR = "FI 652/2023"

FRIDAY, SATURDAY = 4, 5
ONE_DAY = timedelta(days=1)


class Holiday(StrEnum):
    NEW_YEAR = "new-year"
    EPIPHANY = "epiphany"
    GOOD_FRIDAY = "good-friday"
    EASTER = "easter"
    EASTER_MONDAY = "easter-monday"
    MAY_DAY = "may-day"
    ASCENSION = "ascension"
    WHIT_SUNDAY = "whit-sunday"
    MIDSUMMER_EVE = "midsummer-eve"
    MIDSUMMER = "midsummer"
    ALL_SAINTS = "all-saints"
    INDEPENDENCE = "independence"
    CHRISTMAS_EVE = "christmas-eve"
    CHRISTMAS = "christmas"
    ST_STEPHEN = "st-stephen"


EVE_HOLIDAYS: dict[Holiday, Eve] = {
    Holiday.MIDSUMMER_EVE: "midsummer",
    Holiday.CHRISTMAS_EVE: "christmas",
}


def is_working_day(day: date, *, working_eves: frozenset[Eve] = frozenset()) -> bool:
    """Whether it is no Saturday, Sunday or holiday; Finland has no substitute days."""
    return day.weekday() < SATURDAY and holiday(day, working_eves=working_eves) is None


def next_working_day(day: date, *, working_eves: frozenset[Eve] = frozenset()) -> date:
    """The day itself, or the first working day after it (Reg. 1182/71 Art. 3(4))."""
    while not is_working_day(day, working_eves=working_eves):
        day += ONE_DAY
    return day


def previous_working_day(
    day: date, *, working_eves: frozenset[Eve] = frozenset()
) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day, working_eves=working_eves):
        day -= ONE_DAY
    return day


def working_days_after(
    day: date, count: int, *, working_eves: frozenset[Eve] = frozenset()
) -> date:
    """The *count*-th working day after a day, which itself is not counted."""
    for _ in range(count):
        day = next_working_day(day + ONE_DAY, working_eves=working_eves)
    return day


def holiday(day: date, *, working_eves: frozenset[Eve] = frozenset()) -> Holiday | None:
    """The holiday on a day; an eve that the settings make a working day is none.

    The two eves are on the Union's list of holidays (OJ C/2025/6771), but the
    e-Justice portal leaves Christmas Eve out: hence a setting for each.
    """
    found = holidays_of(day.year).get(day)
    if found in EVE_HOLIDAYS and EVE_HOLIDAYS[found] in working_eves:
        return None
    return found


@cache
def holidays_of(year: int) -> dict[date, Holiday]:
    """The holidays of a year by date."""
    easter = easter_sunday(year)
    midsummer_eve = _weekday_from(date(year, 6, 19), FRIDAY)
    days = {  # where two fall on one day, the later line counts
        # Kirkkolaki 652/2023 1:6 and Kirkkojärjestys 657/2023 1:4
        date(year, 1, 1): Holiday.NEW_YEAR,
        date(year, 1, 6): Holiday.EPIPHANY,
        easter - 2 * ONE_DAY: Holiday.GOOD_FRIDAY,
        easter: Holiday.EASTER,
        easter + ONE_DAY: Holiday.EASTER_MONDAY,
        easter + 39 * ONE_DAY: Holiday.ASCENSION,
        easter + 49 * ONE_DAY: Holiday.WHIT_SUNDAY,
        midsummer_eve + ONE_DAY: Holiday.MIDSUMMER,
        _weekday_from(date(year, 10, 31), SATURDAY): Holiday.ALL_SAINTS,
        date(year, 12, 25): Holiday.CHRISTMAS,
        date(year, 12, 26): Holiday.ST_STEPHEN,
        date(year, 5, 1): Holiday.MAY_DAY,  # Laki 272/1944
        date(year, 12, 6): Holiday.INDEPENDENCE,  # Laki 388/1937
        midsummer_eve: Holiday.MIDSUMMER_EVE,  # Laki 150/1930 5 §
        date(year, 12, 24): Holiday.CHRISTMAS_EVE,  # Laki 150/1930 5 §
    }
    return dict(sorted(days.items()))


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (Meeus, Jones and Butcher's rule)."""
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - correction + 15) % 30
    leaps, years = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - epact - years) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def name_of(found: Holiday, gettext: Callable[[str], str]) -> str:
    """The name of a holiday in the law, translated."""
    return {
        Holiday.NEW_YEAR: gettext("New Year’s Day"),
        Holiday.EPIPHANY: gettext("Epiphany"),
        Holiday.GOOD_FRIDAY: gettext("Good Friday"),
        Holiday.EASTER: gettext("Easter Sunday"),
        Holiday.EASTER_MONDAY: gettext("Easter Monday"),
        Holiday.MAY_DAY: gettext("May Day"),
        Holiday.ASCENSION: gettext("Ascension Day"),
        Holiday.WHIT_SUNDAY: gettext("Whit Sunday"),
        Holiday.MIDSUMMER_EVE: gettext("Midsummer Eve"),
        Holiday.MIDSUMMER: gettext("Midsummer Day"),
        Holiday.ALL_SAINTS: gettext("All Saints’ Day"),
        Holiday.INDEPENDENCE: gettext("Independence Day"),
        Holiday.CHRISTMAS_EVE: gettext("Christmas Eve"),
        Holiday.CHRISTMAS: gettext("Christmas Day"),
        Holiday.ST_STEPHEN: gettext("St Stephen’s Day"),
    }[found]


def _weekday_from(day: date, weekday: int) -> date:
    """The first day on or after a day that is this weekday."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
