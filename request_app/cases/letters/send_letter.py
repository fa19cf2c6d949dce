"""Sending the person a letter, and archiving it.

On the status page it is a message behind the access code, announced by mail; on paper
it is printed from the desk. Nobody needs e-mail: GDPR Art. 12(1)–(2).
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
    """The ways in which this person can get a letter, the best one first."""
    if opened.email:
        yield Way.STATUS_PAGE
    if opened.post:
        yield Way.LETTER
    if opened.phone:
        yield Way.PHONE
    if not opened.email:
        yield Way.STATUS_PAGE  # readable with the access code
    yield Way.BY_HAND


def send(
    action: Action,
    opened: Opened,
    letter: parts.Letter,
    *,
    way: Way,
    sent_on: date | None = None,
) -> letters.StoredLetter:
    """Send a letter and archive it; the caller has checked its faults."""
    if way is Way.STATUS_PAGE:
        _send_message(action, opened, parts.render(letter))
    posting = archive.Posting(way, sent_on or action.today)
    return archive.keep(action, opened.case, letter, posting)


def _send_message(action: Action, opened: Opened, text: str) -> None:
    """Put a message on the status page; suspected spam gets no mail about it."""
    case = opened.case
    conversation.write_to_person(action, case, text)
    if opened.email and case.suspicion is None:
        conversation.announce(action, case, opened.email)
