"""Settling who asks by a mail to an address that was on file already.

Whoever reads there tells whether the request is theirs: EDPB 01/2022 ¶65, examples
12–13. The address is typed by staff; one that came with the request proves nothing.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import PERSON, By, Intake, tell_audit
from request_app.cases.lifecycle.record import happened, look
from request_app.cases.messages.mail import Addressee, new_mail
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.values import IdentityMethod
from request_app.cases.steps.verification import (
    IdentityClaimed,
    IdentityDenied,
    IdentitySettled,
)
from request_app.deadlines import local_day
from request_app.store import audit, cases, outbox
from request_app.store.cases import Case
from request_app.store.outbox import Mail
from request_app.store.values import State

IDENTITY_MAIL = "identity"
CONFIRMED, DENIED = "identity.confirmed", "identity.denied"


class Outcome(StrEnum):
    """What became of the question whether a request is the reader's own."""

    CONFIRMED = "confirmed"
    CONFIRMED_BEFORE = "confirmed-before"
    DENIED = "denied"
    DENIED_BEFORE = "denied-before"


class Confirmation(NamedTuple):
    """A mail that asks, and what was answered, as staff see it."""

    mail: Mail
    confirmed_at: datetime | None
    denied_at: datetime | None


def ask_by_mail(  # noqa: PLR0913 - who asks whom, when
    connection: Connection,
    case: Case,
    email: str,
    *,
    intake: Intake,
    actor: str,
    now: datetime,
) -> Mail:
    """Ask at an address on file whether the request comes from there."""
    mail = new_mail(
        case,
        IDENTITY_MAIL,
        Addressee(email),
        key=intake.key,
        domain=intake.mail_domain,
        now=now,
    )
    outbox.put(connection, mail)
    tell_audit(
        connection, case, actor, "identity.asked", now=now, facts={"mail": mail.id}
    )
    return mail


def is_asked(connection: Connection, mail_id: str) -> bool:
    """Tell whether this mail asks about a case that is still there."""
    return _asked(connection, mail_id) is not None


def confirm_identity(
    connection: Connection, mail_id: str, *, intake: Intake, now: datetime
) -> Outcome | None:
    """Settle who asks, once; but no yes outweighs a no, whoever read the other mail.

    Then staff settle it, who say why they are sure all the same.
    """
    found = _asked(connection, mail_id)
    if found is None:
        return None
    mail, case = found
    cases.lock(connection, case.id)  # two presses are two answers, one after the other
    said = _said(connection, mail)
    if said.denied_at:
        return Outcome.DENIED_BEFORE
    if said.confirmed_at:
        return Outcome.CONFIRMED_BEFORE
    if case.state == State.CLOSED:
        return None
    today = local_day(now)
    step = (
        IdentityClaimed(on=today)
        if look(connection, case, intake).denied
        else IdentitySettled(method=IdentityMethod.CONFIRMED, on=today)
    )
    by = By(actor=PERSON, at=now)
    happened(connection, case, [ProposedStep(step=step)], intake=intake, by=by)
    _tell(connection, case, mail, CONFIRMED, now)
    return Outcome.CONFIRMED


def deny_identity(
    connection: Connection, mail_id: str, *, intake: Intake, now: datetime
) -> Outcome | None:
    """Tell the desk that somebody asks in another's name; it is never too late for it.

    It is no message: the holder of the access code reads those, and that is whom it
    warns of.
    """
    found = _asked(connection, mail_id)
    if found is None:
        return None
    mail, case = found
    cases.lock(connection, case.id)  # two presses are two answers, one after the other
    if _said(connection, mail).denied_at:
        return Outcome.DENIED_BEFORE
    denied = ProposedStep(step=IdentityDenied(on=local_day(now)))
    by = By(actor=PERSON, at=now)
    happened(connection, case, [denied], intake=intake, by=by)
    _tell(connection, case, mail, DENIED, now)
    return Outcome.DENIED


def confirmations_of(connection: Connection, case: Case) -> list[Confirmation]:
    """The mails that asked in a case, and what was answered, the first one first."""
    return [
        _said(connection, mail)
        for mail in outbox.of_case(connection, case.id)
        if mail.kind == IDENTITY_MAIL
    ]


def _asked(connection: Connection, mail_id: str) -> tuple[Mail, Case] | None:
    """A mail that asks, and its case; no other mail can answer for it."""
    mail = outbox.by_id(connection, mail_id)
    if mail is None or mail.kind != IDENTITY_MAIL or mail.case_id is None:
        return None
    case = cases.by_id(connection, mail.case_id)
    return (mail, case) if case else None


def _said(connection: Connection, mail: Mail) -> Confirmation:
    at = {
        entry.action: entry.at
        for entry in audit.entries(connection, case_id=mail.case_id)
        if entry.facts.get("mail") == mail.id
    }
    return Confirmation(mail, at.get(CONFIRMED), at.get(DENIED))


def _tell(
    connection: Connection, case: Case, mail: Mail, action: str, now: datetime
) -> None:
    facts = {"mail": mail.id}
    tell_audit(connection, case, PERSON, action, now=now, facts=facts)
