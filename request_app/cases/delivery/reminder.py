"""Reminding once, by mail, of an answer that has not been fetched."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from request_app.cases.action import tell_audit
from request_app.cases.messages.mail import Addressee, addressee_of, new_mail
from request_app.logs import log_error
from request_app.sealing import Keyring, SealingError, key_id_of
from request_app.store import cases, deliveries, outbox
from request_app.store.database import reading, writing
from request_app.store.deliveries import Delivery

REMINDER_MAIL = "reminder"
REMIND_AFTER = timedelta(days=7)


def remind(engine: Engine, ring: Keyring, *, domain: str, now: datetime) -> None:
    """Remind each person whose mail went out a week ago; the mail holds no code."""
    with reading(engine) as connection:
        due = deliveries.to_remind(connection, sent_before=now - REMIND_AFTER)
    for delivery_id in due:
        try:
            with writing(engine) as connection:
                _remind(connection, delivery_id, ring, domain, now)
        except SealingError as error:  # one address must not stop the others
            log_error("reminder-broken", error)


def _remind(
    connection: Connection, delivery_id: str, ring: Keyring, domain: str, now: datetime
) -> None:
    if not deliveries.mark_reminded(connection, delivery_id, now=now):
        return
    delivery = deliveries.by_id(connection, delivery_id)
    answer = outbox.by_id(connection, delivery_id)
    case = delivery and cases.by_id(connection, delivery.case_id)
    if not delivery or not answer or not case:
        return
    to = Addressee(addressee_of(answer, ring).email)
    mail = new_mail(
        case,
        REMINDER_MAIL,
        to,
        key=ring[key_id_of(answer.address)].public,
        domain=domain,
        now=now,
        facts=_facts(delivery),
    )
    outbox.put(connection, mail)
    told = {"delivery": delivery.id}
    tell_audit(connection, case, "worker", "answer.reminded", now=now, facts=told)


def _facts(delivery: Delivery) -> dict[str, str]:
    return {"sent_on": delivery.sent_on.isoformat()}
