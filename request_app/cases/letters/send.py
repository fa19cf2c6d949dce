"""Telling the person something: kept as a letter, and brought by one of the ways.

Behind the access code lies a message, and a mail tells that it is there; on paper the
letter is printed from the desk. Nobody has to have e-mail: GDPR Art. 12(1)–(2).
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from request_app.cases.action import By, Intake
from request_app.cases.letters import archive
from request_app.cases.letters.parts import Letter, render
from request_app.cases.lifecycle.opened import Opened
from request_app.cases.messages.conversation import message_mail, write_to_person
from request_app.deadlines import local_day
from request_app.store import letters, outbox
from request_app.store.values import Way


def ways(opened: Opened) -> Iterator[Way]:
    """In which ways this person can be told something, the best one first."""
    if opened.email:
        yield Way.STATUS_PAGE
    if opened.post:
        yield Way.LETTER
    if opened.phone:
        yield Way.PHONE
    if not opened.email:
        yield Way.STATUS_PAGE  # who has the access code may look
    yield Way.BY_HAND


def tell(  # noqa: PLR0913 - what is told to whom, which way, by whom
    connection: Connection,
    opened: Opened,
    letter: Letter,
    *,
    way: Way,
    intake: Intake,
    by: By,
    sent_on: date | None = None,
) -> letters.StoredLetter:
    """Send a letter and keep it as it was sent; its faults were looked at before."""
    text = render(letter)
    if way is Way.STATUS_PAGE:
        _leave(connection, opened, text, intake, by)
    return archive.keep(
        connection,
        opened.case,
        {"title": letter.title, "text": text},
        kind=letter.kind,
        way=way,
        language=letter.language,
        key=intake.key,
        actor=by.actor,
        sent_on=sent_on or local_day(by.at),
        now=by.at,
    )


def _leave(
    connection: Connection, opened: Opened, text: str, intake: Intake, by: By
) -> None:
    """Leave a message behind the access code; a suspect's address gets no mail."""
    case = opened.case
    write_to_person(connection, case, text, key=intake.key, actor=by.actor, now=by.at)
    if opened.email and case.suspicion is None:
        mail = message_mail(
            case, opened.email, key=intake.key, domain=intake.mail_domain, now=by.at
        )
        outbox.put(connection, mail)
