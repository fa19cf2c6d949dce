"""A request that came by letter, phone, e-mail or visit: staff enter it for the person.

Any way is as good as the form (EDPB 01/2022 ¶52), and the clock runs from the day on
which it came, days off included (¶159).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from request_app.cases.action import By, Intake
from request_app.cases.intake.submission import (
    Arrival,
    Receipt,
    Submission,
    accept,
    is_filed,
)
from request_app.cases.lifecycle.flags import Flags, put_flags
from request_app.deadlines import HELSINKI
from request_app.store import audit, cases, readers
from request_app.store.cases import Case
from request_app.store.notices import Notice

FIRST_DAY = date(2018, 5, 25)  # GDPR Art. 99(2): nothing was asked under it before
NOON = time(12)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What staff enter: the request, and what the desk must know of its person."""

    submission: Submission
    flags: Flags = field(default=Flags(), repr=False)
    readers: frozenset[str] = frozenset()  # ids of accounts; none: everyone at the desk


def arrival(day: date, *, nonce: bytes, by: By) -> Arrival:
    """A letter is received on its day, whenever it is entered."""
    noon = datetime.combine(day, NOON, tzinfo=HELSINKI).astimezone(UTC)
    return Arrival(
        nonce=nonce, received_at=min(noon, by.at), entered_at=by.at, actor=by.actor
    )


def enter(
    connection: Connection,
    entry: Entry,
    came: Arrival,
    *,
    notice: Notice,
    intake: Intake,
) -> tuple[Receipt, Case]:
    """File a request once, however often it is sent; what was settled since stays."""
    is_new = not is_filed(connection, entry.submission, came.nonce)
    receipt = accept(connection, entry.submission, came, notice=notice, intake=intake)
    case = _case(connection, receipt)
    if not is_new:
        return receipt, case
    by = By(actor=came.actor, at=came.entered_at)
    if entry.flags != Flags():
        put_flags(connection, case, entry.flags, key=intake.key, now=by.at)
    if entry.readers:
        name_readers(connection, case, entry.readers, by=by)
    return receipt, _case(connection, receipt)


def name_readers(
    connection: Connection, case: Case, account_ids: Collection[str], *, by: By
) -> None:
    """Name who may open a case, nobody meaning everyone; the audit trail keeps it."""
    readers.restrict(connection, case.id, account_ids)
    audit.append(
        connection,
        at=by.at,
        actor=by.actor,
        action="case.readers",
        case_id=case.id,
        facts={
            "reference": case.reference,
            "accounts": " ".join(sorted(account_ids)),
        },
    )


def _case(connection: Connection, receipt: Receipt) -> Case:
    case = cases.by_reference(connection, receipt.reference)
    if case is None:
        raise LookupError(receipt.reference)
    return case
