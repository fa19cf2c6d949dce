"""Scheduled deletion by the storage times of the current notice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine

from generator.content.problems import ContentError
from request_app.cases.records.deletion import Deleter, delete_expired
from request_app.logs import log_alarm, log_event
from request_app.published import Edition
from request_app.retention import RetentionError, Times, times_of
from request_app.store import database, limits

ONCE_A_DAY = timedelta(days=1)
NO_REGISTER, AT_FAULT = "no-register-of-requests", "retention-at-fault"


def current_times(
    engine: Engine, edition: Callable[[], Edition], *, now: datetime
) -> Times | None:
    """The times to delete by; without them nothing is deleted, and the log says why."""
    try:
        times = times_of(edition().content.registers)
    except ContentError:
        return None  # reported when the mails are sent
    except RetentionError as error:
        if _is_first_today(engine, AT_FAULT, now):
            log_alarm(AT_FAULT, count=len(error.faults))
        return None
    if times is None and _is_first_today(engine, NO_REGISTER, now):
        log_alarm(NO_REGISTER)
    return times


def delete_due(
    deleter: Deleter, edition: Edition, times: Times, *, now: datetime
) -> None:
    """Delete what is due, and log the numbers."""
    for name, count in (
        delete_expired(deleter, edition, times, now=now)._asdict().items()
    ):
        if count:
            log_event("deleted", kind=name, count=count)


def _is_first_today(engine: Engine, event: str, now: datetime) -> bool:
    today = limits.window_start(now, ONCE_A_DAY)
    with database.writing(engine) as connection:
        return limits.claim(connection, "told", event, at=today)
