"""The report of a year in words: tables for the page, the terminal and spreadsheets."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.languages import N_, own_name
from request_app.cases.action import Action
from request_app.cases.grounds import EXTENSIONS
from request_app.cases.lifecycle.statistics import counted
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
Say = Callable[[str], str]


class Figures(NamedTuple):
    """A table: its heading, what stands above the columns, and its rows."""

    heading: str
    columns: list[str]
    rows: list[list[Cell]]


def read_report(action: Action, year: int) -> Report:
    """The report as of today."""
    suspected = statistics.suspects(action.connection, year)
    return report_of(year, counted(action, year), suspected=suspected)


def figures(report: Report, say: Say, language: str) -> list[Figures]:
    """Every table of a report; one without rows is left out."""
    made = [
        Figures(say(N_("The year as a whole")), _two(say), list(_whole(report, say))),
        _by_right(report, say),
        _by_quarter(report, say),
        Figures(
            say(N_("By the way they came")),
            _two(say),
            [
                [say(CHANNELS[Channel(key)]), number]
                for key, number in _most(report.channels)
            ],
        ),
        Figures(
            say(N_("By language")),
            _two(say),
            [[own_name(key), number] for key, number in _most(report.languages)],
        ),
        Figures(
            say(N_("Why more time was needed")),
            _two(say),
            [
                [_reason(key, language), number]
                for key, number in _most(report.extensions)
            ],
        ),
    ]
    return [each for each in made if each.rows]


def lines(report: Report, say: Say, language: str) -> list[list[Cell]]:
    """The same for a spreadsheet: each table with its heading; all rows as long."""
    rows: list[list[Cell]] = [
        [say(N_("Data protection requests of the year")), report.year]
    ]
    for each in figures(report, say, language):
        rows += [[], [each.heading], [*each.columns], *each.rows]
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _whole(report: Report, say: Say) -> Iterator[list[Cell]]:
    whole = report.whole
    yield [say(N_("Received")), whole.received]
    yield [say(N_("Closed")), whole.closed]
    yield [say(N_("Still open")), whole.open]
    yield [say(N_("Answered")), whole.answered]
    yield [say(N_("Days to the answer: the median")), whole.median]
    yield [say(N_("Days to the answer: the longest")), whole.worst]
    yield [say(N_("Answered by the desk’s own aim, per cent")), whole.share_in_aim]
    yield [say(N_("Late")), whole.late]
    yield [say(N_("Time extended")), whole.extended]
    yield [say(N_("Waited for the person")), report.paused]
    yield [say(N_("Days of waiting that were added")), report.paused_days]
    yield [say(N_("Put aside as suspected spam, in no other number")), report.suspected]


def _by_right(report: Report, say: Say) -> Figures:
    ends = [each for each in Result if any(each is end for _, end in report.rights)]
    rights = [
        each for each in RIGHTS if any(each is right for right, _ in report.rights)
    ]
    rows: list[list[Cell]] = [
        [
            say(RIGHTS[right]),
            sum(report.rights[right, end] for end in ends),
            *(report.rights[right, end] for end in ends),
        ]
        for right in rights
    ]
    columns = [say(N_("Right")), say(NUMBER), *(say(BECAME[end]) for end in ends)]
    return Figures(say(N_("By right, and how it ended")), columns, rows)


def _by_quarter(report: Report, say: Say) -> Figures:
    columns = [
        N_("Quarter"),
        N_("Received"),
        N_("Answered"),
        N_("Median days"),
        N_("Late"),
        N_("Time extended"),
    ]
    rows = [_quarter(number, each) for number, each in enumerate(report.quarters, 1)]
    return Figures(say(N_("By quarter")), [say(each) for each in columns], rows)


def _quarter(number: int, sums: Sums) -> list[Cell]:
    return [
        f"{number}/4",
        sums.received,
        sums.answered,
        sums.median,
        sums.late,
        sums.extended,
    ]


def _two(say: Say) -> list[str]:
    return ["", say(NUMBER)]


def _most(counter: Mapping[str, int] | Mapping[Channel, int]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _reason(key: str, language: str) -> str:
    """As letters give it; one that we no longer know stays as it is."""
    if key not in EXTENSIONS:
        return key
    texts = EXTENSIONS[key].reason.root
    return texts.get(language) or next(iter(texts.values()))
