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
from request_app.cases.action import WORKER, Action, CaseSettings
from request_app.cases.messages.mail import put_team_mail
from request_app.deadlines import HELSINKI
from request_app.outbox.mails import MailSender
from request_app.store import audit, database, limits, outbox
from request_app.store.digest_query import DigestDays, OpenCases, read_open_cases

DIGEST = "digest"
MOST_NAMED = 10  # of each topic; the desk shows the rest
NEARLY_FULL = 0.8  # of the day's limit, as for the alarm in the log
ANSWERS, SILENT, UNCHECKED = "answers", "silent", "unchecked"


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who gets the digest, from which hour on, and its settings."""

    addresses: tuple[str, ...]
    hour: int
    settings: CaseSettings
    day_limit: int
    desk_url: str
    answers: Callable[[str], bool] | None  # whether the form does; none: not checked


def queue_digest(
    engine: Engine, team: Team, sender: MailSender, *, now: datetime
) -> None:
    """Put the mails of a working day into the outbox: once, however many workers."""
    today, eves = now.astimezone(HELSINKI).date(), team.settings.working_eves
    begins = _begins(team, today)
    if now < begins or not workdays.is_working_day(today, working_eves=eves):
        return
    with database.reading(engine) as connection:
        if limits.is_claimed(connection, DIGEST, today.isoformat()):
            return
    form = _form_check(team, sender)  # slow, so outside a transaction
    with database.writing(engine) as connection:
        if limits.claim(connection, DIGEST, today.isoformat(), at=begins):
            action = Action(connection, WORKER, now, team.settings)
            _write(action, team, sender, form)


def _begins(team: Team, day: date) -> datetime:
    return datetime.combine(day, time(team.hour), tzinfo=HELSINKI)


def _form_check(team: Team, sender: MailSender) -> str:
    address = sender.form(sender.content.site.default_language)
    if team.answers is None or not urlsplit(address).scheme:
        return UNCHECKED
    return ANSWERS if team.answers(address) else SILENT


def _write(action: Action, team: Team, sender: MailSender, form: str) -> None:
    """Write the mails; that they are written shows that the database takes them."""
    connection, today = action.connection, action.today
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
    language = sender.content.site.default_language
    for address in team.addresses:
        put_team_mail(action, DIGEST, address, facts, language=language)


def _days(connection: Connection, team: Team, today: date) -> DigestDays:
    """The days to tell cases apart by; before the first digest there was a workday."""
    eves = team.settings.working_eves
    before = workdays.previous_working_day(today - workdays.ONE_DAY, working_eves=eves)
    last = outbox.last_to_team(connection, DIGEST)
    return DigestDays(
        today=today,
        next=workdays.next_working_day(today + workdays.ONE_DAY, working_eves=eves),
        since=last or _begins(team, before),
    )


def _topics(open_cases: OpenCases) -> Iterator[tuple[str, str]]:
    for topic, references in open_cases.topics.items():
        yield topic.value, " ".join([str(len(references)), *references[:MOST_NAMED]])


def _is_first_of_week(team: Team, today: date) -> bool:
    """Monday, or the first working day after it."""
    monday = today - timedelta(days=today.weekday())
    eves = team.settings.working_eves
    before = workdays.previous_working_day(today - workdays.ONE_DAY, working_eves=eves)
    return before < monday
