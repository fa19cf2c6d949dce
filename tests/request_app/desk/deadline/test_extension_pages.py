"""More time, told in time and once; and an answer that is late."""

from datetime import timedelta

from request_app.desk.shell.days import write_day
from request_app.store import letters
from request_app.store.values import LetterKind, Way
from tests.support.desk_cases import again
from tests.support.desk_steps import FACTS, REASON, draft_of, in_store, kept


def test_an_extension_after_the_last_day_is_refused(desk, case, take, clock):
    clock.shift(timedelta(days=40))
    before = kept(desk, case)
    answer = take("extend", reason=REASON, facts=FACTS, go="send")

    assert answer.status == 409
    assert "only before its last day is over" in answer.words
    assert kept(desk, case) == before


def test_time_is_extended_once_with_a_letter(desk, case, take, progress):
    page = take("extend", reason=REASON, facts=FACTS, go="draft")
    assert page.status == 200
    assert draft_of(page) == {"section-facts": FACTS}
    mended = {"section-facts": "Sähköposteja on 4 001."}
    sent = take("extend", reason=REASON, facts=FACTS, go="send", **mended)

    assert sent.status == 303
    assert progress().extended.to == case.extended_due
    [letter] = in_store(desk, letters.of_case, case.id)
    assert (letter.kind, letter.way) == (LetterKind.EXTENSION, Way.STATUS_PAGE)
    again_ = take("extend", reason=REASON, facts=FACTS, go="send")
    assert again_.status == 409
    assert "The time can be extended only once" in again_.words


def test_lateness_is_told_with_a_promised_day(desk, case, take, progress, clock):
    clock.shift(timedelta(days=45))
    promised = again(desk, case).due + timedelta(days=30)
    sent = take("late", why="Etsiminen kesti.", by=write_day(promised), go="send")

    assert sent.status == 303
    assert progress().late_told.by == promised
