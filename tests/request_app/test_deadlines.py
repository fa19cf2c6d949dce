import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, strategies as st

from request_app.deadlines import (
    HELSINKI,
    Pause,
    PauseKind,
    aim,
    aim_at_once,
    ends_at,
    explain,
    explain_extended,
    time_limits,
)
from request_app.workdays import is_working_day

VECTORS = Path(__file__).parent / "vectors"
BOTH_EVES = frozenset({"midsummer", "christmas"})
FINLAND = holidays.country_holidays("FI")


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=HELSINKI)


def identity(asked, answered, **options):
    return Pause(
        kind=PauseKind.IDENTITY, asked_on=asked, answered_on=answered, **options
    )


def cases(name):
    rows = json.loads((VECTORS / name).read_text())
    return [pytest.param(row, id=row["id"]) for row in rows]


@pytest.mark.parametrize("row", cases("deadlines.json"))
def test_every_field_of_the_vectors(row):
    received = datetime.fromisoformat(row["received"])
    limits = time_limits(received)
    strict = time_limits(received, working_eves=BOTH_EVES)

    computed = {
        "received_local_date": limits.received_on,
        "raw_due": limits.raw_due,
        "due": limits.due,
        "raw_extended_due": limits.raw_extended_due,
        "extended_due": limits.extended_due,
        "due_if_eves_were_working_days": strict.due,
        "extended_due_if_eves_were_working_days": strict.extended_due,
        "internal_target": limits.internal_target,
        "due_end_utc": f"{ends_at(limits.due):%Y-%m-%dT%H:%M:%SZ}",
        "extended_due_end_utc": f"{ends_at(limits.extended_due):%Y-%m-%dT%H:%M:%SZ}",
    }

    expected = {key: row[key] for key in row.keys() - {"id", "received", "why"}}
    assert {key: str(value) for key, value in computed.items()} == expected


def pauses_of(row):
    """P6 differs from P1 in its question alone, which its reason tells."""
    kind = PauseKind.IDENTITY
    if "WHICH RIGHT" in row["why"]:
        kind = PauseKind.WHICH_RIGHT
    return [
        Pause(
            kind=kind,
            asked_on=date.fromisoformat(pause["asked"]),
            answered_on=date.fromisoformat(pause["answered"]),
        )
        for pause in row["pauses"]
    ]


@pytest.mark.parametrize("row", cases("deadlines_pause.json"))
def test_every_field_of_the_pause_vectors(row):
    received = datetime.fromisoformat(row["received"])
    limits = time_limits(received, pauses=pauses_of(row))

    assert bool(limits.credited) is row["pause_credited"]
    assert limits.pause_days == row["pause_days"]
    assert str(limits.due) == row["due"]
    assert str(limits.extended_due) == row["extended_due"]
    assert str(limits.without_pauses.due) == row["due_without_pause"]


@pytest.mark.parametrize("year", range(2024, 2036))
def test_every_receipt_day_agrees_with_a_second_reckoning(year):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days)]

    for day in [*days, date(year, 12, 31)]:
        limits = time_limits(noon(day))

        assert limits.due == slow_due(day, months=1)
        assert limits.extended_due == slow_due(day, months=3)


def slow_due(day, *, months):
    due = day + relativedelta(months=months)
    while not FINLAND.is_working_day(due):
        due += timedelta(days=1)
    return due


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        time_limits(datetime(2026, 3, 5, 10))  # noqa: DTZ001 - that is the point


def test_an_unknown_eve_is_refused():
    with pytest.raises(ValueError, match="easter"):
        time_limits(noon(date(2026, 3, 5)), working_eves=frozenset({"easter"}))


instants = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.timezones(),
)
eves = st.frozensets(st.sampled_from(sorted(BOTH_EVES)))


@given(instants, eves)
def test_dates_keep_their_order(received, working_eves):
    limits = time_limits(received, working_eves=working_eves)

    assert limits.received_on < limits.internal_target <= limits.raw_due <= limits.due
    assert limits.due < limits.extended_due
    assert 28 <= (limits.raw_due - limits.received_on).days <= 31
    assert (limits.due - limits.raw_due).days <= 5
    assert is_working_day(limits.due, working_eves=working_eves)


@given(instants, st.integers(0, 20), st.integers(0, 60))
def test_a_pause_never_brings_the_answer_nearer(received, after, length):
    without = time_limits(received)
    asked = without.received_on + timedelta(days=after)
    paused = time_limits(
        received, pauses=[identity(asked, asked + timedelta(days=length))]
    )

    assert paused.due >= without.due
    assert paused.pause_days in {0, length}
    assert paused.without_pauses == without


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5),
    st.randoms(use_true_random=False),
)
def test_pauses_count_the_same_in_any_order(spans, random):
    start = date(2026, 3, 5)
    pauses = [
        identity(
            start + timedelta(days=asked),
            start + timedelta(days=asked + length),
            excused=True,
        )
        for asked, length in spans
    ]
    shuffled = random.sample(pauses, len(pauses))

    days = time_limits(noon(start), pauses=pauses).pause_days

    assert days == time_limits(noon(start), pauses=shuffled).pause_days
    assert days <= sum(length for _, length in spans)


