"""What blocks the sending of an answer: each fault in words, with a link to fix it."""

from typing import NamedTuple

from flask import url_for

from request_app.cases.decision.outcome import decided
from request_app.cases.letters import answer_checks, parts
from request_app.cases.notice import data_groups, names
from request_app.desk.case.case_view import CaseView
from request_app.desk.queue.lookup import address_of
from request_app.desk.search.search_page import place_on_search
from request_app.desk.shell.labels import RIGHTS
from request_app.desk.shell.page import this_page
from request_app.store.values import Right

NAMES = frozenset(each.value for each in Right)
# A decision rests on the search: where they differ, what was found is looked at first.
ON_SEARCH = frozenset({"no-places", "still-searching", "found", "not-found"})


class Stop(NamedTuple):
    text: str
    address: str


def stop(fault: parts.Fault, view: CaseView) -> Stop:
    return Stop(message_of(fault, view), _mended_at(fault, view))


def message_of(fault: parts.Fault, view: CaseView) -> str:
    """A fault in words, with the desk's name for the decision."""
    right, _, rest = fault.place.partition("/")
    about = _decision(Right(right), rest, view) if right in NAMES else fault.about
    return this_page().gettext(answer_checks.ANSWER_MESSAGES[fault.code]) % {
        "about": about
    }


def _decision(right: Right, rest: str, view: CaseView) -> str:
    """Name a decision by right and data, as several may concern the same data."""
    page = this_page()
    name, group = page.gettext(RIGHTS[right]), rest.partition("/")[0]
    if not group or group == data_groups.ALL:
        return name
    _, words = decided(view.opened, right).get(group, (None, {}))
    return f"{name}, {names.group_name(group, view.kept, page.language, words)}"


def _mended_at(fault: parts.Fault, view: CaseView) -> str:
    """The address of the field where a fault is corrected."""
    reference = view.case.reference
    right, _, rest = fault.place.partition("/")
    if fault.code in ON_SEARCH:
        place = rest if right in NAMES else fault.place
        return place_on_search(view, place.partition(data_groups.PART)[0])
    if right in NAMES:
        page = url_for("desk.decide", reference=reference, right=right)
        group, _, name = rest.partition("/")
        where = f"{group.replace('#', '.')}-{name or 'outcome'}" if group else ""
        return f"{page}#{where}" if where else page
    if fault.code.startswith("recipient"):
        page = url_for("desk.recipients", reference=reference)
        return f"{page}#{fault.place}-got"
    page, _, gap = fault.place.partition("/")
    if page in {answer_checks.INFORMATION, "own_words"}:
        return f"#{gap or page}"
    if fault.place == "still_kept":
        return "#request_times"
    return address_of(reference)
