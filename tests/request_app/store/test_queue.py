from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text, update

from request_app.store import (
    absences,
    deliveries,
    messages,
    notices,
    queue,
    readers,
    tables,
)
from request_app.store.absences import Absence
from request_app.store.database import reading, writing
from request_app.store.deliveries import Delivery
from request_app.store.messages import Message
from request_app.store.queue import QueueReader, View
from request_app.store.values import Right, Role, Sender, State, Way
from tests.support.case_steps import case
from tests.support.filed_requests import NOTICE, NOW

TODAY = date(2026, 3, 20)
DAY = timedelta(days=1)
AINO = QueueReader("aino", sees_all=False)
EINO = QueueReader("eino", sees_all=False)
ADMIN = QueueReader("admin", sees_all=True)


def fill(engine, *several):
    """Write cases that differ from the first one as told, and give their ids."""
    with writing(engine) as connection:
        notices.keep(connection, NOTICE, now=NOW)
        rows = [
            asdict(replace(case(notice_hash=NOTICE.hash), **{
                "id": f"{number:032}", "reference": f"R{number}", "code_hash": f"h{number}",
            } | changes))
            for number, changes in enumerate(several)
        ]  # fmt: skip
        connection.execute(insert(tables.cases), rows)
        rights = [{"case_id": row["id"], "kind": Right.ACCESS} for row in rows]
        connection.execute(insert(tables.case_rights), rights)


def seen(engine, view=View.OPEN, reader=AINO, after=None):
    with reading(engine) as connection:
        page = queue.page(connection, view, reader=reader, today=TODAY, after=after)
    return [entry.reference for entry in page.entries], page.following


def test_what_the_desk_means_to_do_first_stands_first(engine):
    fill(engine, {"aim_on": date(2026, 4, 2)}, {"aim_on": date(2026, 3, 6)})

    assert seen(engine)[0] == ["R1", "R0"]


