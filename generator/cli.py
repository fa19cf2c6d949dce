"""The commands: `python -m generator build|check|serve|schema`."""

import os
import sys
from contextlib import suppress
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import click

from generator.build import PublishError, publish
from generator.checks import commands as checks
from generator.console import ROOT, refuse, tell
from generator.content.problems import ContentError
from generator.content.reader import Content, read_content
from generator.languages import N_, tool_messages
from generator.pages import count, pages
from generator.schema import schema_files
from generator.serve import HOST, Preview, server


def _language_of_user() -> str:
    """Return the language of messages, in gettext's own order of precedence."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2].lower()
    return "en"


@click.group()
@click.option("--lang", metavar="CODE", help=N_("Language of the messages: fi or en."))
@click.pass_context
def main(context: click.Context, lang: str | None) -> None:
    """Publish and check a privacy notice that is kept as plain YAML."""
    context.obj = tool_messages(lang or _language_of_user())


main.add_command(checks.check_command)
main.add_command(checks.translations_command)


def content_or_exit(root: Path, texts: NullTranslations) -> Content:
    """Read the content, or tell every problem and exit with 2."""
    try:
        return read_content(root)
    except ContentError as error:
        tell(error.problems, texts)
        number = len(error.problems)
        closing = texts.ngettext(
            "%(count)s problem. Nothing was published.",
            "%(count)s problems. Nothing was published.",
            number,
        )
        refuse(closing % {"count": number})


@main.command()
@ROOT
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=N_("Where the site is published (default: public under the root)."),
)
@click.option("--strict", is_flag=True, help=N_("Publish only if there are no gaps."))
@click.option(
    "--request-form",
    metavar="ADDRESS",
    help=N_("The address of the request form, in place of the one in site.yaml."),
)
@click.pass_obj
def build(
    texts: NullTranslations,
    root: Path,
    output: Path | None,
    request_form: str | None,
    *,
    strict: bool,
) -> None:
    """Build the site; publish it whole, or leave the old one as it is."""
    content = content_or_exit(root, texts)
    if strict:
        checks.exit_if_gaps(content, texts)
    if request_form:
        site = content.site.model_copy(update={"request_form": request_form})
        content = replace(content, site=site)
    output = output or root / "public"
    try:
        with click.progressbar(
            pages(content),
            length=count(content),
            label=texts.gettext("Building"),
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
        ) as files:
            published = publish(files, output)
    except PublishError as error:
        refuse(error.message(texts))
    told = texts.ngettext(
        "%(count)s file in %(output)s.",
        "%(count)s files in %(output)s.",
        published.files,
    ) % {"count": published.files, "output": output}
    if not published.changed:
        told += " " + texts.gettext("Nothing has changed since the last build.")
    click.echo(told)


@main.command()
@ROOT
@click.pass_obj
def schema(texts: NullTranslations, root: Path) -> None:
    """Write the schemas by which editors complete and check the content."""
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    for name, data in schema_files():
        (folder / name).write_bytes(data)
    told = texts.gettext("Wrote the schemas for editors to %(folder)s.")
    click.echo(told % {"folder": folder})


@main.command()
@ROOT
@click.option("--port", default=8000, help=N_("The port to serve at (default: 8000)."))
@click.pass_obj
def serve(texts: NullTranslations, root: Path, port: int) -> None:
    """Show the site in a browser, and what is wrong with the content, as you write."""
    preview = Preview(root, lambda place: dict(pages(read_content(place))))
    try:
        running = server(preview, texts, port=port)
    except OSError:
        told = texts.gettext("Port %(port)s is in use. Give another with --port.")
        refuse(told % {"port": port})
    told = texts.gettext("The notice is at http://%(host)s:%(port)s/ (stop: Ctrl+C).")
    click.echo(told % {"host": HOST, "port": running.server_port})
    with running, suppress(KeyboardInterrupt):
        running.serve_forever()
