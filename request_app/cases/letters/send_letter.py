"""Telling the person something: kept as a letter, and brought by one of the ways.

Behind the access code lies a message, and a mail tells that it is there; on paper the
letter is printed from the desk. Nobody has to have e-mail: GDPR Art. 12(1)–(2).
"""

from collections.abc import Iterator
from datetime import date

from request_app.cases.action import Action
from request_app.cases.letters import archive, parts
from request_app.cases.lifecycle.opened_case import Opened
from request_app.cases.messages import conversation
from request_app.store import letters
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


def tell(
    action: Action,
    opened: Opened,
    letter: parts.Letter,
    *,
    way: Way,
    sent_on: date | None = None,
) -> letters.StoredLetter:
    """Send a letter and keep it as it was sent; its faults were looked at before."""
    if way is Way.STATUS_PAGE:
        _leave(action, opened, parts.render(letter))
    posting = archive.Posting(way, sent_on or action.today)
    return archive.keep(action, opened.case, letter, posting)


def _leave(action: Action, opened: Opened, text: str) -> None:
    """Leave a message behind the access code; a suspect's address gets no mail."""
    case = opened.case
    conversation.write_to_person(action, case, text)
    if opened.email and case.suspicion is None:
        conversation.announce(action, case, opened.email)
