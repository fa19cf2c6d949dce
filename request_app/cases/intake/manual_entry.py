"""Entering a request that came by letter, phone, e-mail or visit.

Such a request is as valid as one by the form (EDPB 01/2022 ¶52), and the clock runs
from the day of receipt, days off included (¶159).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.intake.submission import (
    Arrival,
    Receipt,
    Submission,
    accept,
    is_filed,
)
from request_app.cases.lifecycle.protection import Flags, put_flags
from request_app.deadlines import HELSINKI
from request_app.store import cases, notices, readers

FIRST_DAY = date(2018, 5, 25)  # GDPR Art. 99(2): the day from which it applies
NOON = time(12)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What staff enter: the request, the flags of its person and its readers."""

    submission: Submission
    flags: Flags = field(default=Flags(), repr=False)
    readers: frozenset[str] = frozenset()  # ids of accounts; empty: all staff


def enter(
    action: Action, entry: Entry, nonce: bytes, *, notice: notices.Notice
) -> tuple[Receipt, cases.Case]:
    """File a request once; sending it again does not reset its flags or readers."""
    arrival = Arrival(
        submission=entry.submission,
        nonce=nonce,
        received_at=_received_at(action, entry.submission.received_on),
    )
    is_new = not is_filed(action.connection, arrival)
    receipt = accept(action, arrival, notice=notice)
    case = _case(action.connection, receipt)
    if not is_new:
        return receipt, case
    if entry.flags != Flags():
        put_flags(action, case, entry.flags)
    if entry.readers:
        name_readers(action, case, entry.readers)
    return receipt, _case(action.connection, receipt)


def name_readers(
    action: Action, case: cases.Case, account_ids: Collection[str]
) -> None:
    """Set and audit the accounts that may open a case; none means all staff."""
    readers.restrict(action.connection, case.id, account_ids)
    action.audit(case, "case.readers", {"accounts": " ".join(sorted(account_ids))})


def _received_at(action: Action, day: date | None) -> datetime:
    """The moment of receipt: noon of the day that staff typed, never in the future."""
    noon = datetime.combine(day or action.today, NOON, tzinfo=HELSINKI)
    return min(noon.astimezone(UTC), action.at)


def _case(connection: Connection, receipt: Receipt) -> cases.Case:
    case = cases.by_reference(connection, receipt.reference)
    if case is None:
        raise LookupError(receipt.reference)
    return case
