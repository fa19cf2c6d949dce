from datetime import date, timedelta

import holidays
import pytest

from request_app.workdays import (
    Holiday,
    easter_sunday,
    holiday,
    holidays_of,
    is_working_day,
    name_of,
    next_working_day,
    previous_working_day,
    working_days_after,
)

ORACLE = holidays.country_holidays("FI")
YEARS = range(2024, 2037)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_agrees_with_the_holidays_package(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]

    differing = [
        day for day in days if is_working_day(day) != ORACLE.is_working_day(day)
    ]

    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_the_holidays_that_the_holidays_package_lists(year):
    assert set(holidays_of(year)) == set(holidays.country_holidays("FI", years=year))


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        pytest.param(1818, date(1818, 3, 22), id="the earliest there is"),
        pytest.param(1943, date(1943, 4, 25), id="the latest there is"),
        pytest.param(2000, date(2000, 4, 23), id="a leap century"),
        pytest.param(2026, date(2026, 4, 5), id="2026"),
        pytest.param(2049, date(2049, 4, 18), id="where shorter rules err"),
    ],
)
def test_easter(year, expected):
    assert easter_sunday(year) == expected


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 4, 2), id="Maundy Thursday"),
        pytest.param(date(2026, 4, 30), id="the eve of May Day"),
        pytest.param(date(2026, 5, 15), id="the Friday after Ascension"),
        pytest.param(date(2026, 5, 25), id="Whit Monday"),
        pytest.param(date(2026, 12, 31), id="New Year’s Eve"),
        pytest.param(date(2026, 12, 7), id="Monday after a Sunday’s Independence Day"),
        pytest.param(date(2027, 6, 9), id="Åland’s own day"),
    ],
)
def test_days_often_taken_for_holidays_are_working_days(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("day", "eve"),
    [(date(2026, 6, 19), "midsummer"), (date(2026, 12, 24), "christmas")],
)
def test_each_eve_can_be_set_to_be_a_working_day(day, eve):
    other = {"midsummer", "christmas"} - {eve}

    assert not is_working_day(day)
    assert not is_working_day(day, working_eves=frozenset(other))
    assert is_working_day(day, working_eves=frozenset({eve}))


def test_a_working_day_is_its_own_next_and_previous():
    tuesday = date(2026, 11, 24)

    assert next_working_day(tuesday) == previous_working_day(tuesday) == tuesday


def test_the_days_around_christmas_are_stepped_over():
    assert next_working_day(date(2025, 12, 24)) == date(2025, 12, 29)
    assert previous_working_day(date(2025, 12, 28)) == date(2025, 12, 23)


def test_working_days_are_counted_from_the_day_after():
    assert working_days_after(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert working_days_after(date(2026, 4, 2), 3) == date(2026, 4, 9)


def test_each_holiday_has_a_name_of_its_own():
    names = {name_of(found, str) for found in Holiday}

    assert len(names) == len(Holiday) == 15


def test_ascension_on_may_day_is_named_once():
    assert holiday(date(2008, 5, 1)) is Holiday.MAY_DAY
