"""The mail that confirms the receipt of a request, with its deadline."""

from dataclasses import replace

from request_app.cases.action import Action
from request_app.cases.messages.mail import Addressee, put_mail
from request_app.store.cases import Case

RECEIVED_MAIL = "received"


def acknowledge(action: Action, case: Case, email: str) -> None:
    """Put the acknowledgement into the outbox; it has nothing of the request itself.

    It is dated as the case was entered, even if it was held as spam since.
    """
    facts = {"received_on": case.received_on.isoformat(), "due": case.due.isoformat()}
    entered = replace(action, at=case.entered_at)
    put_mail(entered, case, RECEIVED_MAIL, Addressee(email), facts)
