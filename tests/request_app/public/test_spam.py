"""Spam is put aside where staff see it; only a flood is turned away."""

from datetime import timedelta

import pytest

from request_app.store import outbox
from request_app.store.database import reading
from tests.support.form_app import client_of
from tests.support.stored_cases import every_case, only_case
from tests.support.visitor import filled


@pytest.fixture
def app(start, engine):
    """A form on a database of each kind."""
    return start(engine)


@pytest.fixture
def page(client, clock):
    """A form as somebody sends it who took a minute to fill it in."""
    made = filled(client)
    clock.shift(timedelta(minutes=1))
    return made


def suspicions(engine):
    return [case.suspicion for case in every_case(engine) if case.suspicion]


def test_what_nobody_suspects_is_in_the_queue(page, engine):
    page.press("send")

    assert suspicions(engine) == []


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (lambda page: page.fill(website="https://spam.example/"), "trap"),
        (lambda page: page, "fast"),
    ],
)
def test_a_suspect_gets_a_receipt_and_no_mail(client, clock, engine, how, reason):
    page = filled(client)
    clock.shift(timedelta(seconds=0 if reason == "fast" else 60))

    receipt = how(page).press("send")

    assert receipt.title == "Saimme pyyntösi"
    assert suspicions(engine) == [reason]
    with reading(engine) as connection:
        assert outbox.of_case(connection, only_case(engine).id) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_another_site_sends_is_only_put_aside(page, engine, headers):
    data = page.fields | {"go": "send"}
    answer = page.client.post("/request/", data=data, headers=headers)

    assert answer.status_code == 200
    assert suspicions(engine) == ["foreign"]


def test_who_has_to_press_send_again_is_not_too_fast(page, engine):
    again = page.fill(stamp="x.y").press("send")

    assert again.press("send").title == "Saimme pyyntösi"
    assert suspicions(engine) == []


@pytest.mark.parametrize("header", [{}, {"Origin": "http://localhost"}])
def test_no_header_of_a_browser_is_needed(page, engine, header):
    data = page.fields | {"go": "send"}

    assert page.client.post("/request/", data=data, headers=header).status_code == 200
    assert suspicions(engine) == []


def test_many_of_one_network_are_put_aside_and_far_too_many_turned_away(
    start, engine, clock
):
    client = client_of(start(engine, HOUR_LIMIT=8))
    pages = [filled(client, text=str(number)) for number in range(10)]
    clock.shift(timedelta(minutes=1))

    answers = [page.press("send") for page in pages]

    assert [answer.status for answer in answers] == [200] * 8 + [429] * 2
    assert suspicions(engine) == ["many"] * 6
    assert answers[-1].fields["text"] == "9"
    assert int(answers[-1].response.headers["Retry-After"]) > 0


def test_asking_for_the_receipt_again_counts_for_nothing(start, engine, clock):
    client = client_of(start(engine, HOUR_LIMIT=1, DAY_LIMIT=1))
    page = filled(client)
    clock.shift(timedelta(minutes=1))

    assert [page.press("send").status for _ in range(3)] == [200] * 3


def test_a_day_has_an_end_and_raises_an_alarm_before(start, engine, clock, caplog):
    client = client_of(start(engine, DAY_LIMIT=2))
    pages = [filled(client, text=str(number)) for number in range(3)]
    clock.shift(timedelta(minutes=1))

    assert [page.press("send").status for page in pages] == [200, 200, 429]
    alarms = [each.message for each in caplog.records if each.levelname == "ERROR"]
    assert alarms == ["nearly-full", "full"]
