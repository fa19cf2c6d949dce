"""The envelopes of a key are counted in all tables."""

from request_app.sealing import OpeningKey, head_of
from request_app.store import envelope_count
from request_app.store.database import reading, writing
from tests.support.filed_requests import DESK_KEY, file


def test_envelopes_are_counted_by_their_key(engine):
    with writing(engine) as connection:
        file(connection)

    with reading(engine) as connection:
        own = envelope_count.beginning_with(connection, head_of(DESK_KEY.public.id))
        other = OpeningKey.generate().public.id
        none = envelope_count.beginning_with(connection, head_of(other))
    assert own > 0
    assert none == 0
