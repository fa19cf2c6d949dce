"""Somebody writes past the triggers: the first row that is wrong is told."""

from dataclasses import asdict, replace

import pytest
from sqlalchemy import delete, insert, text, update

from request_app.store import audit, chain
from request_app.store.audit import Head
from request_app.store.database import reading, writing
from request_app.store.tables import audit as table
from tests.support.filed_requests import NOW

ROWS = 6


@pytest.fixture
def trail(engine):
    with writing(engine) as connection:
        return [add(connection, number) for number in range(ROWS)]


def add(connection, number):
    facts = {"reference": f"R-{number}"}
    return audit.append(
        connection, at=NOW, actor="form", action="case.accepted", facts=facts
    )


def intrude(engine, *statements):
    """Run statements as somebody would who has the database to themselves."""
    with engine.begin() as connection:
        if engine.name == "sqlite":
            drop_triggers(connection)
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(statement)


def drop_triggers(connection):
    named = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for name in connection.scalars(named).all():
        connection.execute(text(f"DROP TRIGGER {name}"))


def at(seq):
    return table.c.seq == seq


def set_at(place, **values):
    return update(table).where(at(place)).values(**values)


def row(entry, **changes):
    return insert(table).values(**asdict(replace(entry, **changes)))


def numbered_again(first, by):
    """Move the rows from one on, a place up or down, past the key of the table."""
    far = 1000
    yield update(table).where(table.c.seq >= first).values(seq=table.c.seq + far)
    yield update(table).where(table.c.seq >= far).values(seq=table.c.seq - far + by)


def consistent(entry, **changes):
    """A row with a digest of its own, as if the product had written it."""
    changed = replace(entry, **changes)
    return asdict(replace(changed, digest=audit.digest_of(changed)))


def told(engine, *heads):
    return chain.check(engine, heads).fault


def test_a_trail_that_nobody_touched_holds(engine, trail):
    assert chain.check(engine) == (Head(ROWS, trail[-1].digest), None)


def test_an_empty_trail_holds(engine):
    assert chain.check(engine) == (audit.EMPTY, None)


@pytest.mark.parametrize("batch", [1, 2, ROWS - 1, ROWS])
@pytest.mark.usefixtures("trail")
def test_a_trail_is_walked_in_parts(engine, monkeypatch, batch):
    monkeypatch.setattr(chain, "BATCH", batch)

    assert chain.check(engine).head.seq == ROWS


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"actor": "somebody"}, id="who"),
        pytest.param({"action": "nothing"}, id="what"),
        pytest.param({"case_id": "another"}, id="which case"),
        pytest.param({"at": NOW.replace(year=2020)}, id="when"),
        pytest.param({"facts": {}}, id="the facts"),
        pytest.param({"previous": "f" * 64}, id="the row before"),
        pytest.param({"digest": "f" * 64}, id="the digest"),
    ],
)
@pytest.mark.usefixtures("trail")
def test_a_changed_row_is_told(engine, values):
    intrude(engine, set_at(3, **values))

    assert told(engine) == "Row 3 was changed."


@pytest.mark.parametrize(
    "facts", ["no JSON", "", '{ "reference": "R-2" }', "[]"], ids=str
)
@pytest.mark.usefixtures("trail")
def test_facts_that_the_product_would_not_write_are_told(engine, facts):
    raw = text("UPDATE audit SET facts = :facts WHERE seq = 3")
    intrude(engine, raw.bindparams(facts=facts))

    assert told(engine) == "Row 3 was changed."


def test_a_time_that_is_none_is_told(sqlite_engine):
    with writing(sqlite_engine) as connection:
        add(connection, 0)
    intrude(sqlite_engine, text("UPDATE audit SET at = 'yesterday'"))

    assert told(sqlite_engine) == "Row 1 was changed."


@pytest.mark.parametrize(
    ("rows", "fault"),
    [((3,), "Row 3 was removed."), ((3, 4), "Rows 3 to 4 were removed.")],
)
@pytest.mark.usefixtures("trail")
def test_a_removed_row_is_told(engine, rows, fault):
    intrude(engine, *(delete(table).where(at(seq)) for seq in rows))

    assert told(engine) == fault


@pytest.mark.usefixtures("trail")
def test_a_removed_row_is_told_though_the_others_were_numbered_again(engine):
    intrude(engine, delete(table).where(at(3)), *numbered_again(4, by=-1))

    assert told(engine).startswith("Row 3 was written as row 4: rows before it were re")


def test_a_row_that_was_put_in_is_told(engine, trail):
    forged = consistent(trail[2], actor="somebody")
    intrude(engine, *numbered_again(3, by=1), insert(table).values(**forged))

    assert told(engine).startswith("Row 4 was written as row 3: rows before it were pu")


def test_a_row_before_the_first_is_told(engine, trail):
    intrude(engine, row(trail[0], seq=0))

    assert told(engine).startswith("Row 0 was put in")


def test_a_row_changed_with_its_digest_is_told_at_the_next(engine, trail):
    intrude(engine, set_at(3, **consistent(trail[2], actor="somebody")))

    assert told(engine).startswith("Row 4 does not follow row 3")


def test_rows_that_changed_places_are_told(engine, trail):
    intrude(engine, delete(table).where(table.c.seq.in_([3, 4])))
    intrude(engine, row(trail[3], seq=3), row(trail[2], seq=4))

    assert "written as row 4" in told(engine)
    assert "changed places" in told(engine)


@pytest.mark.parametrize(
    ("left", "fault"),
    [
        (5, "The end was cut off: row 6 was there once."),
        (4, "The end was cut off: rows 5 to 6 were there once."),
        (0, "The end was cut off: rows 1 to 6 were there once."),
    ],
)
def test_a_cut_end_is_told_by_a_head_noted_before(engine, trail, left, fault):
    noted = Head(ROWS, trail[-1].digest)
    intrude(engine, delete(table).where(table.c.seq > left))

    assert told(engine) is None
    assert told(engine, noted) == fault


def test_a_trail_written_anew_is_told_by_a_head_noted_before(engine, trail):
    noted = Head(ROWS, trail[-1].digest)
    intrude(engine, delete(table))
    with writing(engine) as connection:
        for number in range(ROWS + 2):
            add(connection, number + 100)

    assert told(engine) is None
    assert told(engine, noted).startswith("Row 6 is not the one that was noted")


def test_a_head_noted_before_holds_while_the_trail_grows(engine, trail):
    noted = Head(ROWS, trail[-1].digest)
    with writing(engine) as connection:
        add(connection, ROWS)

    assert told(engine, noted) is None


def test_every_head_in_a_text_is_found(engine, trail):
    with reading(engine) as connection:
        head = audit.head_of(connection)
    text_of_mail = f"Hei,\n{head}\nand\n2 {trail[1].digest}.\nRow 7 is no head.\n"

    assert Head.all_of(text_of_mail) == [head, Head(2, trail[1].digest)]
