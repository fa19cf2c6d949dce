"""What all commands share: options, exit codes, and how they refuse."""

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


def _speak(context: click.Context, _: click.Parameter, code: str | None) -> None:
    if code is None:
        return
    known = sorted(available(TRANSLATIONS / "tools"))
    if code not in known:
        told = tool_messages(language_of_user()).gettext(
            "There are no messages in language “%(code)s”. There are in: %(known)s."
        )
        refuse(told % {"code": code, "known": ", ".join(known)})
    context.obj = tool_messages(code)


# Before the command, or after it.
LANG = click.option(
    "--lang",
    metavar="CODE",
    callback=_speak,
    expose_value=False,
    is_eager=True,
    help=N_("Language of the messages: fi or en."),
)


def language_of_user() -> str:
    """Return the language of messages, in gettext's own order of precedence."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2].lower()
    return "en"


def tell(problems: Iterable[Problem], texts: NullTranslations) -> None:
    """Tell each problem on a line of its own: path:line:column: message."""
    for problem in problems:
        click.echo(problem.line_of_report(texts), err=True)


def refuse(sentence: str) -> NoReturn:
    """Say why it cannot be done, and exit with 2."""
    click.echo(sentence, err=True)
    sys.exit(WRONG_INPUT)
