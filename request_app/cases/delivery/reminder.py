"""Sending one reminder, by mail, of an answer that has not been fetched."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from request_app.cases.action import WORKER, Action, CaseSettings
from request_app.cases.messages.mail import Addressee, addressee_of, put_mail
from request_app.logs import log_error
from request_app.sealing import SealingError
from request_app.store import cases, database, deliveries, outbox

REMINDER_MAIL = "reminder"
REMIND_AFTER = timedelta(days=7)


def remind(engine: Engine, settings: CaseSettings, *, now: datetime) -> None:
    """Remind each person whose mail was sent a week ago; the reminder has no code."""
    with database.reading(engine) as connection:
        due = deliveries.to_remind(connection, sent_before=now - REMIND_AFTER)
    for delivery_id in due:
        try:
            with database.writing(engine) as connection:
                _remind(Action(connection, WORKER, now, settings), delivery_id)
        except SealingError as error:  # one address must not stop the others
            log_error("reminder-broken", error)


def _remind(action: Action, delivery_id: str) -> None:
    connection = action.connection
    if not deliveries.mark_reminded(connection, delivery_id, now=action.at):
        return
    delivery = deliveries.by_id(connection, delivery_id)
    answer = outbox.by_id(connection, delivery_id)
    case = delivery and cases.by_id(connection, delivery.case_id)
    if not delivery or not answer or not case:
        return
    to = Addressee(addressee_of(answer, action.ring).email)
    facts = {"sent_on": delivery.sent_on.isoformat()}
    put_mail(action, case, REMINDER_MAIL, to, facts)
    action.audit(case, "answer.reminded", {"delivery": delivery.id})