def test_a_page_begins_where_the_one_before_ended(engine):
    fill(
        engine,
        *[
            {"aim_on": TODAY + timedelta(days=number // 7)}
            for number in range(queue.PAGE * 2 + 3)
        ],
    )

    found, after = [], None
    for _ in range(3):
        references, after = seen(engine, after=after)
        found += references

    assert found == [f"R{number}" for number in range(queue.PAGE * 2 + 3)]
    assert after is None


def test_of_the_closed_ones_the_last_comes_first(engine):
    closed = [datetime(2026, 4, 1, number, tzinfo=UTC) for number in range(3)]
    fill(engine, *[{"state": State.CLOSED, "closed_at": at} for at in closed])

    assert seen(engine, View.CLOSED)[0] == ["R2", "R1", "R0"]
    assert seen(engine)[0] == []


def test_the_closed_ones_have_pages_too(engine):
    start = datetime(2026, 4, 1, tzinfo=UTC)
    fill(
        engine,
        *[
            {"state": State.CLOSED, "closed_at": start + timedelta(hours=number)}
            for number in range(queue.PAGE + 2)
        ],
    )

    _, after = seen(engine, View.CLOSED)

    assert seen(engine, View.CLOSED, after=after)[0] == ["R1", "R0"]


def test_of_the_held_ones_the_longest_held_comes_first_and_they_have_pages(engine):
    last = queue.PAGE + 2
    fill(engine, *[{"held_at": NOW + DAY * (last - number)} for number in range(last)])

    first, after = seen(engine, View.HELD)

    assert first[:2] == [f"R{last - 1}", f"R{last - 2}"]
    assert seen(engine, View.HELD, after=after)[0] == ["R1", "R0"]


def test_a_held_case_is_shown_to_its_readers_alone(engine):
    staffed(engine)
    with writing(engine) as connection:
        connection.execute(update(tables.cases).values(held_at=NOW))

    assert seen(engine, View.HELD)[0] == ["R0", "R1"]
    bertta = QueueReader("bertta", sees_all=False)
    assert seen(engine, View.HELD, bertta)[0] == ["R1"]
    with reading(engine) as connection:
        assert queue.totals(connection, reader=bertta, today=TODAY)[View.HELD] == 1


VIEWS = [
    pytest.param(View.MINE, {"handler_id": "aino"}, {"handler_id": "bertta"}, id="mine"),
    pytest.param(View.UNTAKEN, {}, {"handler_id": "bertta"}, id="nobody has taken it"),
    pytest.param(View.LATE, {"raw_due": TODAY - timedelta(days=1), "due": TODAY - timedelta(days=1)}, {"due": TODAY, "raw_due": TODAY}, id="late"),
    pytest.param(View.WEEK, {"due": TODAY + timedelta(days=7), "raw_due": TODAY}, {"due": TODAY + timedelta(days=8), "raw_due": TODAY}, id="due within a week"),
    pytest.param(View.WEEK, {"raw_due": TODAY, "due": TODAY}, {"raw_due": TODAY, "due": TODAY, "extended_to": TODAY + timedelta(days=30)}, id="not what was extended"),
    pytest.param(View.WAITING, {"state": State.WAITING}, {"state": State.WORKING}, id="waits for the person"),
    pytest.param(View.HELD, {"held_at": NOW}, {}, id="held"),
    pytest.param(View.HELD, {"held_at": NOW, "state": State.CLOSED, "closed_at": NOW}, {"state": State.CLOSED, "closed_at": NOW}, id="held, though closed"),
    pytest.param(View.SUSPECTS, {"suspicion": "trap"}, {}, id="suspects"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "shown", "other"), VIEWS)
def test_a_view_shows_what_it_says(engine, view, shown, other):
    fill(engine, shown, other)

    assert seen(engine, view)[0] == ["R0"]
    with reading(engine) as connection:
        assert queue.totals(connection, reader=AINO, today=TODAY)[view] == 1


def test_a_case_of_a_disabled_account_is_taken_by_nobody(engine):
    fill(engine, {"handler_id": "aino"}, {"handler_id": "bertta"})
    account(engine, "aino")
    account(engine, "bertta", disabled_at=NOW)

    assert seen(engine, View.UNTAKEN)[0] == ["R1"]


def away(engine, name, deputy=None, *, first=TODAY, last=TODAY):
    """Say that somebody is away, as it was before anything changed since."""
    absence = Absence(account_id=name, first_day=first, last_day=last, deputy_id=deputy)
    with writing(engine) as connection:
        absences.put(connection, absence)


def staffed(engine, **bertta):
    """Two requests of Aino, the former for her and Eino alone; colleagues."""
    fill(engine, {"handler_id": "aino"}, {"handler_id": "aino"})
    account(engine, "aino")
    account(engine, "bertta", **bertta)
    account(engine, "eino")
    with writing(engine) as connection:
        readers.restrict(connection, f"{0:032}", ["aino", "eino"])


@pytest.mark.parametrize(
    ("first", "last", "mine"),
    [
        (TODAY - DAY, TODAY, ["R1"]),
        (TODAY, TODAY + DAY, ["R1"]),
        (TODAY + DAY, TODAY + DAY, []),
        (TODAY - DAY, TODAY - DAY, []),
    ],
)
def test_a_deputy_sees_the_cases_of_who_is_away(engine, first, last, mine):
    staffed(engine)
    away(engine, "aino", "bertta", first=first, last=last)
    bertta = QueueReader("bertta", sees_all=False)

    assert seen(engine, View.MINE, bertta)[0] == mine
    assert seen(engine, View.MINE)[0] == ["R0", "R1"]
    with reading(engine) as connection:
        sums = queue.totals(connection, reader=bertta, today=TODAY)
    assert sums[View.MINE] == len(mine)


def test_a_deputy_who_is_named_opens_restricted_cases_as_well(engine):
    staffed(engine)
    away(engine, "aino", "eino")

    assert seen(engine, View.MINE, EINO)[0] == ["R0", "R1"]
    assert seen(engine, View.UNCOVERED, ADMIN)[0] == []


UNCOVERED = [
    pytest.param("bertta", {}, None, ["R0"], id="the deputy is not named"),
    pytest.param("eino", {}, None, [], id="the deputy may open both"),
    pytest.param(None, {}, None, ["R0", "R1"], id="no deputy"),
    pytest.param("bertta", {"disabled_at": NOW}, None, ["R0", "R1"], id="disabled"),
    pytest.param("bertta", {"role": Role.VIEWER}, None, ["R0", "R1"], id="a reader now"),
    pytest.param("eino", {}, "eino", ["R0", "R1"], id="away as well"),
    pytest.param("eino", {}, "bertta", [], id="another is away"),
]  # fmt: skip


@pytest.mark.parametrize(("deputy", "bertta", "other", "found"), UNCOVERED)
def test_what_nobody_deputises_for_is_a_view(engine, deputy, bertta, other, found):
    staffed(engine, **bertta)
    away(engine, "aino", deputy)
    if other:
        away(engine, other)

    assert seen(engine, View.UNCOVERED, ADMIN)[0] == found
    assert seen(engine, View.UNTAKEN, ADMIN)[0] == []


def test_of_what_waits_only_those_learn_who_may_open_it(engine):
    staffed(engine)
    away(engine, "aino", "bertta")

    assert seen(engine, View.UNCOVERED, EINO)[0] == ["R0"]
    assert seen(engine, View.UNCOVERED, QueueReader("bertta", sees_all=False))[0] == []


def test_who_is_disabled_while_away_leaves_cases_that_nobody_has_taken(engine):
    fill(engine, {"handler_id": "aino"})
    account(engine, "aino", disabled_at=NOW)
    away(engine, "aino")

    assert seen(engine, View.UNTAKEN)[0] == ["R0"]
    assert seen(engine, View.UNCOVERED)[0] == []


@pytest.mark.parametrize(
    ("deputy", "shut"), [("bertta", ["R0"]), ("eino", []), (None, [])]
)
def test_who_leaves_is_told_what_the_deputy_cannot_open(engine, deputy, shut):
    staffed(engine)
    absence = Absence(
        account_id="aino", first_day=TODAY, last_day=TODAY, deputy_id=deputy
    )
    with reading(engine) as connection:
        assert queue.cases_closed_to_deputy(connection, absence, sees_all=False) == shut


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"answered_on": TODAY - timedelta(days=10)}, id="was answered"),
        pytest.param({"cancelled_at": NOW}, id="was cancelled"),
    ],
)
def test_late_is_what_somebody_waits_for(engine, changes):
    past = {"raw_due": TODAY - timedelta(days=9), "due": TODAY - timedelta(days=9)}
    fill(engine, past, past | changes)

    assert seen(engine, View.LATE)[0] == ["R0"]
    assert seen(engine, View.WEEK)[0] == []


