"""What all commands share: options, exit codes, and how they refuse."""

import sys
from collections.abc import Iterable
from gettext import NullTranslations
from pathlib import Path
from typing import NoReturn

import click

from generator.content.problems import Problem
from generator.languages import N_

FINDINGS, WRONG_INPUT = 1, 2  # exit codes beside 0

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help=N_("The folder that holds site.yaml and content/ (default: this one)."),
)


def tell(problems: Iterable[Problem], texts: NullTranslations) -> None:
    """Tell each problem on a line of its own: path:line:column: message."""
    for problem in problems:
        click.echo(problem.line_of_report(texts), err=True)


def refuse(sentence: str) -> NoReturn:
    """Say why it cannot be done, and exit with 2."""
    click.echo(sentence, err=True)
    sys.exit(WRONG_INPUT)
