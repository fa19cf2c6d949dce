"""Who is away from which day to which, and who works their cases meanwhile.

Both days are included, and of Helsinki. An account has one absence at most.
"""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, delete, select

from request_app.store.database import insert_into
from request_app.store.tables import absences


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Somebody is away, today or later; without a deputy nobody is meant to help."""

    account_id: str
    first_day: date
    last_day: date
    deputy_id: str | None = None

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: "Absence") -> bool:
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def put(connection: Connection, absence: Absence) -> None:
    """Keep an absence; it takes the place of the one before."""
    values = asdict(absence)
    connection.execute(
        insert_into(connection, absences)
        .values(values)
        .on_conflict_do_update(index_elements=["account_id"], set_=values)
    )


def end(connection: Connection, account_id: str) -> bool:
    """Drop an absence; tell whether there was one."""
    here = absences.c.account_id == account_id
    return connection.execute(delete(absences).where(here)).rowcount == 1


def forget(connection: Connection, *, before: date) -> None:
    """Drop those that were over by then."""
    connection.execute(delete(absences).where(absences.c.last_day < before))


def everyone(connection: Connection, *, since: date) -> dict[str, Absence]:
    """The absences that last until a day or longer, by the accounts that are away."""
    found = select(absences).where(absences.c.last_day >= since)
    rows = connection.execute(found).mappings()
    return {row["account_id"]: Absence(**row) for row in rows}


def on(connection: Connection, day: date) -> dict[str, Absence]:
    """Those who are away on a day."""
    found = everyone(connection, since=day)
    return {each: found[each] for each in found if found[each].covers(day)}


def away(today: date) -> Select[tuple[str]]:
    """The ids of those who are away."""
    those = absences.alias("away")
    return select(those.c.account_id).where(
        those.c.first_day <= today, those.c.last_day >= today
    )


def replaced(by: ColumnElement[str] | str, today: date) -> Select[tuple[str]]:
    """The ids of those who are away and named this one as their deputy."""
    those = absences.alias("replaced")
    return select(those.c.account_id).where(
        those.c.first_day <= today, those.c.last_day >= today, those.c.deputy_id == by
    )
