"""The steps in a case as staff take them: pages, letters, and what the rules refuse."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from request_app.cases.identity.email_confirmation import confirmations_of
from request_app.cases.lifecycle.flags import Flags, put_flags
from request_app.cases.lifecycle.record import look, record_steps
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.values import IdentityMethod, Mandate
from request_app.cases.steps.verification import IdentityClaimed, IdentityDenied
from request_app.deadlines import PauseKind, ends_at
from request_app.desk.shell.days import write_day
from request_app.store import letters, messages, outbox, steps
from request_app.store.database import reading
from request_app.store.values import LetterKind, Right, Sender, State, Way
from request_app.web.services import NAME
from request_app.words import day
from tests.support.desk_browser import Browser
from tests.support.desk_cases import again, change
from tests.support.desk_steps import address, here, step
from tests.support.filed_requests import SUBMISSION
from tests.support.staff_accounts import hire, sign_in_quickly

PAGES = (
    *("take", "give", "rights", "note", "close", "reopen", "identity", "identity/ask"),
    *("mandate", "ask", "answered", "extend", "late", "restriction", "search"),
    "message",
)
REASON = "complex_volume"
FACTS = "Sähköposteja on 4 000."


@pytest.fixture
def case(desk, clock):
    del clock  # it stands still from here on
    return here(desk, replace(SUBMISSION, registers=frozenset({"members"})))


@pytest.fixture
def aino(desk):
    return hire(desk, "aino", language="en")


@pytest.fixture
def show(desk, case, aino):
    """Return a function that opens a page of the case in a new session."""
    return lambda page="": Browser(desk, sign_in_quickly(desk, aino)).open(
        address(case, page)
    )


@pytest.fixture
def take(desk, case, aino):
    """Return a function that sends a form of the case as it is now."""

    def send(page, **fields):
        browser = Browser(desk, sign_in_quickly(desk, aino))
        return step(desk, browser, case, page, **fields)

    return send


@pytest.fixture
def progress(desk, case):
    def now():
        with desk.extensions[NAME].reading("test") as action:
            return look(action, again(desk, case))

    return now


def in_store(desk, function, *given, **more):
    with reading(desk.extensions[NAME].engine) as connection:
        return function(connection, *given, **more)


def kept(desk, case):
    """What a refused step must leave as it was."""
    return (
        again(desk, case),
        in_store(desk, steps.of_case, case.id),
        in_store(desk, letters.of_case, case.id),
        in_store(desk, messages.of_case, case.id),
        in_store(desk, outbox.of_case, case.id),
    )


def draft_of(page):
    return {
        each["name"]: each.get_text().removeprefix("\n")
        for each in page.soup.select(".paper textarea")
    }


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_step_has_a_page(staff_client, case, language, page):
    answer = staff_client("handler", language).open(address(case, page))

    assert answer.status == 200
    assert case.reference in answer.title
    assert answer.soup.main.select("form.step .button")


@pytest.mark.parametrize(
    ("page", "fields", "sentence"),
    [
        ("extend", {"facts": FACTS, "go": "draft"}, "Choose the reason for the extension."),
        ("extend", {"reason": REASON, "go": "send"}, "Write what in this request takes more time."),
        ("extend", {"reason": REASON, "facts": FACTS, "to": "20.12.2027", "go": "send"}, "The new day must be after the first one, within three months."),
        ("late", {"why": "Loma.", "go": "send"}, "The answer is not late."),
        ("close", {}, "The answer has not reached the person yet."),
        ("reopen", {"why": "Unohtui."}, "The case is open."),
        ("restriction", {"go": "lift"}, "No restriction is on."),
        ("restriction", {"which": "x", "why": "y", "go": "send"}, "No restriction is on."),
        ("answered", {"kind": "identity"}, "No such question is open."),
        ("identity", {"method": "no-doubt", "on": "1.1.2030"}, "The day is still to come."),
    ],
)  # fmt: skip
def test_what_the_rules_refuse_changes_nothing(
    desk, case, take, page, fields, sentence
):
    before = kept(desk, case)
    answer = take(page, **fields)

    assert answer.status == 409
    assert sentence in answer.words
    assert kept(desk, case) == before


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


def test_the_letter_is_read_and_printed(desk, case, take, show):
    take(
        "extend",
        reason=REASON,
        facts=FACTS,
        go="send",
        **{"section-facts": "Omin sanoin."},
    )
    [letter] = in_store(desk, letters.of_case, case.id)
    page = show(f"letters/{letter.id}")

    paper = page.soup.select_one(".paper")
    assert paper["lang"] == "fi"
    assert "Omin sanoin." in paper.get_text()
    assert "Testi Testinen" in paper.get_text()
    assert show(f"letters/{'0' * 32}").status == 404


def test_a_letter_with_an_open_place_is_not_sent(desk, case, take):
    before = kept(desk, case)
    fields = {"reason": REASON, "facts": FACTS, "section-facts": "Määrä: ⟦määrä⟧"}
    answer = take("extend", go="send", **fields)

    assert answer.status == 422
    assert "Something is still to be written: määrä" in answer.words
    assert draft_of(answer) == {"section-facts": "Määrä: ⟦määrä⟧"}
    assert kept(desk, case) == before


def test_who_asks_is_settled_with_one_click(take, progress, show):
    page = show("identity").soup
    [button] = page.select("button[name=method]")
    assert not page.select("[name=method][checked]")
    assert page.select_one("details:not([open]) [name=checked]")
    assert take("identity", method=button["value"]).status == 303

    assert progress().identity is IdentityMethod.NO_DOUBT


def test_a_ladder_without_a_choice_settles_nothing(take, progress):
    answer = take("identity", checked="Soitimme.", go="save")
    assert answer.status == 422
    assert answer.soup.select_one("details[open] [name=checked]")

    assert progress().identity is None


@pytest.mark.parametrize(
    "what", [Flags(minor=True), Flags(hidden_address=True), IdentityDenied]
)
def test_where_doubt_is_likely_no_click_comes_first(desk, case, show, what):
    with desk.extensions[NAME].writing("person") as action:
        if isinstance(what, Flags):
            put_flags(action, case, what)
        else:
            record_steps(action, case, [ProposedStep(step=what(on=case.received_on))])
    page = show("identity").soup

    assert not page.select("button[name=method]")
    assert page.select_one("form.step [name=method][value=no-doubt]:not([checked])")


def test_asking_who_asks_sends_a_mail_whose_address_is_never_shown(
    desk, case, take, progress
):
    doubt = {"doubt": "Nimi on yleinen.", "method": "confirmed"}
    page = take("identity/ask", go="draft", **doubt)
    assert "Nimi on yleinen." in draft_of(page)["section-why"]
    wrong = take("identity/ask", go="send", email="on.file@", **doubt)
    assert wrong.status == 422
    assert "on.file@" not in wrong.response.text
    sent = take("identity/ask", go="send", email="on.file@example.com", **doubt)

    assert sent.status == 303
    [asked] = in_store(desk, confirmations_of, case)
    assert asked.confirmed_at is None
    assert progress().open_questions == {PauseKind.IDENTITY}
    assert again(desk, case).state is State.WAITING


def test_nobody_is_asked_twice(desk, case, take):
    doubt = {"doubt": "Nimi on yleinen.", "method": "known-facts", "facts": "Vene."}
    assert take("identity/ask", go="send", **doubt).status == 303
    before = kept(desk, case)
    answer = take("identity/ask", go="send", **doubt)

    assert answer.status == 409
    assert "This has been asked already" in answer.words
    assert kept(desk, case) == before


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


def test_lateness_is_told_with_a_promised_day(desk, case, take, progress, clock):
    clock.shift(timedelta(days=45))
    promised = again(desk, case).due + timedelta(days=30)
    sent = take("late", why="Etsiminen kesti.", by=write_day(promised), go="send")

    assert sent.status == 303
    assert progress().late_told.by == promised


def test_a_restriction_is_set_told_and_lifted(desk, case, take, progress, clock):
    assert take("restriction", go="set", note="Merkitty.").status == 303
    refused = take("restriction", go="lift")
    assert refused.status == 409
    assert "Tell the person before the restriction ends" in refused.words
    told = take("restriction", which="Osoite", why="Selvitetty.", go="send")
    assert told.status == 303
    early, ends = take("restriction", go="lift"), progress().restriction.ends
    assert early.status == 409
    assert "told that the restriction ends later" in early.words
    assert f"the restriction ends: {day(ends, language='en')}" in early.words
    clock.move_to(ends_at(ends) - timedelta(hours=9))
    assert take("restriction", go="lift").status == 303

    assert progress().restriction is None
    [letter] = in_store(desk, letters.of_case, case.id)
    assert letter.kind is LetterKind.RESTRICTION_LIFTED


def test_another_end_is_told_in_another_letter(take, progress, show):
    take("restriction", go="set")
    told = {"which": "Osoite", "why": "Selvitetty.", "go": "send"}
    take("restriction", **told)
    sooner = progress().restriction.ends - timedelta(days=7)
    assert show("restriction").soup.find("input", {"name": "end"})

    assert take("restriction", **told, end=write_day(sooner)).status == 303
    assert progress().restriction.ends == sooner


def test_several_places_are_noted_in_one_go(take, progress, show):
    form = show("search").soup.select_one("form.step")
    assert len(form.select("fieldset.place")) == len(form.select("select"))
    assert not form.select("[type=radio][checked]")
    taken = take("search", result_0="found", result_1="nothing")
    assert taken.status == 303
    unchanged = take("search", result_0="found", result_1="nothing")

    assert unchanged.status == 422
    assert sorted(each.found for each in progress().searches.values()) == [False, True]


def test_one_tick_notes_all_that_is_left_outside_the_registers(take, progress):
    chosen = {"result_1": "found", "what_1": "Viestit 3.–9.3.2026", "rest": "y"}
    assert take("search", **chosen).status == 303

    found = {place: each.found for place, each in progress().searches.items()}
    assert found == dict.fromkeys(OTHER_PLACES, False) | {"place_mail": True}


def test_the_tick_speaks_for_no_colleague(desk, take, progress):
    bertta = hire(desk, "bertta").id
    assert take("search", owner_1=bertta).status == 303
    chosen = {"owner_1": bertta, "rest": "y"}
    assert take("search", **chosen).status == 303

    found = {place: each.found for place, each in progress().searches.items()}
    assert found == dict.fromkeys(OTHER_PLACES, False) | {"place_mail": None}


@pytest.mark.parametrize("chosen", [{}, {"result_1": "nothing"}])
def test_what_was_found_needs_its_result(take, progress, chosen):
    refused = take("search", what_1="Viestit 3.–9.3.2026", rest="y", **chosen)

    assert refused.status == 422
    assert refused.soup.select_one(".faults a")["href"] == "#result_1"
    assert refused.soup.find(id="what_1")["value"] == "Viestit 3.–9.3.2026"
    assert refused.soup.find(id="result_1")
    assert progress().searches == {}


def test_a_search_is_taken_back(take, progress):
    take("search", result_0="found")
    assert take("search", result_0="open").status == 303

    assert [each.found for each in progress().searches.values()] == [None]


def test_what_lies_outside_the_registers_is_described(take, progress, show):
    refused = take("search", result_1="found", what_1=" ")
    assert refused.status == 422
    assert refused.soup.select_one(".faults a")["href"] == "#what_1"
    assert progress().searches == {}
    take("search", result_1="found", what_1="Viestit 3.–9.3.2026")

    assert show("search").soup.find(id="what_1")["value"] == "Viestit 3.–9.3.2026"
    assert "What was found: Viestit 3.–9.3.2026" in show().words


def test_a_search_may_be_given_to_somebody_else(take, progress, show, staff_client):
    staff_client("handler", name="eino")
    take("take")
    options = show("search").soup.select("#owner_0 option")
    assert [each.get_text() for each in options] == ["aino (case handler)", "eino"]
    assert take("search", owner_0=options[1]["value"]).status == 303

    assert progress().searches["members"].owner == options[1]["value"]


def test_a_case_is_given_to_a_colleague(desk, case, take, staff_client, show):
    staff_client("handler", name="eino")
    choices = show("give").soup.select("[name=handler]")
    labels = {each.find_next("label").get_text(): each["value"] for each in choices}
    assert set(labels) == {"aino", "eino"}
    assert take("give", handler=labels["eino"]).status == 303

    assert again(desk, case).handler_id == labels["eino"]
    assert take("take").status == 303  # and taken over again
    assert again(desk, case).handler_id == labels["aino"]


def test_what_is_asked_for_is_settled(take, progress):
    assert take("rights", rights=["access"]).status == 303
    assert progress().rights == {Right.ACCESS}
    assert take("rights").status == 422


def test_a_mandate_is_noted_with_what_was_seen(take, progress):
    assert take("mandate", mandate="custody").status == 422
    assert take("mandate", mandate="custody", seen="Väestötietojen ote").status == 303

    assert progress().mandate is Mandate.CUSTODY


def test_a_message_reaches_the_status_page(desk, case, take):
    page = take("message", text="Soitamme huomenna.", go="draft")
    assert page.status == 200
    assert take("message", text="Soitamme huomenna.", go="send").status == 303

    [written] = in_store(desk, messages.of_case, case.id)
    assert written.sender is Sender.DESK
    kinds = {mail.kind for mail in in_store(desk, outbox.of_case, case.id)}
    assert kinds == {"received", "message"}


def test_a_cancelled_case_is_closed_and_opened_again(desk, case, take, show):
    change(desk, case, cancelled_at=case.received_at)
    assert take("close", note="Pyytäjä perui.").status == 303
    page = show()
    assert "This case is closed" in page.words
    assert "Pyytäjä perui." in page.words
    assert take("note", note="Soitettu.").status == 303
    assert take("reopen", why="Pyytäjä soitti.").status == 303

    assert again(desk, case).closed_at is None


def test_a_denial_asks_why_you_are_sure(desk, case, take, show):
    on = case.received_on
    said = [
        ProposedStep(step=IdentityDenied(on=on)),
        ProposedStep(step=IdentityClaimed(on=on)),
    ]
    with desk.extensions[NAME].writing("person") as action:
        record_steps(action, case, said)
    page = show()
    assert "Somebody says the request is not theirs" in page.words
    assert "somebody confirmed that the request is theirs" in page.words
    refused = take("identity", method="in-person")
    assert refused.status == 409
    assert "Write why you are sure all the same." in refused.words
    assert refused.soup.find("textarea", {"name": "why_sure"})

    assert take("identity", method="in-person", why_sure="Hän kävi.").status == 303


def test_a_suspect_can_only_be_let_in(desk, staff_client):
    suspect = here(desk, suspicion="trap")
    browser = staff_client("handler", "en")
    page = browser.open(address(suspect))

    assert "A field was filled that people do not see." in page.words
    button = page.soup.select_one(".next button")
    assert button.get_text() == "Let it into the queue"
    refused = step(desk, browser, suspect, "take")
    assert refused.status == 409
    assert "Let it in first." in refused.words


def test_the_overview_of_a_silent_notice_is_for_staff_to_write(desk, staff_client):
    silent, browser = here(desk), staff_client("handler", "en")
    question = {"kind": "scope_recital63", "question": "Mitä vuosia?"}
    page = step(desk, browser, silent, "ask", go="draft", **question)
    assert set(draft_of(page)) == {"section-question", "section-overview"}
    written = {"section-overview": "- nimi ja osoite"}

    sent = step(desk, browser, silent, "ask", go="send", **question, **written)
    assert sent.status == 303
    assert again(desk, silent).state is State.WAITING
