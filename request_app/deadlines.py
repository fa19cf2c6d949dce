"""When an answer is due. Pure functions of dates; each rule cites its source."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from request_app import workdays

HELSINKI = ZoneInfo("Europe/Helsinki")
ANSWER_MONTHS = 1  # GDPR Art. 12(3), first sentence
FURTHER_MONTHS = 2  # GDPR Art. 12(3), second sentence: "two further months"
ASK_WITHIN_WORKING_DAYS = 3  # our reading of "without undue delay" in EDPB 01/2022 ¶159
AIM_DAYS = 14  # the desk's own; the month is a maximum (EDPB 01/2022 ¶158)


class PauseKind(StrEnum):
    """Why the desk asked the requester a question."""

    IDENTITY = "identity"  # GDPR Art. 12(6)
    SCOPE = "scope_recital63"  # which of a large quantity of data
    WHICH_RIGHT = "which_right"  # never stops the clock (EDPB 01/2022 ¶48)


PAUSING = frozenset({PauseKind.IDENTITY, PauseKind.SCOPE})


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A question and its answer; `excused` if staff noted why it was asked late."""

    kind: PauseKind
    asked_on: date
    answered_on: date | None = None
    excused: bool = False

    def __post_init__(self) -> None:
        if self.answered_on is not None and self.answered_on < self.asked_on:
            raise ValueError("A question cannot be answered before it is asked.")


@dataclass(frozen=True, kw_only=True)
class TimeLimits:
    """The due dates of one request; the raw ones may fall on days off."""

    received_on: date
    raw_due: date
    due: date
    raw_extended_due: date
    extended_due: date
    credited: tuple[Pause, ...] = ()
    working_eves: frozenset[workdays.Eve] = frozenset()

    @property
    def pause_days(self) -> int:
        return _days(self.credited)

    @property
    def without_pauses(self) -> "TimeLimits":
        return _limits(self.received_on, pauses=(), working_eves=self.working_eves)

    @property
    def internal_target(self) -> date:
        """The last working day on or before the raw due date."""
        return workdays.previous_working_day(
            self.raw_due, working_eves=self.working_eves
        )


def time_limits(
    received: datetime,
    *,
    pauses: Iterable[Pause] = (),
    working_eves: frozenset[workdays.Eve] = frozenset(),
) -> TimeLimits:
    """The latest dates for the answer to a request received at an instant.

    GDPR Art. 12(3); counted as Regulation 1182/71 Art. 3 and EDPB 01/2022 ¶157–161
    say. A question adds no days until it is answered.
    """
    if unknown := working_eves - workdays.EVES:
        raise ValueError(f"Unknown eves: {', '.join(sorted(unknown))}.")
    return _limits(local_day(received), pauses=pauses, working_eves=working_eves)


def local_day(instant: datetime) -> date:
    """The day of an instant in Helsinki, also on days off (EDPB 01/2022 ¶159)."""
    if instant.utcoffset() is None:
        raise ValueError("An instant needs a time zone.")
    return instant.astimezone(HELSINKI).date()


def ends_at(day: date) -> datetime:
    """The instant at which a day ends (Reg. 1182/71 Art. 3(2)(c))."""
    midnight = datetime.combine(day + workdays.ONE_DAY, time.min, tzinfo=HELSINKI)
    return midnight.astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def aim(limits: TimeLimits, *, days: int = AIM_DAYS) -> date:
    """The day by which the desk aims to answer, never after the internal target."""
    day = limits.received_on + timedelta(days=days + limits.pause_days)
    wanted = workdays.next_working_day(day, working_eves=limits.working_eves)
    return min(wanted, limits.internal_target)


def aim_at_once(limits: TimeLimits) -> date:
    """The next working day: marketing objections and withdrawals (Art. 21(3), 7(3))."""
    return workdays.working_days_after(
        limits.received_on, 1, working_eves=limits.working_eves
    )


def explain(
    limits: TimeLimits,
    *,
    gettext: Callable[[str], str],
    show: Callable[[date], str],
) -> list[str]:
    """Explain how the last day to answer was counted, in sentences."""
    lead = gettext("One month later: %(day)s")
    return list(_working(limits, lead, ANSWER_MONTHS, gettext, show))


