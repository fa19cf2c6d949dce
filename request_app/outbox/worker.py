"""Sends the mails whose time has come, reminds, tells the team, deletes what is old.

It runs on the desk's side: the addresses are sealed to the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from request_app.auth.sessions import forget_ended
from request_app.cases.action import CaseSettings
from request_app.cases.delivery.reminder import remind
from request_app.cases.intake.related import note_missing
from request_app.cases.messages.mail import addressee_of
from request_app.cases.records.deletion import Forgetter
from request_app.deadlines import local_day
from request_app.logs import fault, tell
from request_app.outbox import clearing
from request_app.outbox.digest import Team, tell_team
from request_app.outbox.mails import Sender, compose, recipient_of
from request_app.outbox.post import Post, PostError
from request_app.published import Edition
from request_app.sealing import Keyring, SealingError
from request_app.store import absences, limits, nonces, outbox
from request_app.store.database import writing
from request_app.store.outbox import Mail

KEEP_TRYING = timedelta(days=5)  # as mail servers do: RFC 5321 section 4.5.4.1
KEEP_LIMITS = timedelta(days=1)  # where the notice tells no time
KEEP_NONCES = timedelta(days=30)  # part of their cases, and gone long before these
KEEP_DIGESTS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Worker:
    engine: Engine
    settings: CaseSettings
    post: Post
    sender: Callable[[], Sender]
    edition: Callable[[], Edition]
    forgetter: Forgetter
    secret: bytes = field(repr=False)  # by which contacts are compared
    team: Team | None = None  # without one there is no digest


def work(worker: Worker, *, now: Callable[[], datetime]) -> int:
    """Do everything that is due; tell how many mails were sent."""
    times = clearing.times_now(worker.engine, worker.edition, now=now())
    keep_limits = times.abuse_limits.length if times else KEEP_LIMITS
    with writing(worker.engine) as connection:
        limits.forget(connection, before=now() - keep_limits)
        nonces.forget(connection, before=now() - KEEP_NONCES)
        outbox.forget_to_team(connection, before=now() - KEEP_DIGESTS)
        forget_ended(connection, now=now())
        absences.forget(connection, before=local_day(now()))
    ring = worker.settings.keyring()  # each round: new keys may have come
    settings = replace(worker.settings, keyring=lambda: ring)
    note_missing(worker.engine, settings, worker.secret, now=now())
    sender = worker.sender()  # before mails are claimed: without it none is tried
    remind(worker.engine, settings, now=now())
    _tell_team(worker, sender, now())
    sent = 0
    while mail := _claimed(worker, now()):
        sent += _sent(worker, mail, ring, sender, now)
    if times:
        clearing.clear(worker.forgetter, worker.edition(), times, now=now())
    return sent


def _tell_team(worker: Worker, sender: Sender, now: datetime) -> None:
    if worker.team is None:
        return
    try:
        tell_team(worker.engine, worker.team, sender, now=now)
    except SealingError as error:  # people's mails go out all the same
        fault("digest-broken", error)


def _claimed(worker: Worker, now: datetime) -> Mail | None:
    with writing(worker.engine) as connection:
        return outbox.claim(connection, now=now)


def _sent(
    worker: Worker,
    mail: Mail,
    ring: Keyring,
    sender: Sender,
    now: Callable[[], datetime],
) -> bool:
    """Send one mail, or leave it for its next try."""
    try:
        to = addressee_of(mail, ring)
        to = to._replace(email=recipient_of(to.email))
        worker.post(compose(mail, to, sender=sender, now=now()), to.email)
    except PostError as error:
        tell("mail-not-taken", kind=error.kind, tries=mail.tries)
        given_up = error.for_good
    except Exception as error:  # noqa: BLE001 - one mail must not stop the others
        fault("mail-broken", error, tries=mail.tries)
        given_up = False
    else:
        with writing(worker.engine) as connection:
            outbox.mark_sent(connection, mail.id, now=now())
        tell("mail-sent", kind=mail.kind, tries=mail.tries)
        return True
    if given_up or now() - mail.created_at > KEEP_TRYING:
        with writing(worker.engine) as connection:
            outbox.give_up(connection, mail.id, now=now())
        fault("mail-given-up", PostError(mail.kind), tries=mail.tries)
    return False
