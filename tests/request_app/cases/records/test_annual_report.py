"""The report of a year: a sum of what is counted, whatever became of the cases."""

import os
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

from hypothesis import given, settings, strategies as st

from request_app.cases.lifecycle.case_statistics import Counted, row_of
from request_app.cases.records.annual_report import report_of
from request_app.cases.rights import Result
from request_app.cases.steps.closing import Closed, Reopened
from request_app.cases.steps.delivery import Delivered
from request_app.cases.steps.extension import Extended
from request_app.store.statistics import StatisticsRow
from request_app.store.values import Channel, Right, Way
from tests.support.case_steps import (
    LIMITS,
    RECEIVED,
    after,
    answered,
    ask,
    decide,
    deliver,
    ended,
    known,
    reach,
    started,
)

EXAMPLES = int(os.environ.get("SELOSTE_EXAMPLES", "100"))
DAY = timedelta(days=1)
LATE_DAY = LIMITS.due + DAY
ROWS = st.builds(
    StatisticsRow,
    year=st.just(2026),
    month=st.integers(1, 12),
    channel=st.sampled_from(Channel),
    language=st.sampled_from(["fi", "en"]),
    rights=st.dictionaries(
        st.sampled_from([each.value for each in Right]),
        st.sampled_from([each.value for each in Result]),
        min_size=1,
    ),
    days=st.none() | st.integers(0, 100),
    in_aim=st.booleans(),
    late=st.booleans(),
    extension=st.none() | st.just("complex_volume"),
    paused=st.integers(0, 20),
)
COUNTED = st.lists(st.builds(Counted, ROWS, st.booleans(), st.integers(1, 5)))


def row(progress, today=RECEIVED):
    return row_of(progress, today=today)


@settings(max_examples=EXAMPLES, deadline=None)
@given(COUNTED)
def test_every_table_adds_up_to_the_same(counted):
    report = report_of(2026, counted)
    total = sum(each.number for each in counted)

    assert report.whole.received == total
    assert report.whole.open + report.whole.closed == total
    for table in (report.channels, report.languages):
        assert table.total() == total
    for name in ("received", "open", "late", "extended", "answered", "in_aim"):
        assert sum(getattr(each, name) for each in report.quarters) == getattr(
            report.whole, name
        )
    assert report.extensions.total() == report.whole.extended


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.builds(Counted, ROWS, st.booleans(), st.just(1)), min_size=1))
def test_the_median_is_that_of_all_answers(counted):
    days = [each.row.days for each in counted if each.row.days is not None]

    sums = report_of(2026, counted).whole
    assert sums.median == (median(days) if days else None)
    assert sums.worst == max(days, default=None)


@settings(max_examples=EXAMPLES, deadline=None)
@given(COUNTED, st.randoms())
def test_it_is_the_same_in_any_order_and_however_they_are_grouped(counted, random):
    one_by_one = [
        each._replace(number=1) for each in counted for _ in range(each.number)
    ]
    random.shuffle(one_by_one)

    assert report_of(2026, one_by_one) == report_of(2026, counted)


def test_days_are_counted_to_the_first_answer():
    told = row(after(answered(), reach(), Closed()))

    assert (told.days, told.in_aim, told.late) == (0, True, False)


def test_an_answer_after_a_reopening_makes_nothing_late():
    again = after(ended(), Reopened(), deliver(LATE_DAY, "d2"), Closed())

    assert row(again) == row(ended())


def test_an_answer_after_the_last_day_is_late():
    told = row(after(started(), known(), decide(), deliver(LATE_DAY)))

    assert (told.days, told.in_aim, told.late) == (
        (LATE_DAY - RECEIVED).days,
        False,
        True,
    )


def test_one_in_time_by_its_extension_is_not():
    extended = Extended(to=LIMITS.extended_due, reason="complex_volume", on=RECEIVED)
    sent = Delivered(delivery="d", way=Way.LETTER, on=LATE_DAY)
    told = row(after(started(), known(), extended, decide(), sent))

    assert (told.late, told.extension) == (False, "complex_volume")


def test_an_open_case_is_late_from_the_day_after_its_last():
    assert not row(started(), LIMITS.due).late
    assert row(started(), LATE_DAY).late


def test_days_of_waiting_are_counted():
    told = row(after(started(), ask(), known(RECEIVED + 5 * DAY)))

    assert told.paused == 5


def test_what_was_cancelled_is_not_late_for_it():
    cancelled = started(cancelled_at=replace(started().case).received_at)
    told = row(after(cancelled, Closed()), date(2027, 1, 1))

    assert (told.late, told.rights) == (False, {"access": "cancelled"})
