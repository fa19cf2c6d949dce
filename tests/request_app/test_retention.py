"""The times by which requests are deleted are those of the notice."""

import os
import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from generator.content.reader import read_content
from request_app import create_desk
from request_app.deadlines import local_day
from request_app.retention import RetentionError, Span, tells_that_trail_stays, times_of
from tests.conftest import edit
from tests.support import form_app
from tests.support.form_app import SMALL, url_of

EXAMPLES = int(os.environ.get("SELOSTE_EXAMPLES", "100"))
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
SPANS = st.one_of(
    st.builds(Span, months=st.integers(1, 120)),
    st.builds(Span, days=st.integers(1, 400)),
)
FILE = "content/registers/data-protection-requests.yaml"


@pytest.fixture
def notice(tmp_path):
    """A notice of one's own, to spoil."""
    folder = shutil.copytree(SMALL, tmp_path / "notice")
    return folder, folder / FILE


def test_the_times_are_those_of_the_register(small):
    times = times_of(small.registers)

    assert times.delivered_package == Span(days=30)
    assert times.messages_and_old_values == Span(months=12)
    assert times.case_and_letters == Span(months=36)
    assert times.abuse_limits == Span(days=1)


def test_those_of_the_proposal_can_be_kept(first):
    assert times_of(first.registers)


STAYS = [
    pytest.param("", "", True, id="a criterion"),
    pytest.param("what: audit_trail\n", "text: {fi: loki, en: trail}\n", False, id="not told"),
    pytest.param("  - {what: security_log", "  - {what: audit_trail, years: 5}\n  - {what: security_log", False, id="a number as well"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), STAYS)
def test_the_notice_tells_that_the_trail_stays(notice, old, new, told):
    folder, file = notice
    edit(file, old, new)

    assert tells_that_trail_stays(read_content(folder).registers) is told


def test_without_the_register_there_are_no_times(small):
    others = [each for each in small.registers if "requests" not in each.id]

    assert times_of(others) is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param("  - {what: case_and_letters, years: 3, after: closed}\n", "", "case_and_letters is missing", id="a key is missing"),
        pytest.param("years: 3, after: closed", "years: 11, after: closed", "case_and_letters is not between 12 months and 120 months", id="too long"),
        pytest.param("days: 30, after: fetched", "days: 91, after: fetched", "not between 1 days and 90 days", id="a package too long"),
        pytest.param("days: 30, after: fetched", "days: 30, after: closed", "Write after: fetched", id="another event"),
        pytest.param("years: 3, after: closed", "criterion: {fi: tarpeen, en: as needed}", "case_and_letters needs a number", id="a criterion"),
        pytest.param("months: 12, after: closed", "months: 48, after: closed", "cannot be kept longer than case_and_letters", id="messages outlive the case"),
        pytest.param("{what: abuse_limits, days: 1,", "{what: abuse_limits, days: 31,", "abuse_limits is not between", id="limits too long"),
        pytest.param("retention:\n", "retention:\n  - {what: security_log, days: 90, after: written}\n", "security_log stands there twice", id="twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_a_sentence(notice, old, new, sentence):
    folder, file = notice
    edit(file, old, new)

    with pytest.raises(RetentionError, match=sentence):
        times_of(read_content(folder).registers)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SPANS, DAYS)
def test_a_day_is_due_when_its_last_day_is_over(span, today):
    first = span.first_kept(today)

    assert span.last_day(first) >= today
    assert span.last_day(first - timedelta(days=1)) < today
    assert local_day(span.due_before(today)) == first


@pytest.mark.parametrize(
    ("span", "since", "last"),
    [
        pytest.param(Span(months=12), date(2024, 2, 29), date(2025, 2, 28), id="a leap day"),
        pytest.param(Span(months=1), date(2026, 1, 31), date(2026, 2, 28), id="a short month"),
        pytest.param(Span(months=36), date(2026, 11, 22), date(2029, 11, 22), id="years"),
        pytest.param(Span(days=30), date(2026, 11, 22), date(2026, 12, 22), id="days"),
    ],
)  # fmt: skip
def test_a_time_ends_on_the_same_day_number(span, since, last):
    assert span.last_day(since) == last


def test_the_desk_does_not_start_with_times_it_cannot_keep(notice, keys, sqlite_engine):
    folder, file = notice
    edit(file, "years: 3", "years: 30")
    environ = form_app.settings(url_of(sqlite_engine), keys, CONTENT=folder)

    with pytest.raises(RetentionError, match="case_and_letters is not between"):
        create_desk(environ)


def test_the_worker_does_not_start_either(notice, start, sqlite_engine):
    folder, file = notice
    edit(file, "years: 3", "years: 30")
    app = start(sqlite_engine, CONTENT=folder)

    for mode in ("--once", "--loop"):
        result = app.test_cli_runner().invoke(args=["work", mode])
        assert result.exit_code == 2
        assert "case_and_letters is not between 12 months and 120" in result.output
