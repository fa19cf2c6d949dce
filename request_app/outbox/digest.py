"""The daily digest for the team: counts and references, nothing personal.

On a day without work no digest is sent, except once a week: if that one is missing,
something is broken.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine

from request_app import workdays
from request_app.cases.messages.mail import team_mail
from request_app.deadlines import HELSINKI
from request_app.outbox.mails import MailSender
from request_app.sealing import SealingKey
from request_app.store import audit, limits, outbox
from request_app.store.database import reading, writing
from request_app.store.digest_query import DigestDays, OpenCases, read_open_cases
from request_app.workdays import ONE_DAY, Eve

DIGEST = "digest"
MOST_NAMED = 10  # of each topic; the desk shows the rest
NEARLY_FULL = 0.8  # of the day's limit, as for the alarm in the log
ANSWERS, SILENT, UNCHECKED = "answers", "silent", "unchecked"


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who gets the digest, from which hour on, and its settings."""

    addresses: tuple[str, ...]
    hour: int
    working_eves: frozenset[Eve] = frozenset()
    day_limit: int
    desk_url: str
    key: Callable[[], SealingKey]
    answers: Callable[[str], bool] | None  # whether the form answers; none: unchecked


def queue_digest(
    engine: Engine, team: Team, sender: MailSender, *, now: datetime
) -> None:
    """Put the digest of a working day into the outbox, once for all workers."""
    today = now.astimezone(HELSINKI).date()
    begins = _begins(team, today)
    if now < begins or not workdays.is_working_day(
        today, working_eves=team.working_eves
    ):
        return
    with reading(engine) as connection:
        if limits.is_claimed(connection, DIGEST, today.isoformat()):
            return
    form = _form_check(team, sender)  # slow, so outside a transaction
    with writing(engine) as connection:
        if limits.claim(connection, DIGEST, today.isoformat(), at=begins):
            _write(connection, team, sender, form, now)


def _begins(team: Team, day: date) -> datetime:
    return datetime.combine(day, time(team.hour), tzinfo=HELSINKI)


def _form_check(team: Team, sender: MailSender) -> str:
    address = sender.form(sender.content.site.default_language)
    if team.answers is None or not urlsplit(address).scheme:
        return UNCHECKED
    return ANSWERS if team.answers(address) else SILENT


def _write(
    connection: Connection, team: Team, sender: MailSender, form: str, now: datetime
) -> None:
    """Put the mails into the outbox, unless there is no work to do."""
    today = now.astimezone(HELSINKI).date()
    days = _days(connection, team, today)
    open_cases = read_open_cases(connection, days)
    lost = outbox.failed_to_team(connection, since=days.since)
    full = (
        open_cases.busiest if open_cases.busiest >= team.day_limit * NEARLY_FULL else 0
    )
    no_work = open_cases.need_no_work and form != SILENT and not lost and not full
    if no_work and not _is_first_of_week(team, today):
        return
    facts = {
        **dict(_topics(open_cases)),
        "open": str(open_cases.open),
        "full": str(full),
        "lost": str(lost),
        "form_check": form,
        "weekly": "yes" if no_work else "",
        "desk": team.desk_url,
        "head": str(audit.head_of(connection)),
    }
    for address in team.addresses:
        mail = team_mail(
            DIGEST,
            address,
            facts,
            language=sender.content.site.default_language,
            key=team.key(),
            domain=sender.address.rpartition("@")[2],
            now=now,
        )
        outbox.put(connection, mail)


def _days(connection: Connection, team: Team, today: date) -> DigestDays:
    """The days of the query; before the first digest, since the last working day."""
    eves = team.working_eves
    before = workdays.previous_working_day(today - ONE_DAY, working_eves=eves)
    last = outbox.last_to_team(connection, DIGEST)
    return DigestDays(
        today=today,
        next=workdays.next_working_day(today + ONE_DAY, working_eves=eves),
        since=last or _begins(team, before),
    )


def _topics(open_cases: OpenCases) -> Iterator[tuple[str, str]]:
    for topic, references in open_cases.topics.items():
        yield topic.value, " ".join([str(len(references)), *references[:MOST_NAMED]])


def _is_first_of_week(team: Team, today: date) -> bool:
    """Monday, or the first working day after it."""
    monday = today - timedelta(days=today.weekday())
    eves = team.working_eves
    return workdays.previous_working_day(today - ONE_DAY, working_eves=eves) < monday
