"""Sessions end in two ways by time, and with their account at once."""

from datetime import timedelta

import pytest

from request_app.auth import account_admin, visits
from request_app.store import accounts, sessions as rows
from request_app.store.database import reading, writing
from request_app.store.tables import staff_sessions
from request_app.store.values import Role, SignInStage
from tests.support.filed_requests import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def aino(engine):
    with writing(engine) as connection:
        account_admin.add(
            connection, "aino", role=Role.HANDLER, language="fi", actor="test", now=NOW
        )
        return accounts.by_name(connection, "aino")


def begin(engine, account, now=NOW):
    with writing(engine) as connection:
        return visits.begin(
            connection, account, browser="Firefox", now=now, notes={"next": "/desk/x"}
        )


def find(engine, token, now=NOW):
    with reading(engine) as connection:
        return visits.find(connection, token, now=now)


def test_the_database_does_not_hold_the_token(engine, aino):
    begun = begin(engine, aino)

    with reading(engine) as connection:
        [row] = connection.execute(staff_sessions.select()).all()
    assert begun.token not in str(row)
    assert find(engine, begun.token).account == aino
    assert find(engine, "x" * 43) is None


def test_an_idle_session_ends_after_half_an_hour(engine, aino):
    token = begin(engine, aino).token

    assert find(engine, token, NOW + timedelta(minutes=30) - SECOND)
    assert find(engine, token, NOW + timedelta(minutes=30)) is None


def test_a_session_in_use_ends_after_twelve_hours(engine, aino):
    begun = begin(engine, aino)
    end = NOW + timedelta(hours=12)
    with writing(engine) as connection:
        rows.touch(connection, begun.visit.session.id, now=end - SECOND)

    assert find(engine, begun.token, end - SECOND)
    assert find(engine, begun.token, end) is None


def test_the_second_factor_brings_another_token(engine, aino):
    begun = begin(engine, aino)
    assert not begun.visit.is_signed_in

    with writing(engine) as connection:
        renewed = visits.renew(connection, begun.visit, now=NOW, notes={})

    assert find(engine, begun.token) is None
    assert find(engine, renewed.token).session.stage is SignInStage.SIGNED_IN


def test_a_disabled_account_is_out_at_once(engine, aino):
    token = begin(engine, aino).token
    with writing(engine) as connection:
        accounts.change(connection, aino.id, disabled_at=NOW)

    assert find(engine, token) is None


def test_another_role_holds_at_once(engine, aino):
    token = begin(engine, aino).token
    with writing(engine) as connection:
        account_admin.change_role(connection, aino, Role.ADMIN, actor="test", now=NOW)

    assert find(engine, token).account.role is Role.ADMIN


def test_a_password_counts_as_given_just_now_for_ten_minutes(engine, aino):
    visit = begin(engine, aino).visit

    assert visit.is_proved(NOW + timedelta(minutes=10) - SECOND)
    assert not visit.is_proved(NOW + timedelta(minutes=10))


def test_what_is_over_is_forgotten(engine, aino):
    begin(engine, aino)
    kept = begin(engine, aino, NOW + timedelta(minutes=20))
    with writing(engine) as connection:
        visits.delete_expired(connection, now=NOW + timedelta(minutes=30))

    with reading(engine) as connection:
        [row] = connection.execute(staff_sessions.select()).all()
    assert row.id == kept.visit.session.id


def test_an_account_ends_its_own_sessions_only(engine, aino):
    session = begin(engine, aino).visit.session
    with writing(engine) as connection:
        assert not rows.end(connection, session.id, account_id="another")
        assert rows.end(connection, session.id, account_id=aino.id)
