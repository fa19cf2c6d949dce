"""The yearly report as a page and as CSV; it holds only counts."""

from datetime import MINYEAR

from flask import Response, abort
from werkzeug.wrappers import Response as AnyResponse

from request_app.cases.records.annual_report import Report
from request_app.deadlines import local_day
from request_app.desk.queue.report_tables import figures, lines, read_report
from request_app.desk.shell import access, services, transactions
from request_app.desk.shell.page import this_page
from request_app.store import database, statistics
from request_app.store.values import Role
from request_app.web.spreadsheet import csv_of

LAST_YEAR = 9999


@access.blueprint.get("/report/")
@access.blueprint.get("/report/<int:year>")
@access.least(Role.VIEWER)
def report(year: int | None = None) -> Response:
    page, annual_report = (
        this_page(),
        _read(local_day(services.now()).year if year is None else year),
    )
    with database.reading(services.current().engine) as connection:
        years = statistics.years(connection)
    return page.answer(
        "queue/report",
        report=annual_report,
        figures=figures(annual_report, page.gettext, page.language),
        years=years,
        aim_days=services.current().settings.aim_days,
    )


@access.blueprint.get("/report/<int:year>.csv")
@access.least(Role.VIEWER)
def report_csv(year: int) -> AnyResponse:
    page = this_page()
    content = csv_of(lines(_read(year), page.gettext, page.language))
    response = Response(content, mimetype="text/csv")
    name = f"report-{year}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _read(year: int) -> Report:
    if not MINYEAR <= year <= LAST_YEAR:
        abort(404)
    with transactions.reading() as action:
        return read_report(action, year)
