"""Taking a request in: one transaction after which it is on disk, once."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection

from request_app.cases.action import Intake
from request_app.cases.messages.acknowledgement import received_mail
from request_app.deadlines import TimeLimits, aim, aim_at_once, time_limits
from request_app.sealing import (
    AccessCode,
    SealingKey,
    access_code,
    new_reference,
    nonce_hash,
    places,
    seal,
)
from request_app.store import audit, cases, nonces, notices, outbox, sealed_parts
from request_app.store.cases import Case
from request_app.store.columns import canonical
from request_app.store.notices import Notice
from request_app.store.sealed_parts import Part
from request_app.store.values import AT_ONCE, Channel, Right, State
from request_app.workdays import CALENDAR, Eve

ACCEPTED = "case.accepted"


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a person sent; each of the parts they wrote is kept its own time."""

    channel: Channel = Channel.FORM
    language: str
    rights: frozenset[Right]
    registers: frozenset[str] = frozenset()
    all_data: bool
    parts: Mapping[str, Mapping[str, object]] = field(repr=False)
    email: str | None = field(default=None, repr=False)
    received_on: date | None = None  # as staff typed it; a form is received when sent

    @property
    def digest(self) -> bytes:
        told = asdict(self) | {
            "rights": sorted(self.rights),
            "registers": sorted(self.registers),
            "received_on": self.received_on and self.received_on.isoformat(),
        }
        return sha256(canonical(told).encode()).digest()


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How a submission came: a letter is received before it is entered."""

    nonce: bytes = field(repr=False)
    received_at: datetime
    entered_at: datetime
    suspicion: str | None = None
    actor: str = "form"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the person is shown. Sending the same form again gives the same one."""

    reference: str
    code: AccessCode
    received_at: datetime
    received_on: date
    due: date
    put_aside: bool  # taken for spam until staff release it, so no mail goes out
    former_reference: str | None


def accept(
    connection: Connection,
    submission: Submission,
    arrival: Arrival,
    *,
    notice: Notice,
    intake: Intake,
) -> Receipt:
    """File a request, or find it filed: a form with its content is one case.

    Changed content is a case of its own that points to the former one. The receipt is
    for showing after the commit, not before it.
    """
    nonces.claim(connection, nonce_hash(arrival.nonce), now=arrival.entered_at)
    code = access_code(arrival.nonce, submission.digest)
    case = cases.by_code_hash(connection, code.hash)
    if case is None:
        notices.keep(connection, notice, now=arrival.entered_at)
        case = _new_case(connection, submission, arrival, notice, intake)
        _file(connection, case, submission, intake)
        _tell_audit(connection, case, arrival.actor)
    return _receipt(connection, case, code)


def is_filed(connection: Connection, submission: Submission, nonce: bytes) -> bool:
    """Tell whether this very form has been filed: then it only asks for its receipt."""
    code = access_code(nonce, submission.digest)
    return cases.by_code_hash(connection, code.hash) is not None


def _new_case(
    connection: Connection,
    submission: Submission,
    arrival: Arrival,
    notice: Notice,
    intake: Intake,
) -> Case:
    code = access_code(arrival.nonce, submission.digest)
    former = cases.last_of_nonce(connection, nonce_hash(arrival.nonce))
    limits = time_limits(arrival.received_at, working_eves=intake.working_eves)
    return Case(
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
        suspicion=arrival.suspicion,
        restricted=False,
        received_at=arrival.received_at,
        received_on=limits.received_on,
        entered_at=arrival.entered_at,
        raw_due=limits.raw_due,
        due=limits.due,
        raw_extended_due=limits.raw_extended_due,
        extended_due=limits.extended_due,
        aim_on=_aim(limits, submission.rights, intake.aim_days),
        calendar=_calendar(intake.working_eves),
        notice_hash=notice.hash,
    )


def _file(
    connection: Connection, case: Case, submission: Submission, intake: Intake
) -> None:
    cases.add(
        connection, case, rights=submission.rights, registers=submission.registers
    )
    for kind, content in submission.parts.items():
        sealed_parts.add(connection, _sealed(case, kind, content, intake.key))
    # A suspect's address may be someone else's: staff release the case first.
    if submission.email and case.suspicion is None:
        outbox.put(connection, received_mail(case, submission.email, intake))


def _sealed(
    case: Case, kind: str, content: Mapping[str, object], key: SealingKey
) -> Part:
    part_id = secrets.token_hex(16)
    return Part(
        id=part_id,
        case_id=case.id,
        kind=kind,
        envelope=seal(canonical(content).encode(), key=key, place=places.part(part_id)),
        sealed_at=case.entered_at,
    )


def _tell_audit(connection: Connection, case: Case, actor: str) -> None:
    facts = {
        "reference": case.reference,
        "channel": case.channel.value,
        "received_on": case.received_on.isoformat(),
        "due": case.due.isoformat(),
        "notice": case.notice_hash,
    }
    if case.suspicion:
        facts["suspicion"] = case.suspicion
    audit.append(
        connection,
        at=case.entered_at,
        actor=actor,
        action=ACCEPTED,
        case_id=case.id,
        facts=facts,
    )


def _receipt(connection: Connection, case: Case, code: AccessCode) -> Receipt:
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
    """The desk's own aim; what must be done at once pulls the whole case forward."""
    return aim_at_once(limits) if rights & AT_ONCE else aim(limits, days=days)


def _calendar(working_eves: frozenset[Eve]) -> str:
    """By which rules the dates were counted, should they ever be asked about."""
    return "; ".join([CALENDAR, *(f"{eve} eve works" for eve in sorted(working_eves))])
