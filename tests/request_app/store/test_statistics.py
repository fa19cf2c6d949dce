"""Statistics stay when their case is deleted, and lead back to none."""

import sqlalchemy as sa

from request_app.store import cases, statistics
from request_app.store.database import reading, writing
from request_app.store.statistics import StatisticsRow
from request_app.store.values import Channel
from tests.support.filed_requests import NOW, file

ROW = StatisticsRow(
    year=NOW.year,
    month=NOW.month,
    channel=Channel.FORM,
    language="fi",
    rights={"access": "granted"},
    days=3,
    in_aim=True,
    late=False,
    extension=None,
    paused=0,
)


def test_a_row_is_replaced_and_counted_with_its_equals(engine):
    with writing(engine) as connection:
        for nonce in (b"one nonce of tests", b"other nonce of tests"):
            receipt = file(connection, nonce=nonce)
            case = cases.by_reference(connection, receipt.reference)
            statistics.put(connection, case.id, ROW)
            statistics.put(connection, case.id, ROW)

    with reading(engine) as connection:
        assert list(statistics.of_year(connection, NOW.year)) == [(ROW, 2)]


def test_a_detached_row_has_another_id_and_no_case(engine):
    ids = sa.select(statistics.statistics.c.id, statistics.statistics.c.case_id)
    with writing(engine) as connection:
        case = cases.by_reference(connection, file(connection).reference)
        statistics.put(connection, case.id, ROW)
        before = connection.execute(ids).one()
        statistics.detach(connection, case.id)
        after = connection.execute(ids).one()

    assert before.case_id == case.id
    assert after.case_id is None
    assert after.id != before.id
