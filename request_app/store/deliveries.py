"""Deliveries of an answer's package, each with its own code."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from request_app.store import tables
from request_app.store.database import read_all, read_one
from request_app.store.values import Way


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One delivery; the key of the package is sealed to the requester's code."""

    id: str
    case_id: str
    package_id: str | None
    way: Way
    code_hash: str
    needs_access_code: bool
    key_for_person: bytes | None
    actor: str
    made_at: datetime
    sent_on: date
    fetched_at: datetime | None = None
    handed_on: date | None = None
    reminded_at: datetime | None = None
    withdrawn_at: datetime | None = None


def add(connection: sa.Connection, delivery: Delivery) -> None:
    connection.execute(sa.insert(tables.deliveries), asdict(delivery))


def by_id(connection: sa.Connection, delivery_id: str) -> Delivery | None:
    return read_one(
        connection, Delivery, _select(tables.deliveries.c.id == delivery_id)
    )


def by_code_hash(connection: sa.Connection, code_hash: str) -> Delivery | None:
    return read_one(
        connection, Delivery, _select(tables.deliveries.c.code_hash == code_hash)
    )


def of_case(connection: sa.Connection, case_id: str) -> list[Delivery]:
    """The deliveries of a case, oldest first."""
    return read_all(
        connection, Delivery, _select(tables.deliveries.c.case_id == case_id)
    )


def of_package(connection: sa.Connection, package_id: str) -> list[Delivery]:
    """The deliveries of a package, oldest first."""
    own = tables.deliveries.c.package_id == package_id
    return read_all(connection, Delivery, _select(own))


def mark_fetched(connection: sa.Connection, delivery_id: str, *, now: datetime) -> bool:
    """Note when the requester opened the package; the first time stays."""
    return _set_once(connection, delivery_id, {"fetched_at": now})


def mark_reminded(
    connection: sa.Connection, delivery_id: str, *, now: datetime
) -> bool:
    """Note when the requester was reminded of a delivery that is still unfetched."""
    unfetched = tables.deliveries.c.fetched_at.is_(
        None
    ) & tables.deliveries.c.withdrawn_at.is_(None)
    return _set_once(connection, delivery_id, {"reminded_at": now}, unfetched)


def withdraw(connection: sa.Connection, delivery_id: str, *, now: datetime) -> bool:
    """Withdraw a delivery: its code no longer opens the package."""
    return _set_once(
        connection, delivery_id, {"withdrawn_at": now, "key_for_person": None}
    )


def close_package(connection: sa.Connection, package_id: str) -> None:
    """Delete every requester's key to a package; its deliveries stay on record."""
    connection.execute(
        sa.update(tables.deliveries)
        .where(tables.deliveries.c.package_id == package_id)
        .values(key_for_person=None)
    )


def to_remind(connection: sa.Connection, *, sent_before: datetime) -> list[str]:
    """The ids of deliveries that were mailed before an instant and never fetched."""
    found = (
        sa.select(tables.deliveries.c.id)
        .join(
            tables.outbox, tables.outbox.c.id == tables.deliveries.c.id
        )  # a delivery's mail has its id
        .join(tables.cases, tables.cases.c.id == tables.deliveries.c.case_id)
        .where(
            tables.deliveries.c.way == Way.EMAIL,
            tables.outbox.c.sent_at < sent_before,
            tables.OPEN,
            tables.UNTOUCHED,
        )
        .order_by(tables.deliveries.c.made_at)
    )
    return list(connection.scalars(found))


def packages_to_remove(
    connection: sa.Connection,
    *,
    before: datetime,
    before_day: date,
    notices: Collection[str] | None = None,
    limit: int | None = None,
) -> list[str]:
    """The ids of packages that reached the requester in time, locked until the commit.

    A package that can still be fetched is left out, and so is a case under legal hold.
    `notices` limits it to cases under some editions of the notice, by their hashes.
    """
    found = _reached(before, before_day).limit(limit)
    if notices is not None:
        found = found.where(tables.cases.c.notice_hash.in_(notices))
    locked = found.with_for_update(of=[tables.packages, tables.cases], skip_locked=True)
    ids = list(connection.scalars(locked))
    # while this waited for the locks, a package may have been delivered again
    return (
        list(connection.scalars(found.where(tables.packages.c.id.in_(ids))))
        if ids
        else []
    )


def _reached(before: datetime, before_day: date) -> sa.Select[tuple[str]]:
    own = tables.deliveries.c.package_id == tables.packages.c.id
    early = sa.or_(
        tables.deliveries.c.fetched_at < before,
        tables.deliveries.c.handed_on < before_day,
    )
    late = sa.or_(
        tables.deliveries.c.fetched_at >= before,
        tables.deliveries.c.handed_on >= before_day,
    )
    waiting = (
        tables.deliveries.c.withdrawn_at.is_(None)
        & tables.deliveries.c.fetched_at.is_(None)
        & tables.deliveries.c.handed_on.is_(None)
    )
    return (
        sa.select(tables.packages.c.id)
        .join(tables.cases, tables.cases.c.id == tables.packages.c.case_id)
        .where(
            tables.cases.c.held_at.is_(None),
            sa.exists().where(own, early),
            ~sa.exists().where(own, sa.or_(late, waiting)),
        )
        .order_by(tables.packages.c.made_at)
    )


def _set_once(
    connection: sa.Connection,
    delivery_id: str,
    values: dict[str, date | None],
    condition: sa.ColumnElement[bool] | None = None,
) -> bool:
    """Set columns unless the first of them is set already; tell whether it was not."""
    unset = tables.deliveries.c[next(iter(values))].is_(None)
    changed = connection.execute(
        sa.update(tables.deliveries)
        .where(tables.deliveries.c.id == delivery_id, unset)
        .where(*([] if condition is None else [condition]))
        .values(**values)
    )
    return changed.rowcount == 1


def _select(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(tables.deliveries)
        .where(condition)
        .order_by(tables.deliveries.c.made_at, tables.deliveries.c.id)
    )