@pytest.mark.parametrize(
    ("pauses", "days"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([(6, 16), (9, 12)], 10, id="one within the other"),
        pytest.param([(6, 10), (9, 14)], 8, id="overlapping"),
        pytest.param([(6, 8), (9, 11)], 4, id="asked again next day"),
        pytest.param([(6, 8), (20, 25)], 2, id="asked again too late"),
        pytest.param([(10, 12)], 2, id="asked on the third working day"),
        pytest.param([(11, 12)], 0, id="asked on the fourth"),
        pytest.param([(6, None)], 0, id="not answered yet"),
    ],
)
def test_what_a_pause_adds_to_a_request_of_thursday_5_march_2026(pauses, days):
    limits = time_limits(
        noon(date(2026, 3, 5)),
        pauses=[
            identity(date(2026, 3, asked), answered and date(2026, 3, answered))
            for asked, answered in pauses
        ],
    )

    assert limits.pause_days == days


def test_a_late_question_counts_where_staff_noted_why():
    late = identity(date(2026, 3, 25), date(2026, 3, 30), excused=True)

    limits = time_limits(noon(date(2026, 3, 5)), pauses=[late])

    assert limits.pause_days == 5


def test_a_question_of_another_kind_does_not_follow_on():
    pauses = [
        identity(date(2026, 3, 6), date(2026, 3, 16)),
        Pause(
            kind=PauseKind.SCOPE,
            asked_on=date(2026, 3, 17),
            answered_on=date(2026, 3, 20),
        ),
    ]

    assert time_limits(noon(date(2026, 3, 5)), pauses=pauses).pause_days == 10


def test_a_question_before_the_request_is_refused():
    early = identity(date(2026, 3, 4), date(2026, 3, 6))

    with pytest.raises(ValueError, match="before the request"):
        time_limits(noon(date(2026, 3, 5)), pauses=[early])


def test_an_answer_before_its_question_is_refused():
    with pytest.raises(ValueError, match="before it is asked"):
        identity(date(2026, 3, 6), date(2026, 3, 5))


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        pytest.param(date(2026, 11, 22), 14, date(2026, 12, 7), id="over a Sunday"),
        pytest.param(date(2026, 11, 24), 14, date(2026, 12, 8), id="a working day"),
        pytest.param(date(2026, 12, 10), 14, date(2026, 12, 28), id="over Christmas"),
        pytest.param(date(2026, 3, 5), 60, date(2026, 4, 2), id="not past the law"),
    ],
)
def test_the_aim_of_the_desk(received, days, expected):
    assert aim(time_limits(noon(received)), days=days) == expected


def test_the_aim_moves_with_a_pause():
    pause = identity(date(2026, 11, 24), date(2026, 11, 27))

    assert aim(time_limits(noon(date(2026, 11, 24)), pauses=[pause])) == date(
        2026, 12, 11
    )


def test_marketing_stops_on_the_next_working_day():
    assert aim_at_once(time_limits(noon(date(2026, 4, 2)))) == date(2026, 4, 7)


def test_limits_are_a_frozen_value():
    limits = time_limits(noon(date(2026, 3, 5)))

    with pytest.raises(AttributeError):
        limits.due = date(2027, 1, 1)
    assert limits == time_limits(noon(date(2026, 3, 5)))


def show(day):
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def test_the_working_names_each_day_that_is_stepped_over():
    limits = time_limits(noon(date(2025, 11, 24)))

    assert explain(limits, gettext=str, show=show) == [
        "Received: Monday 24 November 2025",
        "One month later: Wednesday 24 December 2025",
        "Not a working day: Wednesday 24 December 2025 (Christmas Eve)",
        "Not a working day: Thursday 25 December 2025 (Christmas Day)",
        "Not a working day: Friday 26 December 2025 (St Stephen’s Day)",
        "Not a working day: Saturday 27 December 2025",
        "Not a working day: Sunday 28 December 2025",
        "Last day to answer: Monday 29 December 2025",
    ]


def test_the_working_tells_of_a_shorter_month_and_of_a_pause():
    pause = identity(date(2026, 8, 31), date(2026, 9, 9))
    limits = time_limits(noon(date(2026, 8, 31)), pauses=[pause])

    assert explain(limits, gettext=str, show=show) == [
        "Received: Monday 31 August 2026",
        "One month later: Wednesday 30 September 2026",
        "The month is shorter, so its last day counts.",
        "We waited for your reply. Days added: 9",
        "With the days added: Friday 9 October 2026",
        "Last day to answer: Friday 9 October 2026",
    ]


def test_the_working_of_an_extension_counts_from_receipt():
    limits = time_limits(noon(date(2026, 3, 19)))

    assert explain_extended(limits, gettext=str, show=show) == [
        "Received: Thursday 19 March 2026",
        "Three months later: Friday 19 June 2026",
        "Not a working day: Friday 19 June 2026 (Midsummer Eve)",
        "Not a working day: Saturday 20 June 2026 (Midsummer Day)",
        "Not a working day: Sunday 21 June 2026",
        "Last day to answer: Monday 22 June 2026",
    ]


@given(instants, eves)
def test_the_working_ends_with_the_day_itself(received, working_eves):
    limits = time_limits(received, working_eves=working_eves)

    working = explain(limits, gettext=str, show=date.isoformat)
    extended = explain_extended(limits, gettext=str, show=date.isoformat)

    assert working[-1] == f"Last day to answer: {limits.due}"
    assert extended[-1] == f"Last day to answer: {limits.extended_due}"


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 4, 1), datetime(2026, 4, 1, 21, tzinfo=UTC)),
        (date(2026, 11, 25), datetime(2026, 11, 25, 22, tzinfo=UTC)),
    ],
    ids=["summer", "winter"],
)
def test_a_day_ends_at_midnight_in_helsinki(day, end):
    assert ends_at(day) == end
