"""A link between two cases has no direction."""

from request_app.store import links
from request_app.store.database import writing
from tests.request_app.store.test_queue import fill
from tests.support.filed_requests import NOW

ONE, OTHER = f"{0:032}", f"{1:032}"


def test_a_link_is_new_once(engine):
    fill(engine, {}, {})
    with writing(engine) as connection:
        told = [
            links.add(connection, *pair, now=NOW)
            for pair in ((ONE, OTHER), (OTHER, ONE))
        ]

    assert told == [True, False]
