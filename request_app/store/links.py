"""Links between cases, kept both ways round."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_, select

from request_app.store.cases import Case
from request_app.store.database import insert_into
from request_app.store.tables import case_links, cases


def add(connection: Connection, one: str, other: str, *, now: datetime) -> bool:
    """Link two cases; tell whether they were not linked before."""
    rows = [
        {"case_id": here, "other_id": there, "linked_at": now}
        for here, there in ((one, other), (other, one))
    ]
    written = connection.execute(
        insert_into(connection, case_links)
        .values(rows)
        .on_conflict_do_nothing()
        .returning(case_links.c.case_id)
    )
    return written.first() is not None


def remove(connection: Connection, one: str, other: str) -> None:
    here, there = case_links.c.case_id, case_links.c.other_id
    connection.execute(
        delete(case_links).where(
            or_((here == one) & (there == other), (here == other) & (there == one))
        )
    )


def of_case(connection: Connection, case_id: str) -> list[Case]:
    """The cases that one is linked to, the newest first."""
    found = (
        select(cases)
        .join(case_links, case_links.c.other_id == cases.c.id)
        .where(case_links.c.case_id == case_id)
        .order_by(cases.c.received_at.desc(), cases.c.id)
    )
    return [Case(**row) for row in connection.execute(found).mappings()]
