"""Messages between the person and the desk, and the person’s actions on the case."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.messages.mail import Addressee, put_mail
from request_app.sealing import AccessCode, Keyring, SealingKey, places, seal, unseal
from request_app.store import cases, messages, outbox
from request_app.store.values import Sender

MESSAGE_MAIL = "message"


class ConversationMessage(NamedTuple):
    """A message opened for its reader."""

    sender: Sender
    text: str
    written_at: datetime


def write_to_desk(action: Action, case: cases.Case, text: str, *, nonce: bytes) -> bool:
    """Store a message of the person, once, however often its form is sent."""
    message_id = sha256(b"message\0" + nonce + text.encode()).hexdigest()[:32]
    is_new = _put(action, case, Sender.PERSON, text, message_id)
    if is_new:
        action.audit(case, "message.received")
    return is_new


def write_to_person(action: Action, case: cases.Case, text: str) -> None:
    """Store a message that only the holder of the access code can open."""
    _put(action, case, Sender.DESK, text, secrets.token_hex(16))
    action.audit(case, "message.sent")


def announce(action: Action, case: cases.Case, email: str) -> None:
    """Announce by mail that there is a message, without its text."""
    put_mail(action, case, MESSAGE_MAIL, Addressee(email))


def read_as_person(
    connection: Connection, case: cases.Case, code: AccessCode
) -> list[ConversationMessage]:
    """The messages of a case, opened with the person’s access code."""
    ring = Keyring([code.key])
    return [
        ConversationMessage(each.sender, _opened(each, ring), each.written_at)
        for each in messages.of_case(connection, case.id)
    ]


def read_as_desk(action: Action, case: cases.Case) -> list[ConversationMessage]:
    """The messages of a case, opened with the key of the desk."""
    return [
        ConversationMessage(
            each.sender,
            action.open(each.for_desk, places.message_for_desk(each.id)).decode(),
            each.written_at,
        )
        for each in messages.of_case(action.connection, case.id)
    ]


def cancel(action: Action, case: cases.Case) -> bool:
    """Note that the person cancelled the request; a closed case does not change."""
    is_new = cases.cancel(action.connection, case.id, now=action.at)
    if is_new:
        action.audit(case, "case.cancelled")
    return is_new


def confirm(action: Action, mail_id: str) -> str | None:
    """Note that an acknowledgement was confirmed; return the reference of its case."""
    mail = outbox.by_id(action.connection, mail_id)
    case = mail and mail.case_id and cases.by_id(action.connection, mail.case_id)
    if not case:
        return None
    if cases.confirm(action.connection, case.id, now=action.at):
        action.audit(case, "address.confirmed")
    return case.reference


def _put(
    action: Action, case: cases.Case, sender: Sender, text: str, message_id: str
) -> bool:
    """Seal a message to both sides and store it; return whether it is new."""
    message = messages.Message(
        id=message_id,
        case_id=case.id,
        sender=sender,
        for_desk=action.seal(text.encode(), places.message_for_desk(message_id)),
        for_person=seal(
            text.encode(),
            key=SealingKey(case.code_key),
            place=places.message_for_person(message_id),
        ),
        written_at=action.at,
    )
    return messages.add(action.connection, message)


def _opened(message: messages.Message, ring: Keyring) -> str:
    place = places.message_for_person(message.id)
    return unseal(message.for_person, ring=ring, place=place).decode()
