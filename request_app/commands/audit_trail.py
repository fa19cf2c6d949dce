"""Commands of the audit trail: print its head, and check that it is unchanged."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from request_app.backup.manifest import MAGIC
from request_app.commands.failure import exit_on_failure, fail
from request_app.public import services
from request_app.store import chain, database
from request_app.store.audit import Head, head_of

TOP = 1024 * 1024  # bytes: a back-up has its head there, and the rest is sealed


@click.group()
def audit() -> None:
    """Check that nobody changed the audit trail."""


@audit.command("head")
@with_appcontext
def show_head() -> None:
    """Print the end of the trail: keep it where the server's users cannot write."""
    with exit_on_failure(), database.reading(services.current().engine) as connection:
        head = head_of(connection)
    click.echo(str(head))


@audit.command("verify")
@click.option(
    "--head",
    "noted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A file with what `audit head` printed once, or a backup: shows a cut end.",
)
@with_appcontext
def verify(noted: tuple[Path, ...]) -> None:
    """Follow the chain of rows, and tell the first that is not as it was written."""
    heads = [head for file in noted for head in _heads_of(file)]
    with exit_on_failure():
        head, fault = chain.check(services.current().engine, heads)
    if fault:
        fail(f"{fault} Up to row {head.seq} the trail is as it was written.")
    click.echo(f"Rows: {head.seq}, each as it was written. Head: {head}")
    if not heads:
        click.echo("Whether its end was cut off shows only with --head.")


def _heads_of(file: Path) -> list[Head]:
    with file.open("rb") as opened:
        content = opened.read(TOP)
        if not content.startswith(MAGIC):
            content += opened.read()
    text = content.decode("ascii", "replace")
    return Head.all_of(text) or fail(f"There is no head of a trail in {file}.")
