"""Verifying identity by a mail to an address that was on file already.

Its reader confirms or denies that the request is theirs: EDPB 01/2022 ¶65, examples
12–13. Staff type the address; one that came with the request proves nothing.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.lifecycle.record import read_progress, record_steps
from request_app.cases.messages.mail import Addressee, put_mail
from request_app.cases.steps import verification
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.step import ProposedStep
from request_app.store import audit, cases, outbox
from request_app.store.values import State

IDENTITY_MAIL = "identity"
CONFIRMED, DENIED = "identity.confirmed", "identity.denied"


class ConfirmationAnswer(StrEnum):
    """The reader's answer to whether the request is theirs."""

    CONFIRMED = "confirmed"
    CONFIRMED_BEFORE = "confirmed-before"
    DENIED = "denied"
    DENIED_BEFORE = "denied-before"


class Confirmation(NamedTuple):
    """A mail that asks for confirmation, and when it was answered."""

    mail: outbox.Mail
    confirmed_at: datetime | None
    denied_at: datetime | None


def ask_by_mail(action: Action, case: cases.Case, email: str) -> outbox.Mail:
    """Ask the reader of an address on file whether the request is theirs."""
    mail = put_mail(action, case, IDENTITY_MAIL, Addressee(email))
    action.audit(case, "identity.asked", {"mail": mail.id})
    return mail


def is_asked(connection: Connection, mail_id: str) -> bool:
    """Whether this mail asks about a case that still exists."""
    return _find_mail(connection, mail_id) is not None


def confirm_identity(action: Action, mail_id: str) -> ConfirmationAnswer | None:
    """Verify identity, once; a confirmation never overrides an earlier denial.

    After a denial staff decide, and write why they are sure all the same.
    """
    found = _find_mail(action.connection, mail_id)
    if found is None:
        return None
    mail, case = found
    earlier = _answered_before(action, mail, case)
    if earlier.denied_at:
        return ConfirmationAnswer.DENIED_BEFORE
    if earlier.confirmed_at:
        return ConfirmationAnswer.CONFIRMED_BEFORE
    if case.state == State.CLOSED:
        return None
    step = (
        verification.IdentityClaimed(on=action.today)
        if read_progress(action, case).denied
        else verification.IdentitySettled(
            method=IdentityMethod.CONFIRMED, on=action.today
        )
    )
    record_steps(action, case, [ProposedStep(step=step)])
    action.audit(case, CONFIRMED, {"mail": mail.id})
    return ConfirmationAnswer.CONFIRMED


def deny_identity(action: Action, mail_id: str) -> ConfirmationAnswer | None:
    """Record that the request is not the reader's own; this is possible at any time.

    It is not sent as a message: the suspected impostor holds the access code and could
    read it.
    """
    found = _find_mail(action.connection, mail_id)
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
    """The confirmation mails of a case and their answers, oldest first."""
    return [
        _confirmation_of(connection, mail)
        for mail in outbox.of_case(connection, case.id)
        if mail.kind == IDENTITY_MAIL
    ]


def _find_mail(
    connection: Connection, mail_id: str
) -> tuple[outbox.Mail, cases.Case] | None:
    """Find a confirmation mail and its case; other kinds of mail do not count."""
    mail = outbox.by_id(connection, mail_id)
    if mail is None or mail.kind != IDENTITY_MAIL or mail.case_id is None:
        return None
    case = cases.by_id(connection, mail.case_id)
    return (mail, case) if case else None


def _answered_before(
    action: Action, mail: outbox.Mail, case: cases.Case
) -> Confirmation:
    """The earlier answer; the lock makes concurrent answers follow one another."""
    cases.lock(action.connection, case.id)
    return _confirmation_of(action.connection, mail)


def _confirmation_of(connection: Connection, mail: outbox.Mail) -> Confirmation:
    at = {
        entry.action: entry.at
        for entry in audit.entries(connection, case_id=mail.case_id)
        if entry.facts.get("mail") == mail.id
    }
    return Confirmation(mail, at.get(CONFIRMED), at.get(DENIED))