def test_an_answer_that_was_withdrawn_has_not_been_fetched(engine):
    answered = {"state": State.READY, "answered_on": TODAY}
    fill(engine, answered, answered)
    with writing(engine) as connection:
        for number, withdrawn_at in enumerate((NOW, None)):
            delivery = sent_by_letter(f"{number:032}", withdrawn_at)
            deliveries.add(connection, delivery)
            deliveries.mark_fetched(connection, delivery.id, now=NOW)

    assert seen(engine, View.UNFETCHED)[0] == ["R0"]


def sent_by_letter(case_id, withdrawn_at):
    return Delivery(
        id=case_id,
        case_id=case_id,
        package_id=None,
        way=Way.LETTER,
        code_hash=case_id,
        needs_access_code=False,
        key_for_person=None,
        actor="staff:aino",
        made_at=NOW,
        sent_on=TODAY,
        withdrawn_at=withdrawn_at,
    )


def test_what_the_person_writes_is_news_until_it_is_read(engine):
    fill(engine, {})
    message = Message(
        id="m",
        case_id=f"{0:032}",
        sender=Sender.PERSON,
        for_desk=b"d",
        for_person=b"p",
        written_at=NOW,
    )
    with writing(engine) as connection:
        messages.add(connection, message)

    assert seen(engine, View.NEWS)[0] == ["R0"]
    with writing(engine) as connection:
        messages.mark_read(connection, f"{0:032}", sender=Sender.PERSON, now=NOW)
    assert seen(engine, View.NEWS)[0] == []


