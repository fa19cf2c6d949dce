"""Deliveries: the ways by which a package was handed over, one code each."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    exists,
    insert,
    or_,
    select,
    update,
)

from request_app.store.tables import (
    OPEN,
    UNTOUCHED,
    cases,
    deliveries,
    outbox,
    packages,
)
from request_app.store.values import Way


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One delivery; what opens the package is sealed to the codes of the person."""

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


def add(connection: Connection, delivery: Delivery) -> None:
    connection.execute(insert(deliveries), asdict(delivery))


def by_id(connection: Connection, delivery_id: str) -> Delivery | None:
    return _one(connection, deliveries.c.id == delivery_id)


def by_code_hash(connection: Connection, code_hash: str) -> Delivery | None:
    return _one(connection, deliveries.c.code_hash == code_hash)


def of_case(connection: Connection, case_id: str) -> list[Delivery]:
    """The deliveries of a case, oldest first."""
    return _all(connection, deliveries.c.case_id == case_id)


def of_package(connection: Connection, package_id: str) -> list[Delivery]:
    """The deliveries of a package, oldest first."""
    return _all(connection, deliveries.c.package_id == package_id)


def mark_fetched(connection: Connection, delivery_id: str, *, now: datetime) -> bool:
    """Note that the person has opened it; the first time holds."""
    return _note(connection, delivery_id, {"fetched_at": now})


def mark_reminded(connection: Connection, delivery_id: str, *, now: datetime) -> bool:
    """Note that the person was reminded; of a fetched one nobody is."""
    unfetched = deliveries.c.fetched_at.is_(None) & deliveries.c.withdrawn_at.is_(None)
    return _note(connection, delivery_id, {"reminded_at": now}, unfetched)


def withdraw(connection: Connection, delivery_id: str, *, now: datetime) -> bool:
    """End a delivery: its code opens nothing any more."""
    return _note(connection, delivery_id, {"withdrawn_at": now, "key_for_person": None})


def close_package(connection: Connection, package_id: str) -> None:
    """Drop every key to a package; that it was delivered stays."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.package_id == package_id)
        .values(key_for_person=None)
    )


def to_remind(connection: Connection, *, sent_before: datetime) -> list[str]:
    """The ids of deliveries whose mail went out before then, and nobody came."""
    found = (
        select(deliveries.c.id)
        .join(outbox, outbox.c.id == deliveries.c.id)  # the mail has the id of its own
        .join(cases, cases.c.id == deliveries.c.case_id)
        .where(
            deliveries.c.way == Way.EMAIL,
            outbox.c.sent_at < sent_before,
            OPEN,
            UNTOUCHED,
        )
        .order_by(deliveries.c.made_at)
    )
    return list(connection.scalars(found))


def packages_to_remove(
    connection: Connection,
    *,
    before: datetime,
    before_day: date,
    notices: Collection[str] | None = None,
    limit: int | None = None,
) -> list[str]:
    """The ids of packages that reached the person before then, held until the commit.

    One that anybody may still fetch stays, and so does all of a case that is held.
    `notices` narrows it to the cases of some editions of the notice, by their hashes.
    """
    found = _reached(before, before_day).limit(limit)
    if notices is not None:
        found = found.where(cases.c.notice_hash.in_(notices))
    locked = found.with_for_update(of=[packages, cases], skip_locked=True)
    ids = list(connection.scalars(locked))
    # somebody may have delivered one anew while it was waited for
    return list(connection.scalars(found.where(packages.c.id.in_(ids)))) if ids else []


def _reached(before: datetime, before_day: date) -> Select[tuple[str]]:
    of_it = deliveries.c.package_id == packages.c.id
    early = or_(deliveries.c.fetched_at < before, deliveries.c.handed_on < before_day)
    late = or_(deliveries.c.fetched_at >= before, deliveries.c.handed_on >= before_day)
    waiting = (
        deliveries.c.withdrawn_at.is_(None)
        & deliveries.c.fetched_at.is_(None)
        & deliveries.c.handed_on.is_(None)
    )
    return (
        select(packages.c.id)
        .join(cases, cases.c.id == packages.c.case_id)
        .where(
            cases.c.held_at.is_(None),
            exists().where(of_it, early),
            ~exists().where(of_it, or_(late, waiting)),
        )
        .order_by(packages.c.made_at)
    )


def _note(
    connection: Connection,
    delivery_id: str,
    values: dict[str, date | None],
    condition: ColumnElement[bool] | None = None,
) -> bool:
    """Set what has not been set yet, and tell whether it was so."""
    first = deliveries.c[next(iter(values))].is_(None)
    changed = connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, first)
        .where(*([] if condition is None else [condition]))
        .values(**values)
    )
    return changed.rowcount == 1


def _one(connection: Connection, condition: ColumnElement[bool]) -> Delivery | None:
    found = _all(connection, condition)
    return found[0] if found else None


def _all(connection: Connection, condition: ColumnElement[bool]) -> list[Delivery]:
    found = (
        select(deliveries)
        .where(condition)
        .order_by(deliveries.c.made_at, deliveries.c.id)
    )
    return [Delivery(**row) for row in connection.execute(found).mappings()]
