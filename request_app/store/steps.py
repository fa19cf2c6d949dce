"""Steps: what was done in a case, in the order in which it was entered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from request_app.store.tables import steps


@dataclass(frozen=True, kw_only=True)
class Row:
    """One step as it is kept: its facts in the clear, its words in envelopes."""

    id: str
    case_id: str
    number: int
    kind: str
    actor: str
    at: datetime
    facts: str
    sealed: bytes | None = None
    sealed_values: bytes | None = None


def add(connection: Connection, row: Row) -> None:
    connection.execute(insert(steps), asdict(row))


def of_case(connection: Connection, case_id: str) -> list[Row]:
    """The steps of a case, the first one first."""
    found = select(steps).where(steps.c.case_id == case_id).order_by(steps.c.number)
    return [Row(**row) for row in connection.execute(found).mappings()]


def facts_of_each(
    connection: Connection, case_ids: Iterable[str]
) -> dict[str, list[str]]:
    """The facts of the steps of some cases by their ids, the first step first."""
    found = (
        select(steps.c.case_id, steps.c.facts)
        .where(steps.c.case_id.in_(list(case_ids)))
        .order_by(steps.c.number)
    )
    facts: dict[str, list[str]] = defaultdict(list)
    for case_id, told in connection.execute(found):
        facts[case_id].append(told)
    return facts