def explain_extended(
    limits: TimeLimits,
    *,
    gettext: Callable[[str], str],
    show: Callable[[date], str],
) -> list[str]:
    """Explain the last day to answer after an extension by two months."""
    lead = gettext("Three months later: %(day)s")
    months = ANSWER_MONTHS + FURTHER_MONTHS
    return list(_working(limits, lead, months, gettext, show))


def _limits(
    received_on: date, *, pauses: Iterable[Pause], working_eves: frozenset[workdays.Eve]
) -> TimeLimits:
    in_order = sorted(pauses, key=lambda pause: pause.asked_on)
    credited = tuple(_credited(in_order, received_on, working_eves))
    paused = timedelta(days=_days(credited))
    # From receipt, not from the shifted first date: tietosuoja.fi, "kolmen kuukauden
    # kuluttua alkuperäisestä pyynnöstäsi". A pause is added once, before the shift.
    raw_due = add_months(received_on, ANSWER_MONTHS) + paused
    raw_extended = add_months(received_on, ANSWER_MONTHS + FURTHER_MONTHS) + paused
    return TimeLimits(
        received_on=received_on,
        raw_due=raw_due,
        due=workdays.next_working_day(raw_due, working_eves=working_eves),
        raw_extended_due=raw_extended,
        extended_due=workdays.next_working_day(raw_extended, working_eves=working_eves),
        credited=credited,
        working_eves=frozenset(working_eves),
    )


def _credited(
    pauses: Iterable[Pause], received_on: date, working_eves: frozenset[workdays.Eve]
) -> Iterator[Pause]:
    """The pauses that count: asked without undue delay (EDPB 01/2022 ¶159).

    For a further question, the time to ask runs from the answer to the one before
    (example 31).
    """
    since = dict.fromkeys(PAUSING, received_on)
    for pause in pauses:
        if pause.asked_on < received_on:
            raise ValueError("A question cannot be asked before the request came.")
        if pause.kind not in PAUSING or pause.answered_on is None:
            continue
        limit = workdays.working_days_after(
            since[pause.kind], ASK_WITHIN_WORKING_DAYS, working_eves=working_eves
        )
        if pause.asked_on <= limit or pause.excused:
            since[pause.kind] = max(since[pause.kind], pause.answered_on)
            yield pause


def _days(pauses: Iterable[Pause]) -> int:
    """Calendar days from question to answer; a day of two pauses counts once."""
    return len(
        {
            pause.asked_on + timedelta(days=number)
            for pause in pauses
            if pause.answered_on is not None
            for number in range((pause.answered_on - pause.asked_on).days)
        }
    )


def _working(
    limits: TimeLimits,
    lead: str,
    months: int,
    gettext: Callable[[str], str],
    show: Callable[[date], str],
) -> Iterator[str]:
    day = add_months(limits.received_on, months)
    yield gettext("Received: %(day)s") % {"day": show(limits.received_on)}
    yield lead % {"day": show(day)}
    if day.day != limits.received_on.day:
        yield gettext("The month is shorter, so its last day counts.")
    if limits.pause_days:
        day += timedelta(days=limits.pause_days)
        yield gettext("We waited for your reply. Days added: %(days)s") % {
            "days": limits.pause_days
        }
        yield gettext("With the days added: %(day)s") % {"day": show(day)}
    yield from _skipped(day, limits.working_eves, gettext, show)
    due = workdays.next_working_day(day, working_eves=limits.working_eves)
    yield gettext("Last day to answer: %(day)s") % {"day": show(due)}


def _skipped(
    day: date,
    working_eves: frozenset[workdays.Eve],
    gettext: Callable[[str], str],
    show: Callable[[date], str],
) -> Iterator[str]:
    """The days that cannot be the last day, with the names of holidays."""
    while not workdays.is_working_day(day, working_eves=working_eves):
        found = workdays.holiday(day, working_eves=working_eves)
        name = f" ({workdays.name_of(found, gettext)})" if found else ""
        yield gettext("Not a working day: %(day)s") % {"day": show(day) + name}
        day += workdays.ONE_DAY
