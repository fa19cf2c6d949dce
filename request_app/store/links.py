"""Links between cases, stored in both directions."""

from datetime import datetime

import sqlalchemy as sa

from request_app.store import database
from request_app.store.cases import Case
from request_app.store.tables import case_links, cases


def add(connection: sa.Connection, one: str, other: str, *, now: datetime) -> bool:
    """Link two cases; tell whether they were not linked before."""
    rows = [
        {"case_id": here, "other_id": there, "linked_at": now}
        for here, there in ((one, other), (other, one))
    ]
    return database.insert_missing(connection, case_links, *rows)


def remove(connection: sa.Connection, one: str, other: str) -> None:
    here, there = case_links.c.case_id, case_links.c.other_id
    connection.execute(
        sa.delete(case_links).where(
            sa.or_((here == one) & (there == other), (here == other) & (there == one))
        )
    )


def of_case(connection: sa.Connection, case_id: str) -> list[Case]:
    """The cases linked to a case, the newest first."""
    query = (
        sa.select(cases)
        .join(case_links, case_links.c.other_id == cases.c.id)
        .where(case_links.c.case_id == case_id)
        .order_by(cases.c.received_at.desc(), cases.c.id)
    )
    return database.read_all(connection, Case, query)
