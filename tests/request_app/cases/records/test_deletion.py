"""What is deleted and when: by the notice's own times, and nothing else goes."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from shutil import copytree

import pytest
from sqlalchemy import func, select, text

from generator.content.reader import read_content
from request_app.cases.action import Action
from request_app.cases.lifecycle.case_statistics import counted
from request_app.cases.messages.conversation import write_to_desk
from request_app.cases.records import deletion
from request_app.cases.records.deletion import Deleter, delete_expired
from request_app.cases.steps.closing import Closed
from request_app.published import edition_of
from request_app.retention import Span, times_of
from request_app.store import audit, notices, statistics, tables
from request_app.store.audit import digest_of
from request_app.store.database import reading, writing
from request_app.store.notices import Notice
from tests.conftest import SMALL, edit
from tests.support import finished_cases
from tests.support.actions import acting, action
from tests.support.filed_requests import NOW, SETTINGS
from tests.support.finished_cases import (
    DAY,
    asked_and_cancelled,
    deliver_again,
    envelopes,
    filed,
    hold,
    link,
    release,
    reopen,
    whole,
)
from tests.support.planted_strings import is_in, lying_in

CLOSED = NOW + DAY  # 23 November 2026
WORDS = {"messages.for_desk", "messages.for_person", "steps.sealed_values"}
KEPT = {"sealed_parts.envelope", "steps.sealed", "letters.sealed", "outbox.address"}


@pytest.fixture
def edition(small):
    return edition_of(small)


@pytest.fixture
def clear(engine, small, edition):
    """Delete what is due at a time; tell how much that was."""
    times = times_of(small.registers)
    deleter = Deleter(engine=engine, settings=SETTINGS)

    def cleared(now, times=times, **changes):
        return delete_expired(replace(deleter, **changes), edition, times, now=now)

    return cleared


def at(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=UTC)


def count(engine, table):
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(table))


def trail(engine, action):
    with reading(engine) as connection:
        return [each for each in audit.entries(connection) if each.action == action]


def told_to_all(engine, notice):
    """Let a notice have held on the days on which the cases came."""
    with writing(engine) as connection:
        notices.keep(connection, notice, now=NOW)
        connection.execute(tables.cases.update().values(notice_hash=notice.hash))


def report(engine, year=2026, today=NOW + 4000 * DAY):
    """What is counted, in an order that tells nothing."""
    with reading(engine) as connection:
        found = counted(action(connection, at=today), year)
        return sorted(
            (repr(sorted(vars(each.row).items(), key=str)), each.closed)
            for each in found
            for _ in range(each.number)
        )


def test_each_thing_goes_on_its_day(engine, clear):
    case = whole(engine)

    assert not any(clear(at(2026, 12, 23)))
    assert clear(at(2026, 12, 24)).packages == 1
    assert not any(clear(at(2027, 11, 23)))
    assert clear(at(2027, 11, 24)).emptied == 1
    assert not any(clear(at(2029, 11, 23)))
    assert clear(at(2029, 11, 24)).cases == 1
    assert finished_cases.again(engine, case) is None


def test_first_the_words_go_and_then_the_case(engine, clear):
    case = whole(engine)
    link(engine, case, filed(engine, b"another")[0])
    assert set(envelopes(engine)) >= WORDS | KEPT

    clear(at(2027, 11, 24))
    left = envelopes(engine)
    assert set(left) == KEPT | {"cases.code_key"}
    assert count(engine, tables.packages) == 0

    clear(at(2029, 11, 24))
    for name in ("cases", "outbox", "sealed_parts", "case_rights"):
        assert count(engine, tables.metadata.tables[name]) <= 2, "of the open one"
    for name in ("steps", "letters", "deliveries", "case_links", "contact_hashes"):
        assert count(engine, tables.metadata.tables[name]) == 0, name


def test_nothing_of_it_is_in_any_file_or_copy(engine, clear, request, tmp_path):
    case = whole(engine)
    planted = [each for found in envelopes(engine).values() for each in found]
    assert len(planted) > 15
    clear(at(2029, 11, 24))

    if engine.dialect.name == "sqlite":
        copy = tmp_path / "copy.sqlite3"
        with sqlite3.connect(engine.url.database) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        connection.close()
        heap = lying_in(engine) + copy.read_bytes().lower()
    else:
        with engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.execute(text("VACUUM"))
        heap = lying_in(engine, request.getfixturevalue("postgres"))
    assert [each for each in planted if each.lower() in heap] == []
    assert [each for each in planted if each.hex().encode() in heap] == []
    assert not is_in(case.code_hash, heap)


def test_before_it_was_deleted_the_search_would_find_it(sqlite_engine):
    whole(sqlite_engine)
    planted = envelopes(sqlite_engine)["messages.for_desk"]

    assert all(each.lower() in lying_in(sqlite_engine) for each in planted)


def test_what_is_held_stays_whole_until_it_is_released(engine, clear):
    case = whole(engine)
    hold(engine, case, at(2026, 11, 25))
    before = envelopes(engine)

    assert not any(clear(at(2040, 1, 1)))
    assert envelopes(engine) == before

    release(engine, case, at(2040, 1, 2))
    done = clear(at(2040, 1, 3))
    assert (done.packages, done.cases) == (1, 1)


def test_a_reopened_case_is_not_deleted_and_its_time_starts_anew(engine, clear):
    case = whole(engine)
    reopen(engine, case, at(2027, 3, 1))

    assert not clear(at(2035, 1, 1)).cases
    deliver_again(engine, case, at(2035, 1, 2))
    assert not clear(at(2038, 1, 2)).cases
    assert clear(at(2038, 1, 3)).cases == 1


def test_an_open_case_stays_whole_whatever_its_age(engine, clear):
    filed(engine)
    before = envelopes(engine)

    assert not any(clear(at(2050, 1, 1)))
    assert envelopes(engine) == before


def test_an_answer_that_nobody_fetched_stays_as_long_as_its_case(engine, clear):
    case = asked_and_cancelled(engine, b"cancelled")
    with acting(engine) as action:
        package = finished_cases.packed(action, case)
        finished_cases.handed(action, case, package)

    clear(at(2028, 1, 1))
    assert count(engine, tables.packages) == 1
    clear(at(2030, 1, 1))
    assert count(engine, tables.packages) == 0


def test_what_is_written_after_the_end_is_kept_as_long_from_then(engine, clear):
    case = whole(engine)
    with acting(engine, at=at(2027, 6, 1)) as action:
        write_to_desk(action, case, "Kiitos", nonce=b"n")

    assert clear(at(2027, 12, 1)).emptied == 1
    assert count(engine, tables.messages) == 1
    assert clear(at(2028, 6, 2)).emptied == 1
    assert count(engine, tables.messages) == 0


def test_the_trail_tells_how_much_went_and_holds(engine, clear):
    case = whole(engine)
    clear(at(2027, 11, 24))
    clear(at(2029, 11, 24))

    [emptied], [deleted] = trail(engine, "case.emptied"), trail(engine, "case.deleted")
    told = {"reference": case.reference}
    assert emptied.facts == told | {
        "messages": "2",
        "sealed_parts": "2",
        "steps": "1",
        "packages": "1",
    }
    assert deleted.facts == told | {"steps": "7", "letters": "1", "deliveries": "1"}
    assert (deleted.actor, deleted.case_id) == ("worker", case.id)
    with reading(engine) as connection:
        rows = audit.entries(connection)
    assert all(each.digest == digest_of(each) for each in rows)
    for earlier, later in pairwise(rows):
        assert later.previous == earlier.digest


def test_the_statistics_are_the_same_after_it(engine, clear):
    whole(engine, b"one")
    whole(engine, b"two", at=NOW + 30 * DAY)
    asked_and_cancelled(engine, b"three", at=NOW - 300 * DAY)
    filed(engine, b"open")
    before = report(engine), report(engine, 2025)

    clear(at(2050, 1, 1))

    assert count(engine, tables.cases) == 1
    assert (report(engine), report(engine, 2025)) == before
    assert len(before[0]) == 4


def test_spam_stays_counted_apart(engine, clear):
    filed(engine, b"spam", suspicion="trap")
    closed, _ = filed(engine, b"closed spam", suspicion="many")
    finished_cases.take(engine, closed, Closed())
    assert (report(engine), suspects(engine)) == ([], 2)

    clear(at(2050, 1, 1))

    assert count(engine, tables.cases) == 1
    assert (report(engine), suspects(engine)) == ([], 2)


def suspects(engine):
    with reading(engine) as connection:
        return statistics.suspects(connection, 2026)


def test_no_row_of_the_statistics_leads_to_a_case(engine, clear):
    case = whole(engine)
    with reading(engine) as connection:
        [before] = connection.execute(select(tables.statistics)).mappings()
    clear(at(2029, 11, 24))

    with reading(engine) as connection:
        [row] = connection.execute(select(tables.statistics)).mappings()
    assert row["case_id"] is None
    assert row["id"] != before["id"]
    assert case.id not in map(str, row.values())
    assert case.reference not in map(str, row.values())


def test_a_case_closed_by_an_older_version_is_counted_as_it_goes(engine, clear):
    whole(engine)
    with writing(engine) as connection:
        connection.execute(tables.statistics.delete())
    before = report(engine)

    clear(at(2029, 11, 24))

    assert report(engine) == before
    assert count(engine, tables.statistics) == 1


def test_what_was_cut_short_goes_on_at_the_next_round(engine, clear, monkeypatch):
    for number in range(5):
        whole(engine, f"case {number}".encode())
    before, calls = report(engine), []

    def killed(action, case, what, facts=None):
        calls.extend([what] if what.startswith("case.") else [])
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(action, case, what, facts)

    real = Action.audit
    monkeypatch.setattr(Action, "audit", killed)
    with pytest.raises(KeyboardInterrupt):
        clear(at(2029, 11, 24), batch=2)
    assert count(engine, tables.cases) == 5
    assert len(trail(engine, "case.emptied")) == 2
    assert report(engine) == before

    monkeypatch.undo()
    done = clear(at(2029, 11, 24), batch=2)
    assert (done.emptied, done.cases) == (3, 5)
    assert report(engine) == before


def test_a_round_ends_so_that_mails_have_their_turn(engine, clear, monkeypatch):
    for number in range(5):
        whole(engine, f"case {number}".encode())
    monkeypatch.setattr(deletion, "MOST_BATCHES", 2)

    assert clear(at(2029, 11, 24), batch=1).cases == 2
    assert clear(at(2029, 11, 24), batch=1).cases == 2
    assert clear(at(2029, 11, 24), batch=1).cases == 1


def test_the_shorter_of_two_promises_holds(engine, clear, small, edition):
    """Who was told three years is not kept for ten, though the notice says so now."""
    told_three = whole(engine, b"told three years", at=at(2026, 1, 2))
    told_to_all(engine, edition.notice)
    told_ten = whole(engine, b"told nothing that can be read", at=at(2026, 1, 2))
    ten = replace(times_of(small.registers), case_and_letters=Span(months=120))

    assert clear(at(2029, 1, 4), ten).cases == 1
    assert finished_cases.again(engine, told_three) is None
    assert finished_cases.again(engine, told_ten)
    assert clear(at(2036, 1, 4), ten).cases == 1


@pytest.mark.parametrize(
    ("told", "gone"),
    [
        pytest.param("months: 1", at(2027, 3, 1), id="a month over February"),
        pytest.param("days: 90", at(2027, 3, 3), id="longer than today's"),
    ],
)
def test_whatever_was_told_the_first_of_two_days_holds(
    engine, clear, small, tmp_path, told, gone
):
    folder = copytree(SMALL, tmp_path / "notice")
    register = folder / "content/registers/data-protection-requests.yaml"
    edit(register, "days: 30, after: fetched", f"{told}, after: fetched")
    whole(engine, at=at(2027, 1, 29))
    told_to_all(engine, edition_of(read_content(folder)).notice)
    today = replace(times_of(small.registers), delivered_package=Span(days=31))

    assert not clear(gone - DAY, today).packages
    assert clear(gone, today).packages == 1


def test_a_shorter_time_of_today_holds_for_all(engine, clear, small):
    whole(engine)
    one = replace(times_of(small.registers), case_and_letters=Span(months=12))

    assert clear(at(2027, 11, 24), one).cases == 1


def test_a_damaged_notice_keeps_nothing_from_being_deleted(
    engine, clear, edition, caplog
):
    damaged = whole(engine, b"told by a damaged notice")
    told_to_all(engine, edition.notice)
    with writing(engine) as connection:
        row = tables.notice_contents.c.hash == edition.notice.hash
        change = tables.notice_contents.update().where(row)
        connection.execute(change.values(content='{"title": "x"}'))
    other = whole(engine, b"told by another")

    assert clear(at(2029, 11, 24)).cases == 2
    assert not any(clear(at(2029, 11, 25)))
    assert {finished_cases.again(engine, each) for each in (damaged, other)} == {None}
    told = [(each.message, each.fields["kind"]) for each in caplog.records]
    assert told == [("notice-damaged", "ValueError")]


def test_notices_go_when_no_case_points_to_them(engine, clear, edition):
    whole(engine)
    with writing(engine) as connection:
        for number in range(3):
            notices.keep(connection, Notice(f'{{"n":{number}}}'), now=NOW)
        notices.keep(connection, edition.notice, now=NOW)

    assert clear(NOW + timedelta(hours=1)).notices == 0
    assert clear(NOW + 2 * DAY).notices == 3
    assert clear(at(2029, 11, 24)).notices == 1
    with reading(engine) as connection:
        assert notices.hashes(connection) == [edition.notice.hash]


def test_a_form_at_work_meanwhile_is_not_in_the_way(postgresql_engine, small, edition):
    """What somebody else holds is passed by, and goes at the next round."""
    case = whole(postgresql_engine)
    deleter = Deleter(engine=postgresql_engine, settings=SETTINGS)
    times, now = times_of(small.registers), at(2029, 11, 24)

    with writing(postgresql_engine) as connection:
        connection.execute(
            select(tables.cases).where(tables.cases.c.id == case.id).with_for_update()
        )
        assert delete_expired(deleter, edition, times, now=now).cases == 0
    assert delete_expired(deleter, edition, times, now=now).cases == 1
