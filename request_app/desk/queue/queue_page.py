"""The queue page: cases by urgency, without personal data.

It always shows the legal deadline beside the desk’s own aim: GDPR Art. 12(3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.languages import N_
from request_app.cases.intake.spam_release import release as let_in
from request_app.cases.lifecycle.opened_case import open_case
from request_app.deadlines import local_day
from request_app.desk.queue.lookup import address_of, find, known, readable, reader
from request_app.desk.shell import access, labels, services, session, transactions
from request_app.desk.shell.page import this_page
from request_app.formatting import short_day
from request_app.store import absences, accounts, database, queue, readers
from request_app.store.values import Right, Role, State

SOON = queue.WEEK.days
ORDER = list(Right)
LONGEST_TYPED = 40
BETWEEN = "~"  # the two halves of a cursor in an address
LET_IN = N_("The request is in the queue now.")


class Urgency(StrEnum):
    """How near the deadline is."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True)
class QueueRow:
    """An entry of the queue with the texts of its row."""

    entry: queue.QueueEntry
    rights: list[str]
    days_left: int
    urgency: Urgency
    absence: absences.Absence | None  # of the handler, while it lasts
    replaces: bool  # who looks is the deputy
    address: str
    why: list[str]
    held_on: date | None


@access.blueprint.get("/")
@access.least(Role.VIEWER)
def start() -> Response:
    view = _view(request.args.get("view", ""))
    return _answer(view, after=_cursor(view, request.args.get("after", "")))


@access.blueprint.post("/find")
@access.least(Role.VIEWER)
def find_case() -> AnyResponse:
    """Redirect to a case by its reference, typed in any form."""
    typed = request.form.get("reference", "")
    with database.reading(services.current().engine) as connection:
        case = known(connection, typed)
        opens = case is not None and readable(connection, case)
    if case is None:
        return _answer(
            queue.View.OPEN, HTTPStatus.NOT_FOUND, sought=typed[:LONGEST_TYPED]
        )
    return redirect(address_of(case.reference, opens=opens), HTTPStatus.SEE_OTHER)


@access.blueprint.post("/cases/<reference>/release")
@access.least(Role.HANDLER)
def release(reference: str) -> AnyResponse:
    """Accept a case that was suspected to be spam, which counts as opening it."""
    case = find(reference)
    with transactions.writing() as action:
        let_in(action, open_case(action, case))
    session.flash(this_page().gettext(LET_IN))
    return redirect(
        url_for("desk.start", view=queue.View.SUSPECTS), HTTPStatus.SEE_OTHER
    )


def _answer(
    view: queue.View,
    status: int = HTTPStatus.OK,
    *,
    after: queue.Cursor | None = None,
    sought: str | None = None,
) -> Response:
    page, today = this_page(), local_day(services.now())
    with database.reading(services.current().engine) as connection:
        sums = queue.totals(connection, reader=reader(), today=today)
        found = queue.page(connection, view, reader=reader(), today=today, after=after)
        names = {each.id: each.name for each in accounts.everyone(connection)}
        absent = absences.on(connection, today)
        shut = _shut(
            readers.cases_of_reader(connection, session.this_account().id),
            found.entries,
        )
    rows = [_row(entry, today, absent, shut) for entry in found.entries]
    return page.answer(
        "queue/queue",
        status,
        view=view,
        views=labels.VIEWS,
        sums=sums,
        rows=rows,
        names=names,
        replaced=[names[each] for each in absent if _replaces(absent[each])],
        empty=labels.EMPTY[view],
        channels=labels.CHANNELS,
        states=labels.STATES,
        following=_cursor_text(found.following),
        is_first=after is None,
        sought=sought,
        short_day=partial(short_day, language=page.language),
    )


def _row(
    entry: queue.QueueEntry,
    today: date,
    absent: Mapping[str, absences.Absence],
    shut: frozenset[str],
) -> QueueRow:
    left = (entry.last_day - today).days
    absence = absent.get(entry.handler_id or "")
    return QueueRow(
        entry,
        [labels.RIGHTS[right] for right in sorted(entry.rights, key=ORDER.index)],
        left,
        _urgency(entry, left),
        absence,
        absence is not None and _replaces(absence),
        address_of(entry.reference, opens=entry.id not in shut),
        labels.why(entry.suspicion),
        local_day(entry.held_at) if entry.held_at else None,
    )


def _replaces(absence: absences.Absence) -> bool:
    return absence.deputy_id == session.this_account().id


def _urgency(entry: queue.QueueEntry, days_left: int) -> Urgency:
    if entry.closed_at or entry.state is State.READY:
        return Urgency.DONE
    if entry.answered_on or entry.cancelled_at:  # no last day runs any more
        return Urgency.LATER
    if days_left < 0:
        return Urgency.LATE
    return Urgency.SOON if days_left <= SOON else Urgency.LATER


def _shut(named: frozenset[str], entries: list[queue.QueueEntry]) -> frozenset[str]:
    """The cases that an administrator sees in the queue and cannot open."""
    return frozenset(
        each.id for each in entries if each.restricted and each.id not in named
    )


def _view(name: str) -> queue.View:
    return queue.View(name) if name in set(queue.View) else queue.View.OPEN


def _cursor(view: queue.View, text: str) -> queue.Cursor | None:
    """The cursor where a page begins; none if the URL is malformed."""
    key, _, case_id = text.partition(BETWEEN)
    try:
        moment = datetime.fromisoformat(key)
        day = None if view in queue.BY_INSTANT else date.fromisoformat(key)
    except ValueError:
        return None
    if not case_id or (day is None and moment.tzinfo is None):
        return None
    return queue.Cursor(key, case_id)


def _cursor_text(cursor: queue.Cursor | None) -> str | None:
    return cursor and f"{cursor.key}{BETWEEN}{cursor.case_id}"
