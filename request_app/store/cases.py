"""Cases: each a request that was received, with its rights and registers."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa

from request_app.store.database import read_one, replace_rows
from request_app.store.tables import case_registers, case_rights, cases
from request_app.store.values import Channel, Right, State


@dataclass(frozen=True, kw_only=True)
class Case:
    """What can be read of a request without a private key."""

    id: str
    reference: str
    code_hash: str
    code_key: bytes
    nonce_hash: str | None
    former_id: str | None
    channel: Channel
    language: str
    state: State
    all_data: bool
    suspicion: str | None
    restricted: bool
    received_at: datetime
    received_on: date
    entered_at: datetime
    raw_due: date
    due: date
    raw_extended_due: date
    extended_due: date
    aim_on: date
    calendar: str
    notice_hash: str
    confirmed_at: datetime | None = None
    cancelled_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1
    handler_id: str | None = None
    extended_to: date | None = None
    answered_on: date | None = None
    held_at: datetime | None = None
    denied_at: datetime | None = None

    @property
    def last_day(self) -> date:
        """The last day on which the answer is in time: GDPR Art. 12(3)."""
        return self.extended_to or self.due


def add(
    connection: sa.Connection,
    case: Case,
    *,
    rights: Iterable[Right],
    registers: Iterable[str],
) -> None:
    """Add a case with the rights it asks for and the registers it names."""
    connection.execute(sa.insert(cases), asdict(case))
    kinds = [{"case_id": case.id, "kind": right} for right in set(rights)]
    named = [{"case_id": case.id, "register": name} for name in set(registers)]
    for table, rows in ((case_rights, kinds), (case_registers, named)):
        if rows:
            connection.execute(sa.insert(table), rows)


def by_id(connection: sa.Connection, case_id: str) -> Case | None:
    return _one(connection, cases.c.id == case_id)


def by_reference(connection: sa.Connection, reference: str) -> Case | None:
    return _one(connection, cases.c.reference == reference)


def by_code_hash(connection: sa.Connection, code_hash: str) -> Case | None:
    return _one(connection, cases.c.code_hash == code_hash)


def lock(connection: sa.Connection, case_id: str) -> Case | None:
    """Read a case and lock it: nobody else changes it until the commit."""
    query = sa.select(cases).where(cases.c.id == case_id).with_for_update()
    return read_one(connection, Case, query)


def last_of_nonce(connection: sa.Connection, nonce_hash: str) -> Case | None:
    """The newest case sent from one form: the one that no other case replaces."""
    later = cases.alias()
    followed = sa.exists().where(later.c.former_id == cases.c.id)
    return _one(connection, (cases.c.nonce_hash == nonce_hash) & ~followed)


def cancel(connection: sa.Connection, case_id: str, *, now: datetime) -> bool:
    """Note that the requester cancelled the request; staff still close the case."""
    is_open = cases.c.cancelled_at.is_(None) & (cases.c.state != State.CLOSED)
    return _update(connection, case_id, is_open, {"cancelled_at": now})


def confirm(connection: sa.Connection, case_id: str, *, now: datetime) -> bool:
    """Note when the acknowledgement was confirmed as read; the first time stays."""
    unconfirmed = cases.c.confirmed_at.is_(None)
    return _update(connection, case_id, unconfirmed, {"confirmed_at": now})


def release(connection: sa.Connection, case_id: str) -> bool:
    """Move a case that was taken for spam into the queue."""
    suspected = cases.c.suspicion.is_not(None)
    return _update(connection, case_id, suspected, {"suspicion": None})


def save(connection: sa.Connection, case: Case) -> None:
    """Write all columns of a case; lock it first."""
    connection.execute(
        sa.update(cases).where(cases.c.id == case.id).values(asdict(case))
    )


def rights_of(connection: sa.Connection, case_id: str) -> frozenset[Right]:
    asked = sa.select(case_rights.c.kind).where(case_rights.c.case_id == case_id)
    return frozenset(connection.scalars(asked))


def rights_of_each(
    connection: sa.Connection, case_ids: Iterable[str]
) -> dict[str, frozenset[Right]]:
    """The rights of some cases by the ids of the cases."""
    found = sa.select(case_rights).where(case_rights.c.case_id.in_(list(case_ids)))
    rights: dict[str, frozenset[Right]] = {}
    for case_id, kind in connection.execute(found):
        rights[case_id] = rights.get(case_id, frozenset()) | {kind}
    return rights


def settle_rights(
    connection: sa.Connection, case_id: str, rights: Iterable[Right]
) -> None:
    """Replace the rights of a case, once it is clear which ones it asks for."""
    replace_rows(connection, case_rights, {"case_id": case_id}, "kind", rights)


def registers_of(connection: sa.Connection, case_id: str) -> frozenset[str]:
    named = sa.select(case_registers.c.register).where(
        case_registers.c.case_id == case_id
    )
    return frozenset(connection.scalars(named))


def _update(
    connection: sa.Connection,
    case_id: str,
    condition: sa.ColumnElement[bool],
    values: dict[str, object],
) -> bool:
    """Update a case if the condition holds; tell whether it did."""
    updated = connection.execute(
        sa.update(cases)
        .where(cases.c.id == case_id, condition)
        .values(version=cases.c.version + 1, **values)
    )
    return updated.rowcount == 1


def _one(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Case | None:
    return read_one(connection, Case, sa.select(cases).where(condition))
