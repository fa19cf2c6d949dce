"""The worker: sends mails, reminders and the digest, and deletes what is due.

It runs on the desk's side, because the addresses are sealed to the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from request_app.auth import visits
from request_app.cases.action import CaseSettings
from request_app.cases.delivery.reminder import remind
from request_app.cases.intake.related_requests import note_missing
from request_app.cases.messages.mail import addressee_of
from request_app.cases.records.deletion import Deleter
from request_app.deadlines import local_day
from request_app.logs import log_error, log_event
from request_app.outbox import digest, scheduled_deletion
from request_app.outbox.mails import MailSender, compose, recipient_of
from request_app.outbox.post import Post, PostError
from request_app.published import Edition
from request_app.sealing import Keyring, SealingError
from request_app.store import absences, database, limits, nonces, outbox

KEEP_TRYING = timedelta(days=5)  # as mail servers do: RFC 5321 section 4.5.4.1
KEEP_LIMITS = timedelta(days=1)  # where the notice has no time for them
KEEP_NONCES = timedelta(days=30)  # deleted long before their cases
KEEP_DIGESTS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Worker:
    engine: Engine
    settings: CaseSettings
    post: Post
    sender: Callable[[], MailSender]
    edition: Callable[[], Edition]
    deleter: Deleter
    secret: bytes = field(repr=False)  # the key of the hashes of contacts
    team: digest.Team | None = None  # without one there is no digest


def work(worker: Worker, *, now: Callable[[], datetime]) -> int:
    """Do everything that is due; return the number of mails sent."""
    times = scheduled_deletion.current_times(worker.engine, worker.edition, now=now())
    keep_limits = times.abuse_limits.length if times else KEEP_LIMITS
    with database.writing(worker.engine) as connection:
        limits.delete_old(connection, before=now() - keep_limits)
        nonces.delete_old(connection, before=now() - KEEP_NONCES)
        outbox.delete_team_mails(connection, before=now() - KEEP_DIGESTS)
        visits.delete_expired(connection, now=now())
        absences.delete_ended(connection, before=local_day(now()))
    ring = worker.settings.keyring()  # each round: new keys may have come
    settings = replace(worker.settings, keyring=lambda: ring)
    note_missing(worker.engine, settings, worker.secret, now=now())
    sender = worker.sender()  # before mails are claimed: without it none is tried
    remind(worker.engine, settings, now=now())
    _queue_digest(worker, sender, now())
    sent = 0
    while mail := _claim(worker, now()):
        sent += _send(worker, mail, ring, sender, now)
    if times:
        scheduled_deletion.delete_due(
            worker.deleter, worker.edition(), times, now=now()
        )
    return sent


def _queue_digest(worker: Worker, sender: MailSender, now: datetime) -> None:
    if worker.team is None:
        return
    try:
        digest.queue_digest(worker.engine, worker.team, sender, now=now)
    except SealingError as error:  # the mails to requesters are sent all the same
        log_error("digest-broken", error)


def _claim(worker: Worker, now: datetime) -> outbox.Mail | None:
    with database.writing(worker.engine) as connection:
        return outbox.claim(connection, now=now)


def _send(
    worker: Worker,
    mail: outbox.Mail,
    ring: Keyring,
    sender: MailSender,
    now: Callable[[], datetime],
) -> bool:
    """Send one mail, or leave it for its next try; tell whether it was sent."""
    try:
        to = addressee_of(mail, ring)
        to = to._replace(email=recipient_of(to.email))
        worker.post(compose(mail, to, sender=sender, now=now()), to.email)
    except PostError as error:
        log_event("mail-not-taken", kind=error.kind, tries=mail.tries)
        given_up = error.for_good
    except Exception as error:  # noqa: BLE001 - one mail must not stop the others
        log_error("mail-broken", error, tries=mail.tries)
        given_up = False
    else:
        with database.writing(worker.engine) as connection:
            outbox.mark_sent(connection, mail.id, now=now())
        log_event("mail-sent", kind=mail.kind, tries=mail.tries)
        return True
    if given_up or now() - mail.created_at > KEEP_TRYING:
        with database.writing(worker.engine) as connection:
            outbox.give_up(connection, mail.id, now=now())
        log_error("mail-given-up", PostError(mail.kind), tries=mail.tries)
    return False
