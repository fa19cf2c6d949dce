"""Absences of staff: the days, and the deputy who handles their cases meanwhile.

Both days are included and are days of Helsinki. An account has at most one absence.
"""

from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from request_app.store.database import insert_into, read_all
from request_app.store.tables import absences


@dataclass(frozen=True, kw_only=True)
class Absence:
    """A present or future absence; without a deputy nobody handles the cases."""

    account_id: str
    first_day: date
    last_day: date
    deputy_id: str | None = None

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: "Absence") -> bool:
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def put(connection: sa.Connection, absence: Absence) -> None:
    """Write an absence in place of the account's earlier one."""
    values = asdict(absence)
    connection.execute(
        insert_into(connection, absences)
        .values(values)
        .on_conflict_do_update(index_elements=["account_id"], set_=values)
    )


def delete(connection: sa.Connection, account_id: str) -> bool:
    """Delete the absence of an account; tell whether there was one."""
    own = absences.c.account_id == account_id
    return connection.execute(sa.delete(absences).where(own)).rowcount == 1


def delete_ended(connection: sa.Connection, *, before: date) -> None:
    """Delete the absences whose last day was before a day."""
    connection.execute(sa.delete(absences).where(absences.c.last_day < before))


def lasting_until(connection: sa.Connection, day: date) -> dict[str, Absence]:
    """The absences that end on a day or later, by the ids of the absent accounts."""
    query = sa.select(absences).where(absences.c.last_day >= day)
    return {each.account_id: each for each in read_all(connection, Absence, query)}


def on(connection: sa.Connection, day: date) -> dict[str, Absence]:
    """The absences of a day, by the ids of the absent accounts."""
    found = lasting_until(connection, day)
    return {each: found[each] for each in found if found[each].covers(day)}


def absent(today: date) -> sa.Select[tuple[str]]:
    """The ids of the accounts that are absent today."""
    away = absences.alias("away")
    return sa.select(away.c.account_id).where(
        away.c.first_day <= today, away.c.last_day >= today
    )


def absent_with_deputy(
    deputy_id: sa.ColumnElement[str] | str, today: date
) -> sa.Select[tuple[str]]:
    """The ids of the accounts that are absent today and have this deputy."""
    replaced = absences.alias("replaced")
    return sa.select(replaced.c.account_id).where(
        replaced.c.first_day <= today,
        replaced.c.last_day >= today,
        replaced.c.deputy_id == deputy_id,
    )
