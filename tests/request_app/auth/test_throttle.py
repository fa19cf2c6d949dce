"""Tries are slowed down, and nobody is shut out."""

from datetime import timedelta

import pytest

from request_app.auth import throttle
from request_app.auth.throttle import TooEarlyError
from request_app.store.database import writing
from tests.support.filed_requests import NOW

SECRET = b"a secret of the tests"


def attempt(engine, name="aino", now=NOW):
    with writing(engine) as connection:
        throttle.count(connection, name, scope="x", secret=SECRET, now=now)


def attempt_from(engine, address="192.0.2.1", now=NOW):
    with writing(engine) as connection:
        throttle.count_address(connection, address, secret=SECRET, now=now)


def waits(engine, tries):
    """How long each of so many tries has to wait, each made as early as may be."""
    now = NOW
    for _ in range(tries):
        wait = timedelta()
        try:
            attempt(engine, now=now)
        except TooEarlyError as error:
            wait = error.wait
            now += wait
            attempt(engine, now=now)
        yield wait.total_seconds()


def test_waits_grow_to_a_minute_and_no_further(engine):
    assert list(waits(engine, 13)) == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_try_too_early_makes_the_wait_no_longer(engine):
    for _ in range(5):
        attempt(engine)
    for _ in range(50):
        with pytest.raises(TooEarlyError):
            attempt(engine, now=NOW + timedelta(seconds=1))

    attempt(engine, now=NOW + timedelta(seconds=2))


def test_one_name_does_not_slow_down_another(engine):
    for _ in range(5):
        attempt(engine)

    attempt(engine, "eino")


def test_what_was_right_begins_anew(engine):
    for _ in range(5):
        attempt(engine)
    with writing(engine) as connection:
        throttle.reset(connection, "aino", scope="x", secret=SECRET)

    assert list(waits(engine, 5)) == [0] * 5


def test_a_network_has_twenty_tries_an_hour(engine):
    for _ in range(20):
        attempt_from(engine)

    with pytest.raises(TooEarlyError) as caught:
        attempt_from(engine)
    assert caught.value.wait == timedelta(minutes=12)  # it is 14.48

    attempt_from(engine, "198.51.100.1")
    attempt_from(engine, now=NOW + timedelta(minutes=12))


def test_an_office_may_sign_in_from_one_network(engine):
    for _ in range(50):
        attempt_from(engine)
        with writing(engine) as connection:
            throttle.uncount_address(connection, "192.0.2.1", secret=SECRET, now=NOW)
