"""What a morning finds: the digest's own tests tell what is made of it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from request_app.store import readers
from request_app.store.database import reading, writing
from request_app.store.digest_query import DigestDays, Topic, read_open_cases
from request_app.store.values import State
from tests.request_app.store.test_queue import TODAY, account, fill
from tests.support.filed_requests import NOW

DAYS = DigestDays(today=TODAY, next=TODAY + timedelta(days=3), since=NOW)


def open_cases(engine):
    with reading(engine) as connection:
        return read_open_cases(connection, DAYS)


def test_a_restricted_case_counts_and_gives_its_reference(engine):
    fill(engine, {})
    account(engine, "bertta")
    with writing(engine) as connection:
        readers.restrict(connection, f"{0:032}", ["bertta"])

    assert open_cases(engine).topics[Topic.UNTAKEN] == ["R0"]


def test_what_is_closed_is_not_looked_at(engine):
    fill(engine, {"state": State.CLOSED, "closed_at": NOW, "entered_at": NOW})

    found = open_cases(engine)
    assert found.open == 0
    assert found.need_no_work


def test_what_the_form_took_counts_however_soon_it_was_closed(engine):
    closed = {"state": State.CLOSED, "closed_at": NOW}
    fill(engine, {"entered_at": NOW}, closed | {"entered_at": NOW}, closed)

    assert open_cases(engine).busiest == 2


def test_a_denied_request_is_told_and_is_not_quiet(engine):
    account(engine, "aino")
    waits = {"due": TODAY + timedelta(days=30), "handler_id": "aino"}
    fill(engine, waits, waits | {"denied_at": NOW})

    assert open_cases(engine).topics[Topic.DENIED] == ["R1"]
    assert not open_cases(engine).need_no_work


def test_waiting_for_the_person_need_no_work(engine):
    account(engine, "aino")
    later = {"due": TODAY + timedelta(days=30)}
    fill(engine, later | {"state": State.WAITING, "handler_id": "aino"})

    assert open_cases(engine).topics[Topic.WAITING] == ["R0"]
    assert open_cases(engine).need_no_work


@pytest.mark.parametrize("count", [1, 40], ids=["one case", "forty cases"])
def test_it_takes_two_queries_however_many_cases(engine, count):
    fill(engine, *[{} for _ in range(count)])
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    open_cases(engine)

    assert len([each for each in asked if each.startswith("SELECT")]) == 2
