"""The queue as staff see it: what is most urgent first, and nothing personal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from request_app.cases.messages.conversation import write_to_desk
from request_app.store import queue, tables
from request_app.store.database import reading
from request_app.store.values import State
from request_app.web.services import NAME
from tests.support.desk_browser import Browser
from tests.support.desk_cases import (
    again,
    change,
    filed,
    many,
    newest_of_audit,
    restrict,
)
from tests.support.filed_requests import EMAIL
from tests.support.staff_accounts import hire, sign_in_quickly

QUEUE = "/desk/"
WEDNESDAY = datetime(2026, 11, 25, 7, tzinfo=UTC)


def references(page):
    return [link.get_text() for link in page.soup.select("tbody th a")]


def row(page):
    [found] = page.soup.select("tbody tr")
    return " ".join(found.get_text(" ").split())


@pytest.mark.parametrize(
    ("last_day", "fi", "en"),
    [
        (date(2026, 11, 22), "3 päivää myöhässä", "3 days late"),
        (date(2026, 11, 24), "1 päivä myöhässä", "1 day late"),
        (date(2026, 11, 25), "tänään", "today"),
        (date(2026, 11, 26), "1 päivä jäljellä", "1 day left"),
        (date(2026, 12, 28), "33 päivää jäljellä", "33 days left"),
    ],
)
def test_the_days_left_stand_in_words(desk, staff_client, clock, last_day, fi, en):
    clock.move_to(WEDNESDAY)
    case = filed(desk, received_at=WEDNESDAY - timedelta(days=40))
    change(desk, case, due=last_day)

    for language, told in (("fi", fi), ("en", en)):
        assert told in row(staff_client("viewer", language).open(QUEUE))


def test_a_late_request_is_told_of_at_the_top(desk, staff_client, clock):
    filed(desk, received_at=WEDNESDAY - timedelta(days=50))
    clock.move_to(WEDNESDAY)
    page = staff_client("viewer", "fi").open(QUEUE)

    assert "1 pyyntö on myöhässä. Aloita siitä." in page.words
    [late] = page.soup.select(".views a.bad")
    assert late.get_text(" ", strip=True) == "Myöhässä 1"
    assert references(staff_client("viewer", "en").open(late["href"])) != []


def test_an_empty_queue_says_what_to_do(staff_client):
    page = staff_client("handler", "en").open(QUEUE)

    assert "New requests appear here by themselves." in page.words
    assert page.soup.find("a", string="Enter a request")


@pytest.mark.parametrize("view", [each.value for each in queue.View])
def test_an_empty_view_says_that_it_is(staff_client, view):
    page = staff_client("viewer", "fi").open(f"{QUEUE}?view={view}")

    assert page.status == 200
    assert page.soup.select(".queue p")
    assert page.soup.select_one(".views [aria-current]")


def test_the_queue_tells_nothing_personal(desk, staff_client):
    case = filed(desk)
    write(desk, case)
    page = staff_client("admin").open(QUEUE)

    assert references(page) == [case.reference]
    for planted in ("Testi", "Testinen", EMAIL, "Poistakaa"):
        assert planted not in page.response.text


def test_marks_tell_what_is_special(desk, staff_client, clock):
    case = filed(desk)
    write(desk, case)
    change(
        desk,
        again(desk, case),
        extended_to=date(2027, 2, 22),
        cancelled_at=clock_now(clock),
    )
    staff_client("admin", name="aino")
    restrict(desk, case, "aino")
    page = staff_client("admin", "en", name="aada").open(QUEUE)

    assert [each.get_text() for each in page.soup.select(".mark")] == [
        "News from the person",
        "Cancelled by the person",
        "Time extended",
        "For named readers only",
    ]
    assert "Mon 22 Feb 2027" in row(page)


def test_the_next_page_begins_where_this_one_ends(desk, staff_client):
    cases = many(desk, queue.PAGE + 2)
    browser = staff_client("viewer", "en")
    first = browser.open(QUEUE)
    [link] = first.soup.select("[rel=next]")
    second = browser.open(link["href"])

    assert len(references(first)) == queue.PAGE
    assert set(references(first) + references(second)) == {
        case.reference for case in cases
    }
    assert not second.soup.select("[rel=next]")
    assert second.soup.find("a", string="Back to the first page")


@pytest.mark.parametrize("view", ["open", "closed"])
@pytest.mark.parametrize("after", ["~", "x~y", "2026-11-22", "2026-11-22~", "9~9~9"])
def test_an_address_that_was_mended_begins_at_the_top(desk, staff_client, view, after):
    filed(desk)
    page = staff_client("viewer").open(f"{QUEUE}?view={view}&after={after}")

    assert page.status == 200
    assert len(references(page)) == (1 if view == "open" else 0)


def test_closed_cases_have_pages_too(desk, staff_client, clock):
    for case in many(desk, queue.PAGE + 1):
        change(desk, case, state=State.CLOSED, closed_at=clock_now(clock))
    browser = staff_client("viewer", "en")
    [link] = browser.open(f"{QUEUE}?view=closed").soup.select("[rel=next]")

    assert len(references(browser.open(link["href"]))) == 1


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "bare"])
def test_a_reference_leads_to_its_case_however_it_is_typed(desk, staff_client, typed):
    reference = filed(desk).reference
    written = {
        "lower": reference.lower(),
        "bare": reference.replace("-", " "),
    }.get(typed) or typed.format(reference)
    answer = staff_client("viewer").send("/desk/find", reference=written)

    assert (answer.status, answer.location) == (303, f"/desk/cases/{reference}/")


@pytest.mark.parametrize("typed", ["BCDF-GHJK", "", "x" * 5000, "<b>", "ÄÖ"])
def test_a_reference_that_is_none_is_told_of(staff_client, typed):
    answer = staff_client("viewer", "fi").send("/desk/find", reference=typed)

    assert answer.status == 404
    assert "Sellaista pyyntöä ei ole." in answer.words


def test_a_restricted_case_is_not_there_for_others(desk, staff_client):
    case = filed(desk)
    staff_client("handler", name="aino")
    restrict(desk, case, "aino")
    other = staff_client("handler", "fi", name="eino")
    sought = other.send("/desk/find", reference=case.reference)
    unknown = other.send("/desk/find", reference="BCDF-GHJK")

    assert references(other.open(QUEUE)) == []
    assert sought.status == unknown.status == 404
    assert body(sought, case.reference) == body(unknown, "BCDF-GHJK")
    assert not other.open(QUEUE).soup.select(".views strong")  # nothing is counted


def test_administrators_see_that_it_is_there_and_go_to_its_readers(desk, staff_client):
    case = filed(desk)
    staff_client("handler", name="aino")
    restrict(desk, case, "aino")
    admin = staff_client("admin")
    [link] = admin.open(QUEUE).soup.select("tbody th a")

    assert link["href"] == f"/desk/cases/{case.reference}/people"
    assert admin.send("/desk/find", reference=case.reference).location == link["href"]


def test_a_suspect_is_let_in_and_its_sender_gets_a_mail(desk, staff_client):
    case = filed(desk, suspicion="trap fast")
    handler = staff_client("handler", "en", name="aino")
    suspects = handler.open(f"{QUEUE}?view=suspects")
    [form] = suspects.soup.select("tbody form")
    answer = handler.send(form["action"])

    assert "A field was filled that people do not see." in suspects.words
    assert "It was sent within three seconds." in suspects.words
    assert answer.status == 303
    assert again(desk, case).suspicion is None
    assert mails(desk) == 1
    assert newest_of_audit(desk).action == "case.released"
    assert "The request is in the queue now." in handler.open(QUEUE).words


def test_letting_in_twice_sends_one_mail(desk, staff_client):
    case = filed(desk, suspicion="many")
    handler = staff_client("handler")
    for _ in range(2):
        handler.send(f"/desk/cases/{case.reference}/release")

    assert mails(desk) == 1


def test_a_viewer_sees_why_and_lets_nothing_in(desk, staff_client):
    case = filed(desk, suspicion="foreign")
    viewer = staff_client("viewer", "fi")
    page = viewer.open(f"{QUEUE}?view=suspects")

    assert "Toinen sivusto sai selaimen lähettämään sen." in page.words
    assert page.soup.select("tbody form") == []
    assert viewer.send(f"/desk/cases/{case.reference}/release").status == 403
    assert again(desk, case).suspicion == "foreign"


def test_both_databases_show_the_same_queue(start_desk, engine):
    desk = start_desk(engine)
    cases = many(desk, 3)
    browser = Browser(desk, sign_in_quickly(desk, hire(desk)))
    page = browser.open(f"{QUEUE}?after=2026-01-01~0")

    assert set(references(page)) == {case.reference for case in cases}


def write(app, case):
    """The person writes."""
    with app.extensions[NAME].writing("person") as action:
        then = replace(action, at=case.received_at)
        write_to_desk(then, case, "Milloin vastaatte?", nonce=b"a nonce of a reply")


def mails(app):
    with reading(app.extensions[NAME].engine) as connection:
        return len(connection.execute(tables.outbox.select()).all())


def body(answer, typed):
    """A page without what was typed and what is new on every page."""
    for each in answer.soup.select("[name=csrf_token]"):
        each.decompose()
    return str(answer.soup).replace(typed, "")


def clock_now(clock):
    del clock
    return datetime.now(UTC)
