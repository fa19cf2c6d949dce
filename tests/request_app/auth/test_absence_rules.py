"""Who may be away, until when, and with whom as the deputy."""

from datetime import UTC, date, datetime, timedelta

import pytest

from request_app.auth.absence_rules import AbsenceError, end_absence, start_absence
from request_app.store import absences, accounts, audit
from request_app.store.absences import Absence
from request_app.store.database import reading, writing
from request_app.store.values import Role
from tests.request_app.store.test_queue import account
from tests.support.filed_requests import NOW

AT = datetime(2026, 12, 20, 10, tzinfo=UTC)
CHRISTMAS = {"first_day": date(2026, 12, 21), "last_day": date(2027, 1, 3)}


@pytest.fixture
def staff(engine):
    for name, more in {
        "aino": {},
        "bertta": {},
        "gone": {"disabled_at": NOW},
        "reader": {"role": Role.VIEWER},
    }.items():
        account(engine, name, **more)
    return engine


def left(engine, name, deputy=None, **days):
    absence = Absence(account_id=name, deputy_id=deputy, **CHRISTMAS | days)
    with writing(engine) as connection:
        start_absence(connection, absence, actor="test", now=AT)
    return absence


def known(engine):
    with reading(engine) as connection:
        return absences.lasting_until(connection, date.min)


def trail(engine):
    with reading(engine) as connection:
        return [(each.action, each.facts) for each in audit.entries(connection)]


def test_an_absence_takes_the_place_of_the_one_before(staff):
    left(staff, "aino")
    second = left(staff, "aino", deputy="bertta", last_day=date(2027, 1, 6))

    assert known(staff) == {"aino": second}
    assert trail(staff) == [
        ("staff.away", {"account": "aino", "from": "2026-12-21", "until": "2027-01-03"}),
        ("staff.away", {"account": "aino", "from": "2026-12-21", "until": "2027-01-06", "deputy": "bertta"}),
    ]  # fmt: skip


def test_who_comes_back_is_at_work(staff):
    left(staff, "aino")
    with writing(staff) as connection:
        aino = accounts.by_id(connection, "aino")
        assert end_absence(connection, aino, actor="test", now=AT)
        assert not end_absence(connection, aino, actor="test", now=AT)

    assert known(staff) == {}
    assert [action for action, _ in trail(staff)] == ["staff.away", "staff.back"]


REFUSED = [
    pytest.param({"last_day": date(2026, 12, 20)}, "last", "before the first one", id="until before from"),
    pytest.param({"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 19)}, "last", "That day is over", id="over already"),
    pytest.param({"deputy": "aino"}, "deputy", "Nobody deputises for themselves", id="oneself"),
    pytest.param({"deputy": "gone"}, "deputy", "cannot answer requests: gone", id="disabled"),
    pytest.param({"deputy": "reader"}, "deputy", "cannot answer requests: reader", id="a reader"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "about", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_with_what_to_do(staff, told, about, sentence):
    with pytest.raises(AbsenceError, match=sentence) as refused:
        left(staff, "aino", **told)

    assert refused.value.about == about
    assert (known(staff), trail(staff)) == ({}, [])


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (date(2026, 12, 20), date(2026, 12, 20), True),
        (date(2026, 12, 20), date(2026, 12, 21), False),
        (date(2026, 12, 25), date(2026, 12, 26), False),
        (date(2027, 1, 3), date(2027, 2, 3), False),
        (date(2027, 1, 4), date(2027, 2, 3), True),
    ],
)
def test_a_deputy_who_is_away_in_the_same_time_is_refused(staff, first, last, fits):
    left(staff, "bertta", first_day=first, last_day=last)

    if fits:
        left(staff, "aino", deputy="bertta")
    else:
        with pytest.raises(AbsenceError, match=f"bertta, {first} – {last}"):
            left(staff, "aino", deputy="bertta")


def test_an_absence_is_dropped_the_day_after_it(staff):
    absence = left(staff, "aino")
    for day, rest in ((0, {"aino": absence}), (1, {})):
        with writing(staff) as connection:
            absences.delete_ended(
                connection, before=absence.last_day + timedelta(days=day)
            )
        assert known(staff) == rest
