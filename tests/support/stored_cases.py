"""The requests that a database holds, for tests that look at what was filed."""

from sqlalchemy import select

from request_app.store import tables
from request_app.store.cases import Case
from request_app.store.database import reading


def every_case(engine):
    """The one that is due first at the top; what is taken for spam is among them."""
    found = select(tables.cases).order_by(
        tables.LAST_DAY, tables.cases.c.received_at, tables.cases.c.id
    )
    with reading(engine) as connection:
        return [Case(**row) for row in connection.execute(found).mappings()]


def only_case(engine):
    [case] = every_case(engine)
    return case
