"""Questions to the person, and whether the time stops meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from request_app.desk.shell.days import write_day
from request_app.store import letters, steps
from tests.support.desk_browser import Browser
from tests.support.desk_cases import again
from tests.support.desk_steps import (
    here,
    in_store,
    kept,
    step,
)
from tests.support.filed_requests import SUBMISSION
from tests.support.staff_accounts import sign_in_quickly


@pytest.mark.parametrize(
    ("days", "told"), [(0, "the time stops"), (20, "the time does not stop")]
)
def test_it_is_said_whether_the_time_stops(clock, days, told, show):
    clock.shift(timedelta(days=days))

    assert told in show("ask").words
    assert told in show("identity/ask").words.replace("The", "the")


def test_a_question_is_asked_and_answered(take, progress, clock):
    sent = take(
        "ask",
        kind="scope_recital63",
        question="Mitä vuosia?",
        go="send",
        **{"section-question": "Mitä vuosia tarkoitat?"},
    )
    assert sent.status == 303
    clock.shift(timedelta(days=4))
    done = take(
        "answered", kind="scope_recital63", enough="yes", answer="Vuosia 2024–2025."
    )

    assert done.status == 303
    assert progress().limits.pause_days == 4
    assert not progress().open_questions


SCOPE = {"kind": "scope_recital63", "question": "Mitä vuosia?"}


DOUBT = {"doubt": "Nimiä on kaksi.", "method": "known-facts", "facts": "Vene."}


@pytest.mark.parametrize(("page", "asked"), [("ask", SCOPE), ("identity/ask", DOUBT)])
@pytest.mark.parametrize(
    ("asked_on", "way", "why_late", "due", "excused"),
    [
        # Thursday 5.3.2026 and a month: Easter Sunday 5.4.; Tuesday 7.4. is a working
        # day. Three working days end on Tuesday 10.3.; it is entered on Wednesday
        # 11.3. and answered on Monday 16.3.
        ("6.3.2026", "phone", "", "2026-04-15", False),  # 10 days: 5.4. + 10
        ("6.3.2026", "phone", "Loma.", "2026-04-15", False),  # needs no excuse
        ("10.3.2026", "by-hand", "", "2026-04-13", False),  # 6 days: Saturday 11.4.
        ("11.3.2026", "letter", "", "2026-04-07", False),  # asked late: no days
        ("11.3.2026", "letter", "Löytyi nyt.", "2026-04-10", True),  # 5 days
        ("6.3.2026", "status-page", "", "2026-04-07", False),  # goes today, late
    ],
)
def test_a_question_asked_before_it_was_entered_counts_from_its_day(
    desk, aino, clock, page, asked, asked_on, way, why_late, due, excused
):
    clock.move_to("2026-03-05T08:00:00Z")
    parts = {"person": {"name": "Testi", "phone": "0401234567", "post": "Testikatu 1"}}
    case = here(
        desk, replace(SUBMISSION, registers=frozenset({"members"}), parts=parts)
    )
    clock.move_to("2026-03-11T08:00:00Z")
    fields = asked | {"asked_on": asked_on, "way": way, "why_late": why_late}
    browser = Browser(desk, sign_in_quickly(desk, aino))
    assert step(desk, browser, case, page, go="send", **fields).status == 303
    clock.move_to("2026-03-16T08:00:00Z")
    browser = Browser(desk, sign_in_quickly(desk, aino))
    kind = "identity" if page == "identity/ask" else "scope_recital63"
    done = step(desk, browser, case, "answered", kind=kind, on="16.3.2026")
    assert done.status == 303

    assert str(again(desk, case).due) == due
    [letter] = in_store(desk, letters.of_case, case.id)
    today = way == "status-page" or asked_on.startswith("11.")
    sent_on = date(2026, 3, 11) if today else date(2026, 3, int(asked_on.split(".")[0]))
    assert (letter.sent_on, letter.entered_at.day) == (sent_on, 11)
    [row, _] = in_store(desk, steps.of_case, case.id)
    assert ('"excused":true' in row.facts) == excused


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "The day is before the request came."), (1, "The day is still to come.")],
)
def test_a_question_is_not_older_than_the_request_nor_to_come(
    desk, case, take, days, sentence
):
    before = kept(desk, case)
    on = write_day(case.received_on + timedelta(days=days))
    answer = take("ask", go="send", way="by-hand", asked_on=on, **SCOPE)

    assert answer.status == 409
    assert sentence in answer.words
    assert kept(desk, case) == before


def test_which_right_never_stops_the_time(take, progress, clock):
    take("ask", kind="which_right", question="Mitä haluat?", go="send")
    clock.shift(timedelta(days=4))
    take("answered", kind="which_right", enough="no")

    assert progress().limits.pause_days == 0


def test_an_excused_question_needs_its_reason_and_then_counts(take, progress, clock):
    clock.shift(timedelta(days=20))
    take(
        "ask",
        kind="scope_recital63",
        question="Mitä?",
        why_late="Löytyi vasta nyt.",
        go="send",
    )
    clock.shift(timedelta(days=2))
    take("answered", kind="scope_recital63", enough="yes")

    assert progress().limits.pause_days == 2
