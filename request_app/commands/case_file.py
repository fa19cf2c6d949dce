"""Printing the file of a case: everything that shows how it was handled."""

import click
from flask.cli import with_appcontext

from request_app.cases.action import Action
from request_app.cases.lifecycle.opened_case import Opened, open_case
from request_app.cases.records.case_file import Reader, casefile
from request_app.commands.desk_keys import desk_settings
from request_app.commands.failure import actor, exit_on_failure, fail
from request_app.desk.case.file_page import HTML, JSON, as_json, html, language_of
from request_app.public import services
from request_app.sealing import read_reference
from request_app.store import cases as store, database


@click.group()
def cases() -> None:
    """What there is of a request."""


@cases.command("file")
@click.argument("reference")
@click.option("--language", help="fi, en …; without it, that of the notice.")
@click.option("--json", "for_programs", is_flag=True, help="The same facts as JSON.")
@with_appcontext
def write_file(reference: str, language: str | None, for_programs: bool) -> None:  # noqa: FBT001 - an option of the command
    """Print all that shows how a request was dealt with: … > file.html."""
    with exit_on_failure():
        content = services.current().published.edition().content
        reader = Reader(
            language=language_of(language, content),
            form=JSON if for_programs else HTML,
            content=content,
        )
        with database.writing(services.current().engine) as connection:
            action = Action(
                connection, actor(), services.now(), desk_settings(services.current())
            )
            data = casefile(action, _open(action, reference), reader)
    click.echo(as_json(data) if for_programs else html(data, content), nl=False)


def _open(action: Action, reference: str) -> Opened:
    """Open a case, unless only named readers may: those open it on the desk."""
    case = store.by_reference(action.connection, read_reference(reference))
    if case is None:
        fail(f"There is no case {reference}.")
    if case.restricted:
        fail("This request is for named readers. They open it on the desk.")
    return open_case(action, case)
