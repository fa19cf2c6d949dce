"""Cases: a request that has arrived, its rights and its registers."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    delete,
    exists,
    insert,
    select,
    update,
)

from request_app.store.tables import case_registers, case_rights, cases
from request_app.store.values import Channel, Right, State


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is known of a request without any key."""

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
        """The last day by which the answer must be there: Art. 12(3)."""
        return self.extended_to or self.due


def add(
    connection: Connection,
    case: Case,
    *,
    rights: Iterable[Right],
    registers: Iterable[str],
) -> None:
    """Write a case with the rights asked and the registers named."""
    connection.execute(insert(cases), asdict(case))
    kinds = [{"case_id": case.id, "kind": right} for right in set(rights)]
    named = [{"case_id": case.id, "register": name} for name in set(registers)]
    for table, rows in ((case_rights, kinds), (case_registers, named)):
        if rows:
            connection.execute(insert(table), rows)


def by_id(connection: Connection, case_id: str) -> Case | None:
    return _one(connection, cases.c.id == case_id)


def by_reference(connection: Connection, reference: str) -> Case | None:
    return _one(connection, cases.c.reference == reference)


def by_code_hash(connection: Connection, code_hash: str) -> Case | None:
    return _one(connection, cases.c.code_hash == code_hash)


def hold(connection: Connection, case_id: str) -> Case | None:
    """The case as it is now, which nobody else changes until the commit."""
    found = select(cases).where(cases.c.id == case_id).with_for_update()
    row = connection.execute(found).mappings().one_or_none()
    return None if row is None else Case(**row)


def last_of_nonce(connection: Connection, nonce_hash: str) -> Case | None:
    """The newest case that came of one form: the one that no other follows."""
    later = cases.alias()
    followed = exists().where(later.c.former_id == cases.c.id)
    return _one(connection, (cases.c.nonce_hash == nonce_hash) & ~followed)


def cancel(connection: Connection, case_id: str, *, now: datetime) -> bool:
    """Note that the person wants no answer any more; only staff close the case."""
    waits = cases.c.cancelled_at.is_(None) & (cases.c.state != State.CLOSED)
    return _change(connection, case_id, waits, {"cancelled_at": now})


def confirm(connection: Connection, case_id: str, *, now: datetime) -> bool:
    """Note that the acknowledgement reached its reader; the first time holds."""
    return _note(connection, case_id, cases.c.confirmed_at, now)


def release(connection: Connection, case_id: str) -> bool:
    """Let a case that was taken for spam into the queue."""
    return _change(
        connection, case_id, cases.c.suspicion.is_not(None), {"suspicion": None}
    )


def save(connection: Connection, case: Case) -> None:
    """Write a case as it stands now; hold it first."""
    connection.execute(update(cases).where(cases.c.id == case.id).values(asdict(case)))


def rights_of(connection: Connection, case_id: str) -> frozenset[Right]:
    asked = select(case_rights.c.kind).where(case_rights.c.case_id == case_id)
    return frozenset(connection.scalars(asked))


def rights_of_each(
    connection: Connection, case_ids: Iterable[str]
) -> dict[str, frozenset[Right]]:
    """The rights of some cases by their ids."""
    found = select(case_rights).where(case_rights.c.case_id.in_(list(case_ids)))
    rights: dict[str, frozenset[Right]] = {}
    for case_id, kind in connection.execute(found):
        rights[case_id] = rights.get(case_id, frozenset()) | {kind}
    return rights


def settle_rights(
    connection: Connection, case_id: str, rights: Iterable[Right]
) -> None:
    """Write which rights a request holds, once that is clear."""
    connection.execute(delete(case_rights).where(case_rights.c.case_id == case_id))
    kinds = [{"case_id": case_id, "kind": right} for right in set(rights)]
    connection.execute(insert(case_rights), kinds)


def registers_of(connection: Connection, case_id: str) -> frozenset[str]:
    named = select(case_registers.c.register).where(case_registers.c.case_id == case_id)
    return frozenset(connection.scalars(named))


def _note(
    connection: Connection, case_id: str, column: Column[datetime], now: datetime
) -> bool:
    return _change(connection, case_id, column.is_(None), {column.name: now})


def _change(
    connection: Connection,
    case_id: str,
    condition: ColumnElement[bool],
    values: dict[str, object],
) -> bool:
    """Change a case where the condition holds, and tell whether it did."""
    changed = connection.execute(
        update(cases)
        .where(cases.c.id == case_id, condition)
        .values(version=cases.c.version + 1, **values)
    )
    return changed.rowcount == 1


def _one(connection: Connection, condition: ColumnElement[bool]) -> Case | None:
    row = connection.execute(select(cases).where(condition)).mappings().one_or_none()
    return None if row is None else Case(**row)
