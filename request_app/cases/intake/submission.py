"""Filing a request, exactly once, in one transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.messages.acknowledgement import acknowledge
from request_app.deadlines import TimeLimits, aim, aim_at_once, time_limits
from request_app.sealing import AccessCode, access_code, new_reference, nonce_hash
from request_app.store import cases, nonces, notices
from request_app.store.columns import canonical
from request_app.store.values import AT_ONCE, Channel, Right, State
from request_app.workdays import CALENDAR, Eve

ACCEPTED = "case.accepted"


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a person sent, in parts, as each part has its own retention time."""

    channel: Channel = Channel.FORM
    language: str
    rights: frozenset[Right]
    registers: frozenset[str] = frozenset()
    all_data: bool
    parts: Mapping[str, Mapping[str, object]] = field(repr=False)
    email: str | None = field(default=None, repr=False)
    received_on: date | None = None  # as typed by staff; forms are received when sent

    @property
    def digest(self) -> bytes:
        content = asdict(self) | {
            "rights": sorted(self.rights),
            "registers": sorted(self.registers),
            "received_on": self.received_on and self.received_on.isoformat(),
        }
        return sha256(canonical(content).encode()).digest()


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A submission with its time of receipt, which may precede its entry."""

    submission: Submission
    nonce: bytes = field(repr=False)
    received_at: datetime

    @cached_property
    def code(self) -> AccessCode:
        """The access code; the same form with the same content has the same code."""
        return access_code(self.nonce, self.submission.digest)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The receipt shown to the person; sending the same form again repeats it."""

    reference: str
    code: AccessCode
    received_at: datetime
    received_on: date
    due: date
    put_aside: bool  # suspected spam gets no mail until staff release it
    former_reference: str | None


def accept(
    action: Action,
    arrival: Arrival,
    *,
    notice: notices.Notice,
    suspicion: str | None = None,
) -> Receipt:
    """File a request once; the same form with the same content is the same case.

    Changed content makes a new case that refers to the former one. Show the receipt
    only after the commit.
    """
    connection = action.connection
    nonces.claim(connection, nonce_hash(arrival.nonce), now=action.at)
    case = cases.by_code_hash(connection, arrival.code.hash)
    if case is None:
        notices.keep(connection, notice, now=action.at)
        case = _new_case(action, arrival, notice, suspicion)
        _file(action, case, arrival.submission)
        action.audit(case, ACCEPTED, _facts(case))
    return _receipt(connection, case, arrival.code)


def is_filed(connection: Connection, arrival: Arrival) -> bool:
    """Whether the same form was filed already, so that only its receipt is needed."""
    return cases.by_code_hash(connection, arrival.code.hash) is not None


def _new_case(
    action: Action, arrival: Arrival, notice: notices.Notice, suspicion: str | None
) -> cases.Case:
    connection, settings = action.connection, action.settings
    submission, code = arrival.submission, arrival.code
    former = cases.last_of_nonce(connection, nonce_hash(arrival.nonce))
    limits = time_limits(arrival.received_at, working_eves=settings.working_eves)
    return cases.Case(
        id=secrets.token_hex(16),
        reference=_free_reference(connection),
        code_hash=code.hash,
        code_key=code.key.public.raw,
        nonce_hash=nonce_hash(arrival.nonce),
        former_id=former.id if former else None,
        channel=submission.channel,
        language=submission.language,
        state=State.RECEIVED,
        all_data=submission.all_data,
        suspicion=suspicion,
        restricted=False,
        received_at=arrival.received_at,
        received_on=limits.received_on,
        entered_at=action.at,
        raw_due=limits.raw_due,
        due=limits.due,
        raw_extended_due=limits.raw_extended_due,
        extended_due=limits.extended_due,
        aim_on=_aim(limits, submission.rights, settings.aim_days),
        calendar=_calendar(settings.working_eves),
        notice_hash=notice.hash,
    )


def _file(action: Action, case: cases.Case, submission: Submission) -> None:
    cases.add(
        action.connection,
        case,
        rights=submission.rights,
        registers=submission.registers,
    )
    for kind, content in submission.parts.items():
        action.put_part(case, kind, content)
    # A suspect's address may be someone else's: staff release the case first.
    if submission.email and case.suspicion is None:
        acknowledge(action, case, submission.email)


def _facts(case: cases.Case) -> dict[str, str]:
    facts = {
        "channel": case.channel.value,
        "received_on": case.received_on.isoformat(),
        "due": case.due.isoformat(),
        "notice": case.notice_hash,
    }
    return facts | ({"suspicion": case.suspicion} if case.suspicion else {})


def _receipt(connection: Connection, case: cases.Case, code: AccessCode) -> Receipt:
    former = cases.by_id(connection, case.former_id) if case.former_id else None
    return Receipt(
        reference=case.reference,
        code=code,
        received_at=case.received_at,
        received_on=case.received_on,
        due=case.due,
        put_aside=case.suspicion is not None,
        former_reference=former.reference if former else None,
    )


def _free_reference(connection: Connection) -> str:
    reference = new_reference()
    while cases.by_reference(connection, reference) is not None:
        reference = new_reference()
    return reference


def _aim(limits: TimeLimits, rights: frozenset[Right], days: int) -> date:
    """The desk's own target; rights due at once bring the whole case forward."""
    return aim_at_once(limits) if rights & AT_ONCE else aim(limits, days=days)


def _calendar(working_eves: frozenset[Eve]) -> str:
    """The calendar rules that the dates were computed by, for later reference."""
    return "; ".join([CALENDAR, *(f"{eve} eve works" for eve in sorted(working_eves))])
