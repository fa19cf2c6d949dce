"""Printing the annual report, as text or as a file for a spreadsheet."""

import click
from flask.cli import with_appcontext

from generator.languages import catalogue
from request_app.commands.failure import actor, exit_on_failure, fail
from request_app.desk.queue import report_tables
from request_app.public import services
from request_app.web.spreadsheet import csv_of

YEARS = click.IntRange(2018, 9998)  # since the regulation applies


@click.command()
@click.argument("year", type=YEARS)
@click.option("--csv", is_flag=True, help="Write a file for a spreadsheet.")
@click.option("--language", help="Of the words; without it, that of the notice.")
@with_appcontext
def report(year: int, *, csv: bool, language: str | None) -> None:
    """Tell how many requests a year had, how they ended and how long they took."""
    with exit_on_failure():
        site = services.current().published.edition().content.site
        language = language or site.default_language
        if language not in site.languages:
            fail(f"There is no language {language}.")
        with services.current().reading(actor()) as action:
            counts = report_tables.read_report(action, year)
    gettext = catalogue(language).gettext
    if csv:
        click.echo(csv_of(report_tables.lines(counts, gettext, language)), nl=False)
        return
    for each in report_tables.figures(counts, gettext, language):
        click.echo(f"\n{each.heading} ({year})")
        for row in _aligned(each):
            click.echo(row)


def _aligned(each: report_tables.Figures) -> list[str]:
    """The rows with their columns one below the other; nothing stands in long ones."""
    head: list[report_tables.Cell] = list(each.columns)
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in [head, *each.rows]
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [
                cell.rjust(width)
                for cell, width in zip(row[1:], widths[1:], strict=True)
            ]
        ).rstrip()
        for row in rows
    ]
