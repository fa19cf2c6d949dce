from datetime import timedelta

import pytest

from request_app.store import limits
from request_app.store.database import reading, writing
from request_app.store.tables import rate_limits
from tests.support.filed_requests import NOW

SECRET = b"a secret of the tests"
HOUR = timedelta(hours=1)


def hit(engine, address="192.0.2.1", *, scope="post", now=NOW):
    with writing(engine) as connection:
        return limits.hit(
            connection, scope, address, secret=SECRET, now=now, window=HOUR
        )


def test_hits_are_counted_within_their_window(engine):
    assert [hit(engine), hit(engine), hit(engine)] == [1, 2, 3]
    assert hit(engine, now=NOW + HOUR) == 1
    assert hit(engine, scope="code") == 1


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param("192.0.2.1", "192.0.2.200", True, id="one IPv4 network"),
        pytest.param("192.0.2.1", "192.0.3.1", False, id="two IPv4 networks"),
        pytest.param("2001:db8::1", "2001:db8:0:ff::9", True, id="one IPv6 site"),
        pytest.param("2001:db8::1", "2001:db8:0:100::1", False, id="two IPv6 sites"),
        pytest.param("::ffff:192.0.2.1", "192.0.2.9", True, id="IPv4 in IPv6"),
        pytest.param("", "not an address", True, id="no address"),
    ],
)
def test_neighbours_are_counted_together(one, other, together):
    names = {limits.bucket(address, secret=SECRET, now=NOW) for address in (one, other)}

    assert (len(names) == 1) is together


def test_a_bucket_means_nothing_without_the_secret_or_after_its_day():
    bucket = limits.bucket("192.0.2.1", secret=SECRET, now=NOW)
    other = limits.bucket("192.0.2.1", secret=b"other", now=NOW)
    tomorrow = limits.bucket("192.0.2.1", secret=SECRET, now=NOW + 24 * HOUR)

    assert len({bucket, other, tomorrow}) == 3
    assert "192" not in bucket


def test_old_windows_are_forgotten(engine):
    hit(engine)
    hit(engine, now=NOW + HOUR)

    with writing(engine) as connection:
        limits.delete_old(connection, before=NOW)

    with reading(engine) as connection:
        assert len(connection.execute(rate_limits.select()).all()) == 1
