from dataclasses import replace

import pytest
from sqlalchemy import insert, text

from request_app.store import audit
from request_app.store.database import StoreError, reading, writing
from request_app.store.tables import audit as table
from tests.support.filed_requests import NOW


@pytest.fixture
def trail(engine):
    with writing(engine) as connection:
        for number in range(3):
            audit.append(
                connection,
                at=NOW,
                actor="form",
                action="case.accepted",
                case_id=f"case {number}",
                facts={"reference": f"R-{number}"},
            )
    with reading(engine) as connection:
        return audit.entries(connection)


def test_each_row_is_chained_to_the_one_before(trail):
    previous = [audit.CHAIN_START, *(entry.digest for entry in trail)]

    assert [entry.seq for entry in trail] == [1, 2, 3]
    assert [entry.previous for entry in trail] == previous[:-1]
    assert [audit.digest_of(entry) for entry in trail] == previous[1:]


@pytest.mark.parametrize(
    "change",
    [{"actor": "x"}, {"action": "x"}, {"case_id": None}, {"facts": {}}, {"seq": 9}],
    ids=str,
)
def test_a_changed_row_has_another_digest(trail, change):
    changed = replace(trail[1], **change)

    assert audit.digest_of(changed) != trail[1].digest


def test_one_case_has_its_share_of_the_trail(engine, trail):
    with reading(engine) as connection:
        share = audit.entries(connection, case_id="case 1")

    assert share == [trail[1]]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE audit SET actor = 'x'", id="changed"),
        pytest.param("DELETE FROM audit WHERE seq = 2", id="removed"),
        pytest.param("DELETE FROM audit WHERE seq = 3", id="cut"),
    ],
)
def test_the_database_refuses_to_have_a_row(engine, trail, statement):
    with pytest.raises(StoreError), writing(engine) as connection:
        connection.execute(text(statement))

    with reading(engine) as connection:
        assert audit.entries(connection) == trail


@pytest.mark.parametrize("seq", [2, 5], ids=["a place taken", "a place further on"])
def test_the_database_refuses_a_row_anywhere_but_at_the_end(engine, trail, seq):
    row = vars(replace(trail[1], seq=seq))

    with pytest.raises(StoreError), writing(engine) as connection:
        connection.execute(insert(table), row)


def test_sqlite_refuses_a_row_put_in_place_of_another(sqlite_engine):
    with writing(sqlite_engine) as connection:
        entry = audit.append(connection, at=NOW, actor="form", action="x")

    with pytest.raises(StoreError), writing(sqlite_engine) as connection:
        connection.execute(
            insert(table).prefix_with("OR REPLACE"), vars(replace(entry, actor="y"))
        )


@pytest.mark.usefixtures("trail")
def test_the_table_cannot_be_emptied(engine):
    statement = "DELETE FROM audit" if engine.name == "sqlite" else "TRUNCATE audit"

    with pytest.raises(StoreError), writing(engine) as connection:
        connection.execute(text(statement))
