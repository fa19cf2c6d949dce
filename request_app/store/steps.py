"""Steps: what was done in a case, in the order of entry."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from request_app.store.database import read_all
from request_app.store.tables import steps


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step as stored: its facts in plain JSON, its texts in envelopes."""

    id: str
    case_id: str
    number: int
    kind: str
    actor: str
    at: datetime
    facts: str
    sealed: bytes | None = None
    sealed_values: bytes | None = None


def add(connection: sa.Connection, row: StepRow) -> None:
    connection.execute(sa.insert(steps), asdict(row))


def of_case(connection: sa.Connection, case_id: str) -> list[StepRow]:
    """The steps of a case, oldest first."""
    query = sa.select(steps).where(steps.c.case_id == case_id)
    return read_all(connection, StepRow, query.order_by(steps.c.number))


def facts_of_each(
    connection: sa.Connection, case_ids: Iterable[str]
) -> dict[str, list[str]]:
    """The facts of the steps of some cases by the ids of the cases, oldest first."""
    query = (
        sa.select(steps.c.case_id, steps.c.facts)
        .where(steps.c.case_id.in_(list(case_ids)))
        .order_by(steps.c.number)
    )
    facts: dict[str, list[str]] = defaultdict(list)
    for case_id, of_step in connection.execute(query):
        facts[case_id].append(of_step)
    return facts