def test_a_suspect_is_in_no_other_view(engine):
    fill(engine, {"suspicion": "trap", "handler_id": "aino"})

    assert [seen(engine, view)[0] for view in View if view is not View.SUSPECTS] == [
        []
    ] * (len(View) - 1)


def test_a_restricted_case_is_for_those_who_are_named(engine):
    fill(engine, {}, {})
    account(engine, "aino")
    account(engine, "bertta")
    with writing(engine) as connection:
        readers.restrict(connection, f"{0:032}", ["bertta"])

    assert seen(engine)[0] == ["R1"]
    assert seen(engine, reader=QueueReader("bertta", sees_all=False))[0] == ["R0", "R1"]
    assert seen(engine, reader=ADMIN)[0] == ["R0", "R1"]


def account(engine, name, **more):
    row = {
        "id": name,
        "name": name,
        "role": Role.HANDLER,
        "language": "fi",
        "created_at": NOW,
    } | more
    with writing(engine) as connection:
        connection.execute(insert(tables.accounts), row)


def test_a_case_is_open_to_everyone_again_when_nobody_is_named(engine):
    fill(engine, {})
    account(engine, "bertta")
    with writing(engine) as connection:
        readers.restrict(connection, f"{0:032}", ["bertta"])
        readers.restrict(connection, f"{0:032}", [])

    assert seen(engine)[0] == ["R0"]


@pytest.mark.parametrize("count", [1, 40], ids=["one case", "forty cases"])
def test_a_page_takes_two_queries_however_many_cases(engine, count):
    fill(engine, *[{} for _ in range(count)])
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    seen(engine)

    assert len([each for each in asked if each.startswith("SELECT")]) == 2


def mail(number):
    """A mail of the case with this number, which was given up."""
    return {
        "id": f"m{number}", "case_id": f"{number:032}", "kind": "received", "language": "fi",
        "address": b"a", "facts": {}, "message_id": f"<m{number}@x>", "created_at": NOW,
        "tries": 12, "failed_at": NOW,
    }  # fmt: skip


def test_a_failed_mail_is_shown(engine):
    fill(engine, {}, {})
    with writing(engine) as connection:
        connection.execute(insert(tables.outbox), mail(1))
        connection.execute(update(tables.cases).values(version=2))

    assert seen(engine, View.FAILED)[0] == ["R1"]


def test_of_other_tables_only_what_belongs_to_the_cases_shown_is_read(
    postgresql_engine,
):
    """PostgreSQL may read all mails ever sent, to tell which ones failed."""
    engine = postgresql_engine
    fill(engine, *[{} for _ in range(1500)])
    with writing(engine) as connection:
        mails = [mail(number) | {"failed_at": None} for number in range(1500)]
        connection.execute(insert(tables.outbox), mails)
        connection.execute(text("ANALYZE"))
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given))
    seen(engine, View.FAILED)
    with reading(engine) as connection:
        queue.totals(connection, reader=AINO, today=TODAY)

    for _, _, sql, values, *_ in [each for each in asked if "outbox" in each[2]]:
        with reading(engine) as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN {sql}", values).scalars().all()
        assert not [line for line in plan if "Seq Scan on outbox" in line]
