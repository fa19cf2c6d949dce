"""Statistics of closed cases: nothing personal, and in the end no case to point to."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from request_app.store.cases import Case
from request_app.store.tables import cases, statistics
from request_app.store.values import Channel


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is counted of one case."""

    year: int  # in which the request came
    month: int
    channel: Channel
    language: str
    rights: Mapping[str, str]  # each with what became of it
    days: int | None  # until the first answer
    in_aim: bool
    late: bool
    extension: str | None  # the reason
    paused: int  # days
    suspicion: str | None = None  # why it was taken for spam


COUNTED = [statistics.c[name] for name in Row.__annotations__]


def put(connection: Connection, case_id: str, row: Row) -> None:
    """Write the row of a case; it takes the place of the one before."""
    drop(connection, case_id)
    told = asdict(row) | {"id": _new_id(), "case_id": case_id}
    connection.execute(insert(statistics), told)


def drop(connection: Connection, case_id: str) -> None:
    connection.execute(delete(statistics).where(statistics.c.case_id == case_id))


def has(connection: Connection, case_id: str) -> bool:
    found = exists().where(statistics.c.case_id == case_id)
    return bool(connection.scalar(select(found)))


def cut_off(connection: Connection, case_id: str) -> None:
    """Cut what ties a row to its case; no copy of the database knows its new id."""
    connection.execute(
        update(statistics)
        .where(statistics.c.case_id == case_id)
        .values(case_id=None, id=_new_id())
    )


def of_year(connection: Connection, year: int) -> Iterator[tuple[Row, int]]:
    """The different rows of a year, and how often there is each; spam is apart."""
    found = (
        select(*COUNTED, func.count().label("number"))
        .where(statistics.c.year == year, statistics.c.suspicion.is_(None))
        .group_by(*COUNTED)
    )
    for told in connection.execute(found).mappings():
        row = dict(told)
        yield Row(**{name: row[name] for name in Row.__annotations__}), row["number"]


def uncounted(
    connection: Connection, year: int, *, after: str, limit: int
) -> list[Case]:
    """Cases of a year that have no row, as open ones; what may be spam is apart."""
    found = (
        select(cases)
        .where(
            cases.c.received_on.between(*_ends(year)),
            cases.c.suspicion.is_(None),
            cases.c.id > after,
            ~exists().where(statistics.c.case_id == cases.c.id),
        )
        .order_by(cases.c.id)
        .limit(limit)
    )
    return [Case(**row) for row in connection.execute(found).mappings()]


def suspects(connection: Connection, year: int) -> int:
    """How many of a year were put aside as spam and not let in, also those gone."""
    there = select(func.count()).where(
        cases.c.received_on.between(*_ends(year)), cases.c.suspicion.is_not(None)
    )
    gone = select(func.count()).where(
        statistics.c.year == year,
        statistics.c.suspicion.is_not(None),
        statistics.c.case_id.is_(None),
    )
    return connection.scalars(there).one() + connection.scalars(gone).one()


def years(connection: Connection) -> list[int]:
    """The years of which there is something to tell, the newest first."""
    first, last = connection.execute(
        select(func.min(cases.c.received_on), func.max(cases.c.received_on))
    ).one()
    gone = connection.scalars(select(statistics.c.year).distinct())
    living: Iterable[int] = range(first.year, last.year + 1) if first and last else ()
    return sorted({*gone, *living}, reverse=True)


def _ends(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _new_id() -> str:
    return secrets.token_hex(16)
