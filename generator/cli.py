"""The commands: `python -m generator init|build|check|serve|schema`."""

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from typing import TypeVar

import click
from pydantic_core import PydanticCustomError

from generator import starter
from generator.checks import answers, commands as checks
from generator.console import LANG, ROOT, fail, language_of_user, print_problems
from generator.content import problems, yaml_mistakes
from generator.content.reader import CONTENT, SITE, Content, read_content
from generator.languages import N_, tool_messages
from generator.pages import count, pages
from generator.publish import PublishError, publish
from generator.schema import schema_files
from generator.serve import HOST, Preview, server

Parsed = TypeVar("Parsed")


@click.group()
@LANG
@click.pass_context
def main(context: click.Context) -> None:
    """Publish and check a privacy notice that is kept as plain YAML."""
    context.obj = context.obj or tool_messages(language_of_user())


main.add_command(checks.check_command)
main.add_command(checks.translations_command)


def content_or_exit(root: Path, messages: NullTranslations) -> Content:
    """Read the content, or print every problem and exit with 2."""
    try:
        content = read_content(root)
        answers.read_answers(content)
    except problems.ContentError as error:
        print_problems(error.problems, messages)
        number = len(error.problems)
        closing = messages.ngettext(
            "%(count)s problem. Nothing was published.",
            "%(count)s problems. Nothing was published.",
            number,
        )
        fail(closing % {"count": number})
    return content


@main.command()
@ROOT
@LANG
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
    messages: NullTranslations,
    root: Path,
    output: Path | None,
    request_form: str | None,
    *,
    strict: bool,
) -> None:
    """Build the site; publish it whole, or leave the old one as it is."""
    if not (root / SITE).is_file():
        content_or_exit(root, messages)  # before publishing makes a folder
    output = output or root / "public"
    try:
        files = _files(root, messages, request_form, strict=strict)
        published = publish(files, output)
    except PublishError as error:
        fail(error.message(messages))
    message = messages.ngettext(
        "%(count)s file in %(output)s.",
        "%(count)s files in %(output)s.",
        published.files,
    ) % {"count": published.files, "output": output}
    if not published.changed:
        message += " " + messages.gettext("Nothing has changed since the last build.")
    click.echo(message)


def _files(
    root: Path, messages: NullTranslations, request_form: str | None, *, strict: bool
) -> Iterator[tuple[str, bytes]]:
    """Read the content and yield its files.

    It is read when the first file is asked for, while no other build is at work: the
    build that publishes last has read last.
    """
    content = content_or_exit(root, messages)
    if strict:
        checks.exit_if_gaps(content, messages)
    if request_form:
        site = content.site.model_copy(update={"request_form": request_form})
        content = replace(content, site=site)
    with click.progressbar(
        pages(content),
        length=count(content),
        label=messages.gettext("Building"),
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as made:
        yield from made


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@LANG
@click.option("--name", help=N_("The official name of the organisation."))
@click.option("--languages", metavar="CODES", help=N_("Its languages: fi,en."))
@click.option("--base-url", metavar="URL", help=N_("Where the site is published."))
@click.pass_obj
def init(
    messages: NullTranslations,
    folder: Path,
    name: str | None,
    languages: str | None,
    base_url: str | None,
) -> None:
    """Begin an organisation of your own; ask only what must be known."""
    for path in (folder / SITE, folder / CONTENT):
        if path.exists():
            message = messages.gettext(
                "%(path)s is there already. Give an empty folder."
            )
            fail(message % {"path": path})
    known = ", ".join(starter.LANGUAGES)
    ask = partial(_ask, messages)
    files = starter.starter_files(
        name=ask(name, N_("Official name of the organisation"), starter.as_name),
        languages=ask(
            languages, N_("Languages, the first one first"), starter.as_languages, known
        ),
        base_url=ask(base_url, N_("Web address of the notice"), starter.as_base_url),
    )
    try:
        for name_of_file, text in files:
            file = folder / name_of_file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        _write_schemas(folder)
    except OSError:
        message = messages.gettext(
            "%(folder)s cannot be written to. Give another folder."
        )
        fail(message % {"folder": folder})
    for message in (
        messages.gettext("The first files are in %(folder)s."),
        messages.gettext("To see the site: python -m generator serve --root %(root)s"),
        messages.gettext("What is missing: python -m generator check --root %(root)s"),
    ):
        click.echo(message % {"folder": folder, "root": shlex.quote(str(folder))})


def _ask(
    messages: NullTranslations,
    given: str | None,
    question: str,
    parse: Callable[[str], Parsed],
    default: str | None = None,
) -> Parsed:
    """Return the value of an option, or ask until the answer is valid."""

    def parse_answer(value: str) -> Parsed:
        try:
            return parse(value)
        except PydanticCustomError as error:
            values = error.context or {}
            raise click.UsageError(
                problems.Problem("", *yaml_mistakes.START, error.type, values).message(
                    messages
                )
            ) from error

    if given is None:
        answer: Parsed = click.prompt(
            messages.gettext(question), default=default, value_proc=parse_answer
        )
        return answer
    try:
        return parse_answer(given)
    except click.UsageError as error:
        fail(error.message)


def _write_schemas(root: Path) -> Path:
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    for name, data in schema_files():
        (folder / name).write_bytes(data)
    return folder


@main.command()
@ROOT
@LANG
@click.pass_obj
def schema(messages: NullTranslations, root: Path) -> None:
    """Write the schemas by which editors complete and check the content."""
    folder = _write_schemas(root)
    message = messages.gettext("Wrote the schemas for editors to %(folder)s.")
    click.echo(message % {"folder": folder})


@main.command()
@ROOT
@LANG
@click.option("--port", default=8000, help=N_("The port to serve at (default: 8000)."))
@click.pass_obj
def serve(messages: NullTranslations, root: Path, port: int) -> None:
    """Show the site in a browser, and what is wrong with the content, as you write."""
    preview = Preview(root, lambda place: dict(pages(read_content(place))))
    try:
        running = server(preview, messages, port=port)
    except OSError:
        message = messages.gettext("Port %(port)s is in use. Give another with --port.")
        fail(message % {"port": port})
    message = messages.gettext(
        "The notice is at http://%(host)s:%(port)s/ (stop: Ctrl+C)."
    )
    click.echo(message % {"host": HOST, "port": running.server_port})
    with running, suppress(KeyboardInterrupt):
        running.serve_forever()
