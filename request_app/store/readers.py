"""Who may open a restricted case."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select, update

from request_app.store.tables import case_readers, cases


def restrict(connection: Connection, case_id: str, account_ids: Iterable[str]) -> None:
    """Name those who may open a case; naming nobody opens it to everyone."""
    named = sorted(set(account_ids))
    connection.execute(delete(case_readers).where(case_readers.c.case_id == case_id))
    if named:
        rows = [{"case_id": case_id, "account_id": each} for each in named]
        connection.execute(insert(case_readers), rows)
    connection.execute(
        update(cases)
        .where(cases.c.id == case_id)
        .values(restricted=bool(named), version=cases.c.version + 1)
    )


def of_case(connection: Connection, case_id: str) -> frozenset[str]:
    found = select(case_readers.c.account_id)
    return frozenset(connection.scalars(found.where(case_readers.c.case_id == case_id)))


def named(connection: Connection, account_id: str) -> frozenset[str]:
    """The ids of the cases that name an account; they are few."""
    found = select(case_readers.c.case_id)
    return frozenset(
        connection.scalars(found.where(case_readers.c.account_id == account_id))
    )
