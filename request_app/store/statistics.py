"""Statistics of closed cases: not personal data, and kept when the case is deleted."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from request_app.store import database
from request_app.store.cases import Case
from request_app.store.tables import cases, statistics
from request_app.store.values import Channel


@dataclass(frozen=True, kw_only=True)
class StatisticsRow:
    """What the statistics keep of one case."""

    year: int  # in which the request was received
    month: int
    channel: Channel
    language: str
    rights: Mapping[str, str]  # each with its outcome
    days: int | None  # until the first answer
    in_aim: bool
    late: bool
    extension: str | None  # the reason
    paused: int  # days
    suspicion: str | None = None  # why it was taken for spam


COUNTED = [statistics.c[name] for name in StatisticsRow.__annotations__]


def put(connection: sa.Connection, case_id: str, row: StatisticsRow) -> None:
    """Write the row of a case in place of its earlier one."""
    remove(connection, case_id)
    values = asdict(row) | {"id": _new_id(), "case_id": case_id}
    connection.execute(sa.insert(statistics), values)


def remove(connection: sa.Connection, case_id: str) -> None:
    connection.execute(sa.delete(statistics).where(statistics.c.case_id == case_id))


def has(connection: sa.Connection, case_id: str) -> bool:
    found = sa.exists().where(statistics.c.case_id == case_id)
    return bool(connection.scalar(sa.select(found)))


def detach(connection: sa.Connection, case_id: str) -> None:
    """Detach a row from its case; its new id is in no earlier copy of the database."""
    connection.execute(
        sa.update(statistics)
        .where(statistics.c.case_id == case_id)
        .values(case_id=None, id=_new_id())
    )


def of_year(
    connection: sa.Connection, year: int
) -> Iterator[tuple[StatisticsRow, int]]:
    """The distinct rows of a year with their numbers, without suspected spam."""
    query = (
        sa.select(*COUNTED, sa.func.count().label("number"))
        .where(statistics.c.year == year, statistics.c.suspicion.is_(None))
        .group_by(*COUNTED)
    )
    for row in connection.execute(query).mappings():
        values = dict(row)
        number = values.pop("number")
        yield StatisticsRow(**values), number


def uncounted(
    connection: sa.Connection, year: int, *, after: str, limit: int
) -> list[Case]:
    """Cases of a year without a row, such as open ones; without suspected spam."""
    query = (
        sa.select(cases)
        .where(
            cases.c.received_on.between(*_ends(year)),
            cases.c.suspicion.is_(None),
            cases.c.id > after,
            ~sa.exists().where(statistics.c.case_id == cases.c.id),
        )
        .order_by(cases.c.id)
        .limit(limit)
    )
    return database.read_all(connection, Case, query)


def suspects(connection: sa.Connection, year: int) -> int:
    """How many requests of a year were taken for spam, also of deleted cases."""
    stored = sa.select(sa.func.count()).where(
        cases.c.received_on.between(*_ends(year)), cases.c.suspicion.is_not(None)
    )
    deleted = sa.select(sa.func.count()).where(
        statistics.c.year == year,
        statistics.c.suspicion.is_not(None),
        statistics.c.case_id.is_(None),
    )
    return connection.scalars(stored).one() + connection.scalars(deleted).one()


def years(connection: sa.Connection) -> list[int]:
    """The years that have requests, the newest first."""
    first, last = connection.execute(
        sa.select(sa.func.min(cases.c.received_on), sa.func.max(cases.c.received_on))
    ).one()
    counted = connection.scalars(sa.select(statistics.c.year).distinct())
    of_cases: Iterable[int] = range(first.year, last.year + 1) if first and last else ()
    return sorted({*counted, *of_cases}, reverse=True)


def _ends(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _new_id() -> str:
    return secrets.token_hex(16)
