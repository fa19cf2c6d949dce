import pytest
from sqlalchemy import LargeBinary, delete, func, insert, select, text

from request_app.sealing import places
from request_app.store import nonces, tables
from request_app.store.database import StoreError, reading, writing
from request_app.store.tables import metadata
from tests.support.filed_requests import NOW, SUBMISSION, file

OF_A_CASE = ("case_rights", "case_registers", "sealed_parts", "outbox")


def count(connection, table):
    return connection.scalar(select(func.count()).select_from(metadata.tables[table]))


@pytest.fixture
def filed(engine):
    with writing(engine) as connection:
        file(connection)


@pytest.mark.usefixtures("filed")
def test_what_belongs_to_a_case_goes_with_it(engine):
    with writing(engine) as connection:
        assert all(count(connection, table) for table in OF_A_CASE)
        connection.execute(delete(tables.cases))

    with reading(engine) as connection:
        assert not any(count(connection, table) for table in OF_A_CASE)
        assert count(connection, "audit") == 1


@pytest.mark.usefixtures("filed")
def test_a_case_outlives_the_nonce_of_its_form(engine):
    with writing(engine) as connection:
        nonces.delete_old(connection, before=NOW.replace(year=2027))

    with reading(engine) as connection:
        assert count(connection, "form_nonces") == 0
        assert connection.scalars(select(tables.cases.c.nonce_hash)).all() == [None]


@pytest.mark.usefixtures("filed")
def test_a_notice_stays_while_a_case_points_to_it(engine):
    with pytest.raises(StoreError), writing(engine) as connection:
        connection.execute(delete(tables.notice_contents))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("state = 'lost'", id="a state unknown"),
        pytest.param("channel = 'fax'", id="a channel unknown"),
        pytest.param("due = '2020-01-01'", id="due before it was received"),
        pytest.param("extended_due = due", id="extended to the first day"),
        pytest.param("language = ''", id="no language"),
    ],
)
@pytest.mark.usefixtures("filed")
def test_a_case_that_cannot_be_is_refused(engine, change):
    with pytest.raises(StoreError), writing(engine) as connection:
        connection.execute(text("UPDATE cases SET " + change))  # noqa: S608


@pytest.mark.usefixtures("filed")
def test_words_and_flags_come_back_as_what_they_are(engine):
    with reading(engine) as connection:
        kinds = set(connection.scalars(select(tables.case_rights.c.kind)))
        flag = connection.scalar(select(tables.cases.c.all_data))

    assert kinds == SUBMISSION.rights
    assert flag is False


def test_sqlite_refuses_a_value_of_another_type(sqlite_engine):
    row = {"scope": "s", "bucket": "b", "starts_at": NOW, "hits": "many"}

    with pytest.raises(StoreError), writing(sqlite_engine) as connection:
        connection.execute(insert(tables.rate_limits), row)


def test_envelopes_lie_in_the_columns_their_places_name():
    named = [getattr(places, name)("1") for name in vars(places) if name[0].islower()]
    public = {("cases", "code_key"), ("packages", "public_key")}
    binary = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    in_text = {("staff_sessions", "notes")}  # among others, in hex
    assert {(each.table, each.column) for each in named} - in_text == binary - public
