"""Long passwords of one's own, taken as typed; nothing else is asked of them."""

import threading

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from request_app.auth import passwords
from request_app.auth.passwords import (
    TOO_EASY,
    TOO_LONG,
    TOO_SHORT,
    hash_of,
    is_outdated,
    is_right,
    weakness_of,
)

REAL = passwords.HASHER  # before the fixture puts a cheap one in its place
CONTEXT = ("Seloste", "Esimerkkilän Airot ry", "aino.airola")


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("seitsemän hiljaista veljestä", id="words"),
        pytest.param("ÄÄNIKIRJAKAUPPA", id="fifteen letters"),
        pytest.param("x7k2-q9ph-r4mw-8z", id="of a manager"),
        pytest.param("kq" + "h zwp rmt vdx " * 17, id="as long as may be"),
        pytest.param(" kurpitsa keittiössä ", id="spaces around"),
        pytest.param("хорошая погода сегодня", id="another script"),
    ],
)
def test_a_long_password_of_ones_own_is_taken(password):
    assert weakness_of(password, context=CONTEXT) is None


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", TOO_SHORT),
        ("Aa1!Bb2?Cc3=Xx", TOO_SHORT),
        ("ä" * 129, TOO_LONG),
        ("passwordpassword", TOO_EASY),
        ("Password1234567890", TOO_EASY),
        ("salasana-salasana-2026", TOO_EASY),
        ("qwertyuiopasdfgh", TOO_EASY),
        ("1234567890123456", TOO_EASY),
        ("1q2w3e4r5t6y7u8i", TOO_EASY),
        ("lkjhgfdsapoiuytrewq", TOO_EASY),
        ("aaaaaaaaaaaaaaaa", TOO_EASY),
        ("kissakissakissakissa", TOO_EASY),
        ("correct horse battery staple", None),
        ("correcthorsebatterystaple", TOO_EASY),
        ("Esimerkkilän Airot 2026", TOO_EASY),
        ("seloste-seloste-1", TOO_EASY),
        ("aino.airola.1985!", TOO_EASY),
        ("kesäkesäkesä2026", TOO_EASY),
    ],
)
def test_what_is_short_or_guessed_at_once_is_refused(password, fault):
    assert weakness_of(password, context=CONTEXT) == fault


def test_a_password_is_taken_exactly_as_typed():
    stored = hash_of(" Kurpitsa keittiössä ")

    assert is_right(" Kurpitsa keittiössä ", stored)
    assert not is_right("Kurpitsa keittiössä", stored)
    assert not is_right(" kurpitsa keittiössä ", stored)


def test_nobody_has_no_password():
    assert not is_right("", None)
    assert not is_right("x", "no hash at all")


def test_the_real_parameters_are_strong():
    found = extract_parameters(REAL.hash("x"))

    assert found.type is Type.ID
    assert (found.memory_cost, found.time_cost, found.parallelism) == (65536, 3, 1)


def test_raised_parameters_make_a_hash_outdated(monkeypatch):
    stored = hash_of("x")
    assert not is_outdated(stored)

    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", dearer)

    assert is_outdated(stored)
    assert is_right("x", stored)


def test_no_more_than_two_are_checked_at_once(monkeypatch):
    inside, most, lock = [0], [0], threading.Lock()
    meet = threading.Barrier(2)

    class Slow:
        def verify(self, *_):
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            meet.wait(timeout=10)
            with lock:
                inside[0] -= 1
            return True

    monkeypatch.setattr(passwords, "HASHER", Slow())
    threads = [threading.Thread(target=is_right, args=("x", "y")) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert most == [2]
