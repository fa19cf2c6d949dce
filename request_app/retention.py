"""How long requests are stored: as the notice's register of requests says.

GDPR Art. 5(1)(e): the worker deletes by the times that the notice tells people. They
are counted as the time limits of the law are: a month later is the same day number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from generator.content.model import Period, Register
from request_app.deadlines import add_months, ends_at

REGISTER = "data-protection-requests"
TRAIL = "audit_trail"
ONE_DAY = timedelta(days=1)
LONGEST_SHIFT = timedelta(days=4)  # a day number may be missing in a month
SOME_DAY = date(2001, 1, 1)


class RetentionError(Exception):
    """The app cannot delete as the notice says; the error has every reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Span:
    """A storage time in months or days."""

    months: int = 0
    days: int = 0

    def last_day(self, since: date) -> date:
        """The last day of storage."""
        return add_months(since, self.months) + timedelta(days=self.days)

    def first_kept(self, today: date) -> date:
        """The first day whose storage is not over today; what is older is due."""
        day = add_months(today, -self.months) - timedelta(days=self.days)
        day -= LONGEST_SHIFT
        while self.last_day(day) < today:
            day += ONE_DAY
        return day

    def due_before(self, today: date) -> datetime:
        """The instant before which everything is due to be deleted today."""
        return ends_at(self.first_kept(today) - ONE_DAY)

    def __str__(self) -> str:
        return f"{self.months} months" if self.months else f"{self.days} days"

    @property
    def length(self) -> timedelta:
        return self.last_day(SOME_DAY) - SOME_DAY


@dataclass(frozen=True, kw_only=True)
class Times:
    """The storage times of the register of requests."""

    delivered_package: Span
    messages_and_old_values: Span
    case_and_letters: Span
    abuse_limits: Span
    security_log: Span  # deleted by the system, not by us: docs/requests.md


class _Rule(NamedTuple):
    """The event from which a time runs, and its shortest and longest values."""

    after: str
    least: Span
    most: Span


RULES = {
    "delivered_package": _Rule("fetched", Span(days=1), Span(days=90)),
    "messages_and_old_values": _Rule("closed", Span(months=1), Span(months=60)),
    "case_and_letters": _Rule("closed", Span(months=12), Span(months=120)),
    "abuse_limits": _Rule("last_seen", Span(days=1), Span(days=30)),
    "security_log": _Rule("written", Span(days=7), Span(days=365)),
}


def times_of(registers: Iterable[Register]) -> Times | None:
    """Read the times of the register of requests; none if there is no register.

    Raises RetentionError if the app cannot delete as the notice says.
    """
    periods = _periods(registers)
    if periods is None:
        return None
    if faults := list(_faults(periods)):
        raise RetentionError([f"{REGISTER}.yaml, retention: {each}" for each in faults])
    return Times(
        **{str(each.what): _span(each) for each in periods if each.what in RULES}
    )


def tells_that_trail_stays(registers: Iterable[Register]) -> bool:
    """Whether the notice says by which criterion the audit trail is stored.

    The worker deletes no row of the audit trail, so a number of years would be untrue.
    """
    periods = [each for each in _periods(registers) or () if each.what == TRAIL]
    return bool(periods) and all(each.criterion is not None for each in periods)


def own_register(registers: Iterable[Register]) -> Register | None:
    """The register of the requests themselves."""
    return next((each for each in registers if each.id == REGISTER), None)


def _periods(registers: Iterable[Register]) -> tuple[Period, ...] | None:
    register = own_register(registers)
    return None if register is None else register.retention or ()


def _faults(given: tuple[Period, ...]) -> Iterator[str]:
    periods = {str(each.what): each for each in given}
    counted = Counter(each.what for each in given)
    for key, rule in RULES.items():
        if key not in periods:
            yield f"{key} is missing. Without it nothing could be deleted in time."
        elif counted[key] > 1:
            yield f"{key} stands there twice."
        else:
            yield from _fault(key, periods[key], rule)
    yield from _order(periods)


def _fault(key: str, period: Period, rule: _Rule) -> Iterator[str]:
    if period.criterion is not None:
        yield f"{key} needs a number of days, months or years, for programs to count."
        return
    if period.after != rule.after:
        yield f"{key} runs from another event. Write after: {rule.after}."
    if not rule.least.length <= _span(period).length <= rule.most.length:
        yield f"{key} is not between {rule.least} and {rule.most}."


def _order(periods: dict[str, Period]) -> Iterator[str]:
    words, case = (
        periods.get(key) for key in ("messages_and_old_values", "case_and_letters")
    )
    if words and case and _span(words).length > _span(case).length:
        yield "messages_and_old_values cannot be kept longer than case_and_letters."


def _span(period: Period) -> Span:
    months = (period.months or 0) + 12 * (period.years or 0)
    return Span(months=months, days=period.days or 0)
