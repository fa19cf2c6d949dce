"""Messages between the person and the desk, and what the person does to the case."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import PERSON, tell_audit
from request_app.cases.messages.mail import Addressee, new_mail
from request_app.sealing import AccessCode, Keyring, SealingKey, places, seal, unseal
from request_app.store import cases, messages, outbox
from request_app.store.cases import Case
from request_app.store.messages import Message
from request_app.store.outbox import Mail
from request_app.store.values import Sender

MESSAGE_MAIL = "message"


class Letter(NamedTuple):
    """A message that its reader has opened."""

    sender: Sender
    text: str
    written_at: datetime


def write_to_desk(  # noqa: PLR0913 - who writes what to whom, when
    connection: Connection,
    case: Case,
    text: str,
    *,
    key: SealingKey,
    nonce: bytes,
    now: datetime,
) -> bool:
    """Keep what the person writes; the same form sent again is the same message."""
    message_id = sha256(b"message\0" + nonce + text.encode()).hexdigest()[:32]
    message = _sealed(message_id, case, Sender.PERSON, text, key, now)
    is_new = messages.add(connection, message)
    if is_new:
        tell_audit(connection, case, PERSON, "message.received", now=now)
    return is_new


def write_to_person(  # noqa: PLR0913 - who writes what to whom, when
    connection: Connection,
    case: Case,
    text: str,
    *,
    key: SealingKey,
    actor: str,
    now: datetime,
) -> None:
    """Leave a message that only the holder of the access code can open."""
    message_id = secrets.token_hex(16)
    messages.add(connection, _sealed(message_id, case, Sender.DESK, text, key, now))
    tell_audit(connection, case, actor, "message.sent", now=now)


def message_mail(
    case: Case, email: str, *, key: SealingKey, domain: str, now: datetime
) -> Mail:
    """The mail that says there is a message, and nothing of what it says."""
    to = Addressee(email)
    return new_mail(case, MESSAGE_MAIL, to, key=key, domain=domain, now=now)


def read_as_person(
    connection: Connection, case: Case, code: AccessCode
) -> list[Letter]:
    """The messages of a case, opened with the code that the person holds."""
    ring = Keyring([code.key])
    return [
        Letter(each.sender, _opened(each, ring), each.written_at)
        for each in messages.of_case(connection, case.id)
    ]


def read_as_desk(connection: Connection, case: Case, ring: Keyring) -> list[Letter]:
    """The messages of a case, opened with the key of the desk."""
    return [
        Letter(
            each.sender,
            unseal(
                each.for_desk, ring=ring, place=places.message_for_desk(each.id)
            ).decode(),
            each.written_at,
        )
        for each in messages.of_case(connection, case.id)
    ]


def cancel(connection: Connection, case: Case, *, now: datetime) -> bool:
    """Note that the person wants no answer any more; a closed case stays as it is."""
    is_new = cases.cancel(connection, case.id, now=now)
    if is_new:
        tell_audit(connection, case, PERSON, "case.cancelled", now=now)
    return is_new


def confirm(connection: Connection, mail_id: str, *, now: datetime) -> str | None:
    """Note that an acknowledgement was read by whom it reached; tell the reference."""
    mail = outbox.by_id(connection, mail_id)
    case = mail and mail.case_id and cases.by_id(connection, mail.case_id)
    if not case:
        return None
    if cases.confirm(connection, case.id, now=now):
        tell_audit(connection, case, PERSON, "address.confirmed", now=now)
    return case.reference


def _sealed(  # noqa: PLR0913, PLR0917 - a message is all of these
    message_id: str,
    case: Case,
    sender: Sender,
    text: str,
    key: SealingKey,
    now: datetime,
) -> Message:
    words = text.encode()
    return Message(
        id=message_id,
        case_id=case.id,
        sender=sender,
        for_desk=seal(words, key=key, place=places.message_for_desk(message_id)),
        for_person=seal(
            words,
            key=SealingKey(case.code_key),
            place=places.message_for_person(message_id),
        ),
        written_at=now,
    )


def _opened(message: Message, ring: Keyring) -> str:
    place = places.message_for_person(message.id)
    return unseal(message.for_person, ring=ring, place=place).decode()
