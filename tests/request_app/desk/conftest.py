"""A desk at work, and members of staff who are signed in to it."""

import pytest
from argon2 import PasswordHasher

from request_app import create_desk
from request_app.auth import passwords
from request_app.sealing.keyfiles import make_desk_secret
from request_app.store.values import Role
from tests.support.desk_browser import Browser
from tests.support.form_app import close, settings, url_of
from tests.support.staff_accounts import hire, sign_in_quickly


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    """The real parameters cost 64 MiB and a tenth of a second for each password."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)


@pytest.fixture
def start_desk(keys):
    """Start a desk on a database; it is closed afterwards."""
    make_desk_secret(keys / "desk")
    apps = []

    def started(engine, **more):
        apps.append(create_desk(settings(url_of(engine), keys, **more)))
        return apps[-1]

    yield started
    for app in apps:
        close(app)


@pytest.fixture
def desk(start_desk, sqlite_engine):
    return start_desk(sqlite_engine)


@pytest.fixture
def stranger(desk):
    return Browser(desk)


@pytest.fixture
def staff_client(desk):
    """Return a function that gives a browser signed in as this role, in this language."""

    def signed_in(role=Role.HANDLER, language="fi", name=None):
        account = hire(desk, name or f"{role}-{language}", Role(role), language)
        return Browser(desk, sign_in_quickly(desk, account))

    return signed_in
