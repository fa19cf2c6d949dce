import pytest
from sqlalchemy import func, select, update

from request_app.store import notices
from request_app.store.database import reading, writing
from request_app.store.notices import Notice
from request_app.store.tables import notice_contents
from tests.support.filed_requests import NOTICE, NOW


def test_a_content_is_kept_once(engine):
    with writing(engine) as connection:
        first = notices.keep(connection, NOTICE, now=NOW)
        second = notices.keep(connection, Notice(NOTICE.content), now=NOW)
        count = connection.scalar(select(func.count()).select_from(notice_contents))

    assert first == second == NOTICE.hash
    assert count == 1


def test_a_content_comes_back_as_it_was(engine):
    notice = Notice('{"title":"Kehä – ”ääkköset”"}')
    with writing(engine) as connection:
        kept = notices.keep(connection, notice, now=NOW)

    with reading(engine) as connection:
        assert notices.load(connection, kept) == notice


def test_a_content_changed_since_is_refused(engine):
    with writing(engine) as connection:
        notices.keep(connection, NOTICE, now=NOW)
        connection.execute(update(notice_contents).values(content="{}"))

    with reading(engine) as connection, pytest.raises(ValueError, match="changed"):
        notices.load(connection, NOTICE.hash)
