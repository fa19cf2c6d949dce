"""A desk at work, and members of staff who are signed in to it."""

from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from request_app import create_desk
from request_app.auth import passwords
from request_app.cases.lifecycle.record import read_progress
from request_app.sealing.keyfiles import make_desk_secret
from request_app.store.values import Role
from request_app.web.services import NAME
from tests.support.desk_browser import Browser
from tests.support.desk_cases import again
from tests.support.desk_steps import address, here, step
from tests.support.filed_requests import SUBMISSION
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


@pytest.fixture
def handler(staff_client):
    return staff_client("handler")


@pytest.fixture
def case(desk, clock):
    del clock  # it stands still from here on
    return here(desk, replace(SUBMISSION, registers=frozenset({"members"})))


@pytest.fixture
def aino(desk):
    return hire(desk, "aino", language="en")


@pytest.fixture
def show(desk, case, aino):
    """Return a function that opens a page of the case in a new session."""
    return lambda page="": Browser(desk, sign_in_quickly(desk, aino)).open(
        address(case, page)
    )


@pytest.fixture
def take(desk, case, aino):
    """Return a function that sends a form of the case as it is now."""

    def send(page, **fields):
        browser = Browser(desk, sign_in_quickly(desk, aino))
        return step(desk, browser, case, page, **fields)

    return send


@pytest.fixture
def progress(desk, case):
    def now():
        with desk.extensions[NAME].reading("test") as action:
            return read_progress(action, again(desk, case))

    return now
