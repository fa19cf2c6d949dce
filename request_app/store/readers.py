"""The readers of restricted cases: the accounts that may open them."""

from collections.abc import Iterable

import sqlalchemy as sa

from request_app.store.database import replace_rows
from request_app.store.tables import case_readers, cases


def restrict(
    connection: sa.Connection, case_id: str, account_ids: Iterable[str]
) -> None:
    """Set the accounts that may open a case; without any, everyone may."""
    named = set(account_ids)
    owner = {"case_id": case_id}
    replace_rows(connection, case_readers, owner, "account_id", named)
    connection.execute(
        sa.update(cases)
        .where(cases.c.id == case_id)
        .values(restricted=bool(named), version=cases.c.version + 1)
    )


def of_case(connection: sa.Connection, case_id: str) -> frozenset[str]:
    """The ids of the accounts that may open a restricted case."""
    found = sa.select(case_readers.c.account_id)
    return frozenset(connection.scalars(found.where(case_readers.c.case_id == case_id)))


def cases_of_reader(connection: sa.Connection, account_id: str) -> frozenset[str]:
    """The ids of the restricted cases that an account may open; they are few."""
    found = sa.select(case_readers.c.case_id)
    return frozenset(
        connection.scalars(found.where(case_readers.c.account_id == account_id))
    )
