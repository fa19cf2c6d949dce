"""The commands: `python -m generator build|check|serve|schema`."""

import os
import sys
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import click

from generator.build import PublishError, publish
from generator.content.problems import ContentError
from generator.content.reader import Content, read_content
from generator.languages import N_, tool_messages
from generator.pages import pages

FINDINGS, WRONG_INPUT = 1, 2  # exit codes beside 0

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help=N_("The folder that holds site.yaml and content/ (default: this one)."),
)


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


def content_or_exit(root: Path, texts: NullTranslations) -> Content:
    """Read the content, or tell every problem and exit with 2."""
    try:
        return read_content(root)
    except ContentError as error:
        for problem in error.problems:
            click.echo(problem.line_of_report(texts), err=True)
        count = len(error.problems)
        closing = texts.ngettext(
            "%(count)s problem. Nothing was published.",
            "%(count)s problems. Nothing was published.",
            count,
        )
        click.echo(closing % {"count": count}, err=True)
        sys.exit(WRONG_INPUT)


@main.command()
@ROOT
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=N_("Where the site is published (default: public under the root)."),
)
@click.option(
    "--request-form",
    metavar="ADDRESS",
    help=N_("The address of the request form, in place of the one in site.yaml."),
)
@click.pass_obj
def build(
    texts: NullTranslations, root: Path, output: Path | None, request_form: str | None
) -> None:
    """Build the site; publish it whole, or leave the old one as it is."""
    content = content_or_exit(root, texts)
    if request_form:
        site = content.site.model_copy(update={"request_form": request_form})
        content = replace(content, site=site)
    output = output or root / "public"
    try:
        published = publish(pages(content), output)
    except PublishError as error:
        click.echo(error.message(texts), err=True)
        sys.exit(WRONG_INPUT)
    told = texts.ngettext(
        "%(count)s file in %(output)s.",
        "%(count)s files in %(output)s.",
        published.files,
    ) % {"count": published.files, "output": output}
    if not published.changed:
        told += " " + texts.gettext("Nothing has changed since the last build.")
    click.echo(told)
