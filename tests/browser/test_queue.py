"""The queue and entering a request in a real browser, with every mark and error."""

from datetime import timedelta

import pytest

from request_app.deadlines import local_day
from request_app.store import tables
from request_app.store.database import writing
from request_app.web.services import NAME, now
from tests.request_app.desk.queue.test_queue_page import write
from tests.support.desk_cases import again, change, filed, restrict
from tests.support.staff_accounts import hire, sign_in_quickly

VIEWS = {"fi": (320, "light"), "en": (1280, "dark")}
DAY = timedelta(days=1)


def signed_in(walk, app, address, role, language):
    account = hire(app, f"{role}-{language}", role, language)
    walk.host = address
    walk.page.context.add_cookies(
        [{"name": "seloste", "value": sign_in_quickly(app, account), "url": address}]
    )
    return account


def go(walk, address):
    walk.page.goto(address)
    walk.look()


def fill(app, account):
    """A case with every mark, one of each urgency, and suspects."""
    today = local_day(now())
    marked = filed(app, received_at=now() - 40 * DAY)
    write(app, marked)
    change(
        app,
        again(app, marked),
        handler_id=account.id,
        cancelled_at=now(),
        extended_to=today + 20 * DAY,
    )
    fail_mail(app, marked)
    restrict(app, marked, account.name)
    for number, left in enumerate((-1, 0, 1, 6, 25)):
        case = filed(
            app, f"nonce of urgency {number}".encode(), received_at=now() - 40 * DAY
        )
        change(app, case, due=today + left * DAY, aim_on=today + left * DAY)
    answered = filed(app, b"nonce of an answered one")
    change(app, answered, answered_on=today)
    for number, why in enumerate(("trap foreign", "fast many")):
        filed(app, f"nonce of suspect {number}".encode(), suspicion=why)
    return marked


def fail_mail(app, case):
    with writing(app.extensions[NAME].engine) as connection:
        connection.execute(
            tables.outbox.update()
            .where(tables.outbox.c.case_id == case.id)
            .values(failed_at=now(), next_try_at=None)
        )


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_queue_in_every_state(desk, walk, vnu, tmp_path, language):
    app, address = desk
    walk = walk(*VIEWS[language])
    account = signed_in(walk, app, address, "admin", language)
    go(walk, address)  # empty
    case = fill(app, account)
    go(walk, address)
    assert walk.page.locator("tbody tr").count() == 7
    walk.page.fill("#reference", "BCDF-GHJK")
    walk.press(":near(#reference)")
    assert walk.status == 404
    for view in ("suspects", "late", "closed"):
        go(walk, f"{address}?view={view}")
    for page in ("people", "links"):
        go(walk, f"{address}cases/{case.reference}/{page}")
        assert walk.status == 200
    walk.page.fill("#other", case.reference)
    walk.press(".button:not(.second)")

    assert walk.foreign == []
    assert vnu(tmp_path / "pages") == ""


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_letter_is_entered_after_every_error(desk, walk, vnu, tmp_path, language):
    app, address = desk
    walk = walk(*VIEWS[language])
    signed_in(walk, app, address, "handler", language)
    page = walk.page
    go(walk, f"{address}enter")
    assert not page.is_visible("#items-0-now")
    page.fill("#received", "huomenna")
    page.check("[name=whose][value=child]")
    for right in (
        "access",
        "rectification",
        "marketing-objection",
        "consent-withdrawal",
    ):
        page.check(f"[name=rights][value={right}]")
    walk.press(".button[value=enter]")
    assert walk.status == 422
    page.fill("#received", f"{local_day(now()):%d.%m.%Y}")
    page.check("[name=channel][value=letter]")
    page.fill("#items-0-now", "Airila")
    walk.press("[value=add]")
    page.fill("#items-1-right", "Airola")
    page.check("[name=whose][value=own]")
    page.fill("#name", "Testi Testinen")
    page.fill("#post", "Testikatu 1\n00000 Testilä")
    walk.press(".button[value=enter]")

    assert walk.status == 200
    assert page.is_visible(".paper")
    page.emulate_media(media="print")
    assert page.is_visible(".paper")
    assert not page.is_visible("h1")
    assert vnu(tmp_path / "pages") == ""


def test_enter_sends_the_form_and_adds_no_correction(desk, walk):
    app, address = desk
    walk = walk(1280, "light")
    signed_in(walk, app, address, "handler", "fi")
    walk.page.goto(f"{address}enter")
    walk.page.press("#name", "Enter")

    assert walk.status == 422
