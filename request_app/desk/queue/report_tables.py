"""The yearly report as tables for the page, the terminal and spreadsheets."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.languages import N_, own_name
from request_app.cases.action import Action
from request_app.cases.grounds import EXTENSIONS
from request_app.cases.lifecycle.case_statistics import counted
from request_app.cases.records.annual_report import Report, Sums, report_of
from request_app.cases.rights import Result
from request_app.desk.shell.labels import CHANNELS, RIGHTS
from request_app.store import statistics
from request_app.store.values import Channel

BECAME: Mapping[Result, str] = {
    Result.GRANTED: N_("Carried out"),
    Result.IN_PART: N_("Carried out in part"),
    Result.REFUSED: N_("Refused"),
    Result.NOT_IDENTIFIED: N_("Not identified"),
    Result.NO_DATA: N_("No data"),
    Result.PASSED_ON: N_("Passed on"),
    Result.CANCELLED: N_("Cancelled"),
    Result.OPEN: N_("Still open"),
}
NUMBER = N_("Requests")

Cell = str | int | float | None
Gettext = Callable[[str], str]


class Figures(NamedTuple):
    """A table: its heading, column headings and rows."""

    heading: str
    columns: list[str]
    rows: list[list[Cell]]


def read_report(action: Action, year: int) -> Report:
    """The report as of today."""
    suspected = statistics.suspects(action.connection, year)
    return report_of(year, counted(action, year), suspected=suspected)


def figures(report: Report, gettext: Gettext, language: str) -> list[Figures]:
    """The tables of a report that have rows."""
    made = [
        Figures(
            gettext(N_("The year as a whole")),
            _two(gettext),
            list(_whole(report, gettext)),
        ),
        _by_right(report, gettext),
        _by_quarter(report, gettext),
        Figures(
            gettext(N_("By the way they came")),
            _two(gettext),
            [
                [gettext(CHANNELS[Channel(key)]), number]
                for key, number in _most(report.channels)
            ],
        ),
        Figures(
            gettext(N_("By language")),
            _two(gettext),
            [[own_name(key), number] for key, number in _most(report.languages)],
        ),
        Figures(
            gettext(N_("Why more time was needed")),
            _two(gettext),
            [
                [_reason(key, language), number]
                for key, number in _most(report.extensions)
            ],
        ),
    ]
    return [each for each in made if each.rows]


def lines(report: Report, gettext: Gettext, language: str) -> list[list[Cell]]:
    """The tables one after the other for a spreadsheet, with rows of equal length."""
    rows: list[list[Cell]] = [
        [gettext(N_("Data protection requests of the year")), report.year]
    ]
    for each in figures(report, gettext, language):
        rows += [[], [each.heading], [*each.columns], *each.rows]
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _whole(report: Report, gettext: Gettext) -> Iterator[list[Cell]]:
    whole = report.whole
    yield [gettext(N_("Received")), whole.received]
    yield [gettext(N_("Closed")), whole.closed]
    yield [gettext(N_("Still open")), whole.open]
    yield [gettext(N_("Answered")), whole.answered]
    yield [gettext(N_("Days to the answer: the median")), whole.median]
    yield [gettext(N_("Days to the answer: the longest")), whole.worst]
    yield [gettext(N_("Answered by the desk’s own aim, per cent")), whole.share_in_aim]
    yield [gettext(N_("Late")), whole.late]
    yield [gettext(N_("Time extended")), whole.extended]
    yield [gettext(N_("Waited for the person")), report.paused]
    yield [gettext(N_("Days of waiting that were added")), report.paused_days]
    yield [
        gettext(N_("Put aside as suspected spam, in no other number")),
        report.suspected,
    ]


def _by_right(report: Report, gettext: Gettext) -> Figures:
    ends = [each for each in Result if any(each is end for _, end in report.rights)]
    rights = [
        each for each in RIGHTS if any(each is right for right, _ in report.rights)
    ]
    rows: list[list[Cell]] = [
        [
            gettext(RIGHTS[right]),
            sum(report.rights[right, end] for end in ends),
            *(report.rights[right, end] for end in ends),
        ]
        for right in rights
    ]
    columns = [
        gettext(N_("Right")),
        gettext(NUMBER),
        *(gettext(BECAME[end]) for end in ends),
    ]
    return Figures(gettext(N_("By right, and how it ended")), columns, rows)


def _by_quarter(report: Report, gettext: Gettext) -> Figures:
    columns = [
        N_("Quarter"),
        N_("Received"),
        N_("Answered"),
        N_("Median days"),
        N_("Late"),
        N_("Time extended"),
    ]
    rows = [_quarter(number, each) for number, each in enumerate(report.quarters, 1)]
    return Figures(gettext(N_("By quarter")), [gettext(each) for each in columns], rows)


def _quarter(number: int, sums: Sums) -> list[Cell]:
    return [
        f"{number}/4",
        sums.received,
        sums.answered,
        sums.median,
        sums.late,
        sums.extended,
    ]


def _two(gettext: Gettext) -> list[str]:
    return ["", gettext(NUMBER)]


def _most(counter: Mapping[str, int] | Mapping[Channel, int]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _reason(key: str, language: str) -> str:
    """The reason as letters word it; an unknown key is returned unchanged."""
    if key not in EXTENSIONS:
        return key
    texts = EXTENSIONS[key].reason.root
    return texts.get(language) or next(iter(texts.values()))
