"""Filing a valid form, and finding the case of an access code."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Request
from sqlalchemy import Connection

from request_app.cases.action import FORM, Action
from request_app.cases.intake.spam import FullError, Signs, admit, try_code
from request_app.cases.intake.submission import (
    Arrival,
    Receipt,
    Submission,
    accept,
    is_filed,
)
from request_app.logs import log_alarm, log_error, log_event
from request_app.public.services import FormServices
from request_app.sealing import CodeMistypedError, SealingError, read_code
from request_app.store import cases, database
from request_app.web.stamps import Stamp

ALARM_SHARE = 0.8  # of the day's limit


class ClosedError(Exception):
    """Nothing can be stored now; `wait` is the time until the next try."""

    def __init__(self, wait: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(f"Closed for {wait}.")
        self.wait = wait


class Sent(NamedTuple):
    """A form as it came."""

    submission: Submission
    stamp: Stamp
    signs: Signs


@contextmanager
def keeping() -> Iterator[None]:
    """Say in one way that keys or database are missing, full, locked or broken."""
    try:
        yield
    except (SealingError, database.StoreError) as error:
        log_error("closed", error)
        raise ClosedError from error


def file(services: FormServices, sent: Sent) -> Receipt:
    """File a form once; the request is on disk when this returns."""
    notice, at = services.published.edition().notice, sent.signs.sent_at
    arrival = Arrival(
        submission=sent.submission, nonce=sent.stamp.nonce, received_at=at
    )
    with database.writing(services.engine) as connection:
        suspicion = None
        if not is_filed(connection, arrival):  # again, it asks for its receipt alone
            suspicion = _suspicion(connection, services, sent.signs)
        action = Action(connection, FORM, at, services.case_settings())
        receipt = accept(action, arrival, notice=notice, suspicion=suspicion)
    log_event("filed", reference=receipt.reference, suspicion=suspicion)
    return receipt


def case_of(
    services: FormServices, typed: str, address: str, *, now: datetime
) -> cases.Case | None:
    """The case that a code opens; wrong codes count towards a limit."""
    case = None
    try:
        code = read_code(typed)
    except CodeMistypedError:
        pass
    else:
        with database.reading(services.engine) as connection:
            case = cases.by_code_hash(connection, code.hash)
    if case is None:
        with database.writing(services.engine) as connection:
            try_code(connection, address, secret=services.secret(), now=now)
    return case


def again(connection: Connection, case: cases.Case) -> cases.Case:
    """The case as it is now."""
    return cases.by_id(connection, case.id) or case


def signs(request: Request, stamp: Stamp, *, trap: bool, now: datetime) -> Signs:
    return Signs(
        address=request.remote_addr or "",
        shown_at=stamp.shown_at,
        sent_at=now,
        trap=trap,
        foreign=_is_foreign(request),
    )


def _suspicion(
    connection: Connection, services: FormServices, signs: Signs
) -> str | None:
    """Why a new request is suspected to be spam, if so; raise if there are too many."""
    limits = services.limits
    try:
        admission = admit(connection, signs, limits_=limits, secret=services.secret())
    except FullError:
        log_alarm("full")
        raise
    if admission.today >= limits.day * ALARM_SHARE:
        log_alarm("nearly-full", count=admission.today)
    return admission.suspicion


def _is_foreign(request: Request) -> bool:
    """Whether another site made the browser send this."""
    origin = request.headers.get("Origin", "")
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return True
    try:
        return bool(origin) and urlsplit(origin).netloc != request.host
    except ValueError:
        return True  # no address at all
