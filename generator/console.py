"""What all commands share: options, exit codes, and how they report errors."""

import os
import sys
from collections.abc import Iterable
from gettext import NullTranslations
from pathlib import Path
from typing import NoReturn

import click

from generator.content.problems import Problem
from generator.languages import N_, available, tool_messages
from generator.resources import TRANSLATIONS

FINDINGS, WRONG_INPUT = 1, 2  # exit codes beside 0

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help=N_("The folder that holds site.yaml and content/ (default: this one)."),
)


def _set_language(context: click.Context, _: click.Parameter, code: str | None) -> None:
    if code is None:
        return
    known = sorted(available(TRANSLATIONS / "tools"))
    if code not in known:
        message = tool_messages(language_of_user()).gettext(
            "There are no messages in language “%(code)s”. There are in: %(known)s."
        )
        fail(message % {"code": code, "known": ", ".join(known)})
    context.obj = tool_messages(code)


# Accepted before the command and after it
LANG = click.option(
    "--lang",
    metavar="CODE",
    callback=_set_language,
    expose_value=False,
    is_eager=True,
    help=N_("Language of the messages: fi or en."),
)


def language_of_user() -> str:
    """Return the language of messages from the environment, as gettext does."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2].lower()
    return "en"


def print_problems(problems: Iterable[Problem], messages: NullTranslations) -> None:
    """Print each problem on one line: path:line:column: message."""
    for problem in problems:
        click.echo(problem.line_of_report(messages), err=True)


def fail(sentence: str) -> NoReturn:
    """Print an error and exit with 2."""
    click.echo(sentence, err=True)
    sys.exit(WRONG_INPUT)
