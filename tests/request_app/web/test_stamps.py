"""A stamp is read as it was given, and refused when it was changed."""

from request_app.web import stamps
from tests.support.filed_requests import NOW

SECRET = b"a secret of the tests"


def test_a_stamp_is_read_back_to_the_second():
    stamp = stamps.new_stamp(NOW.replace(microsecond=0))

    assert stamps.read(stamps.sign(stamp, secret=SECRET), secret=SECRET) == stamp


def test_a_changed_stamp_and_one_of_another_secret_are_refused():
    signed = stamps.sign(stamps.new_stamp(NOW), secret=SECRET)

    assert stamps.read(signed[:-1], secret=SECRET) is None
    assert stamps.read(signed, secret=b"another secret") is None
