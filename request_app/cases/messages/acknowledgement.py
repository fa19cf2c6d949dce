"""The mail that says that a request has arrived, and by when it is answered."""

from request_app.cases.action import Intake
from request_app.cases.messages.mail import Addressee, new_mail
from request_app.store.cases import Case
from request_app.store.outbox import Mail

RECEIVED_MAIL = "received"


def received_mail(case: Case, email: str, intake: Intake) -> Mail:
    """The acknowledgement; it holds nothing of what was asked."""
    return new_mail(
        case,
        RECEIVED_MAIL,
        Addressee(email),
        key=intake.key,
        domain=intake.mail_domain,
        now=case.entered_at,
        facts={
            "received_on": case.received_on.isoformat(),
            "due": case.due.isoformat(),
        },
    )
