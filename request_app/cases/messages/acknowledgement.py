"""The mail that says that a request has arrived, and by when it is answered."""

from dataclasses import replace

from request_app.cases.action import Action
from request_app.cases.messages.mail import Addressee, put_mail
from request_app.store.cases import Case

RECEIVED_MAIL = "received"


def acknowledge(action: Action, case: Case, email: str) -> None:
    """Put the acknowledgement into the outbox; it holds nothing of what was asked.

    It is dated as the case was entered, also where that was put aside meanwhile.
    """
    facts = {"received_on": case.received_on.isoformat(), "due": case.due.isoformat()}
    entered = replace(action, at=case.entered_at)
    put_mail(entered, case, RECEIVED_MAIL, Addressee(email), facts)
