"""Settling who asks by a mail to an address that was on file already.

Whoever reads there tells whether the request is theirs: EDPB 01/2022 ¶65, examples
12–13. The address is typed by staff; one that came with the request proves nothing.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.lifecycle.record import look, record_steps
from request_app.cases.messages.mail import Addressee, put_mail
from request_app.cases.steps import verification
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.step import ProposedStep
from request_app.store import audit, cases, outbox
from request_app.store.values import State

IDENTITY_MAIL = "identity"
CONFIRMED, DENIED = "identity.confirmed", "identity.denied"


class ConfirmationAnswer(StrEnum):
    """What became of the question whether a request is the reader's own."""

    CONFIRMED = "confirmed"
    CONFIRMED_BEFORE = "confirmed-before"
    DENIED = "denied"
    DENIED_BEFORE = "denied-before"


class Confirmation(NamedTuple):
    """A mail that asks, and what was answered, as staff see it."""

    mail: outbox.Mail
    confirmed_at: datetime | None
    denied_at: datetime | None


def ask_by_mail(action: Action, case: cases.Case, email: str) -> outbox.Mail:
    """Ask at an address on file whether the request comes from there."""
    mail = put_mail(action, case, IDENTITY_MAIL, Addressee(email))
    action.audit(case, "identity.asked", {"mail": mail.id})
    return mail


def is_asked(connection: Connection, mail_id: str) -> bool:
    """Tell whether this mail asks about a case that is still there."""
    return _asked(connection, mail_id) is not None


def confirm_identity(action: Action, mail_id: str) -> ConfirmationAnswer | None:
    """Settle who asks, once; but no yes outweighs a no, whoever read the other mail.

    Then staff settle it, who say why they are sure all the same.
    """
    found = _asked(action.connection, mail_id)
    if found is None:
        return None
    mail, case = found
    said = _answered_before(action, mail, case)
    if said.denied_at:
        return ConfirmationAnswer.DENIED_BEFORE
    if said.confirmed_at:
        return ConfirmationAnswer.CONFIRMED_BEFORE
    if case.state == State.CLOSED:
        return None
    step = (
        verification.IdentityClaimed(on=action.today)
        if look(action, case).denied
        else verification.IdentitySettled(
            method=IdentityMethod.CONFIRMED, on=action.today
        )
    )
    record_steps(action, case, [ProposedStep(step=step)])
    action.audit(case, CONFIRMED, {"mail": mail.id})
    return ConfirmationAnswer.CONFIRMED


def deny_identity(action: Action, mail_id: str) -> ConfirmationAnswer | None:
    """Tell the desk that somebody asks in another's name; it is never too late for it.

    It is no message: the holder of the access code reads those, and that is whom it
    warns of.
    """
    found = _asked(action.connection, mail_id)
    if found is None:
        return None
    mail, case = found
    if _answered_before(action, mail, case).denied_at:
        return ConfirmationAnswer.DENIED_BEFORE
    record_steps(
        action, case, [ProposedStep(step=verification.IdentityDenied(on=action.today))]
    )
    action.audit(case, DENIED, {"mail": mail.id})
    return ConfirmationAnswer.DENIED


def confirmations_of(connection: Connection, case: cases.Case) -> list[Confirmation]:
    """The mails that asked in a case, and what was answered, the first one first."""
    return [
        _said(connection, mail)
        for mail in outbox.of_case(connection, case.id)
        if mail.kind == IDENTITY_MAIL
    ]


def _asked(
    connection: Connection, mail_id: str
) -> tuple[outbox.Mail, cases.Case] | None:
    """A mail that asks, and its case; no other mail can answer for it."""
    mail = outbox.by_id(connection, mail_id)
    if mail is None or mail.kind != IDENTITY_MAIL or mail.case_id is None:
        return None
    case = cases.by_id(connection, mail.case_id)
    return (mail, case) if case else None


def _answered_before(
    action: Action, mail: outbox.Mail, case: cases.Case
) -> Confirmation:
    """What was answered before; two presses are two answers, one after the other."""
    cases.lock(action.connection, case.id)
    return _said(action.connection, mail)


def _said(connection: Connection, mail: outbox.Mail) -> Confirmation:
    at = {
        entry.action: entry.at
        for entry in audit.entries(connection, case_id=mail.case_id)
        if entry.facts.get("mail") == mail.id
    }
    return Confirmation(mail, at.get(CONFIRMED), at.get(DENIED))
