"""Managing accounts: names, and what ends with a reset or when one is disabled."""

import pytest

from request_app.auth import account_admin, visits
from request_app.auth.account_admin import AccountError
from request_app.store import accounts, audit, sessions
from request_app.store.database import reading, writing
from request_app.store.values import Role
from tests.support.filed_requests import NOW

BY = {"actor": "command:test", "now": NOW}


def add(engine, name="aino"):
    with writing(engine) as connection:
        account_admin.add(connection, name, role=Role.HANDLER, language="fi", **BY)
        return account_admin.find(connection, name)


@pytest.mark.parametrize("typed", ["aino", " AINO ", "\uff21ino"])
def test_a_name_is_found_however_it_is_typed(engine, typed):
    account = add(engine)
    with reading(engine) as connection:
        assert account_admin.find(connection, typed) == account


@pytest.mark.parametrize("name", ["a", "-aino", "aino virtanen", "x" * 65])
def test_a_name_of_other_characters_or_length_is_refused(engine, name):
    with pytest.raises(AccountError, match="2 to 64"):
        add(engine, name)


def test_a_name_is_given_once(engine):
    add(engine)
    with pytest.raises(AccountError, match="already"):
        add(engine, "Aino")


@pytest.mark.parametrize("change", [account_admin.reset, account_admin.disable])
def test_sessions_end_with_a_reset_and_when_an_account_is_disabled(engine, change):
    account = add(engine)
    with writing(engine) as connection:
        new = visits.begin(connection, account, browser="x", now=NOW, notes={})
        visits.renew(connection, new.visit, now=NOW, notes={})
        assert sessions.of_account(connection, account.id)
        change(connection, account, **BY)

        assert sessions.of_account(connection, account.id) == []


def test_a_disabled_account_has_no_one_time_code_and_each_change_is_audited(engine):
    account = add(engine)
    with writing(engine) as connection:
        account_admin.disable(connection, account, **BY)
        account_admin.enable(connection, account, **BY)

        assert accounts.by_id(connection, account.id).one_time_hash is None
        actions = [entry.action for entry in audit.entries(connection)]
    assert actions == ["staff.added", "staff.disabled", "staff.enabled"]
