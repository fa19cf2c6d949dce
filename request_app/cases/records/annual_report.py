"""The annual report: the requests, their results and how long they took.

A sum of the statistics of all cases: deleted, closed or open. No table combines facts
that could identify a person, except rights with their results.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from request_app.cases.lifecycle.case_statistics import Counted
from request_app.cases.rights import Result
from request_app.store.values import Channel, Right

MONTHS = 3  # of a quarter


@dataclass
class Sums:
    """The sums of a year or of a quarter."""

    received: int = 0
    open: int = 0
    late: int = 0
    extended: int = 0
    in_aim: int = 0
    days: Counter[int] = field(default_factory=Counter)  # until the first answer

    @property
    def answered(self) -> int:
        return self.days.total()

    @property
    def closed(self) -> int:
        return self.received - self.open

    @property
    def worst(self) -> int | None:
        return max(self.days, default=None)

    @property
    def median(self) -> float | None:
        """The median number of days until the answer."""
        if not self.answered:
            return None
        middle = (self.answered + 1) // 2, self.answered // 2 + 1
        return sum(self._at(place) for place in middle) / 2

    @property
    def share_in_aim(self) -> int | None:
        """The percentage of answers sent within the desk’s own target."""
        return round(100 * self.in_aim / self.answered) if self.answered else None

    def add(self, each: Counted) -> None:
        row, number = each.row, each.number
        self.received += number
        self.open += 0 if each.closed else number
        self.late += number if row.late else 0
        self.extended += number if row.extension else 0
        self.in_aim += number if row.in_aim else 0
        if row.days is not None:
            self.days[row.days] += number

    def _at(self, place: int) -> int:
        passed = 0
        for days in sorted(self.days):
            passed += self.days[days]
            if passed >= place:
                return days
        raise IndexError(place)


@dataclass
class Report:
    """The requests of a year, by day of receipt."""

    year: int
    suspected: int = 0  # put aside as spam, and in none of the sums
    whole: Sums = field(default_factory=Sums)
    quarters: tuple[Sums, ...] = field(
        default_factory=lambda: tuple(Sums() for _ in range(4))
    )
    rights: Counter[tuple[Right, Result]] = field(default_factory=Counter)
    channels: Counter[Channel] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    extensions: Counter[str] = field(default_factory=Counter)  # by the reason
    paused: int = 0
    paused_days: int = 0

    def add(self, each: Counted) -> None:
        row, number = each.row, each.number
        for sums in (self.whole, self.quarters[(row.month - 1) // MONTHS]):
            sums.add(each)
        for right, result in row.rights.items():
            self.rights[Right(right), Result(result)] += number
        self.channels[row.channel] += number
        self.languages[row.language] += number
        if row.extension:
            self.extensions[row.extension] += number
        if row.paused:
            self.paused += number
            self.paused_days += row.paused * number


def report_of(year: int, counted: Iterable[Counted], *, suspected: int = 0) -> Report:
    report = Report(year, suspected)
    for each in counted:
        report.add(each)
    return report
