"""What people are told by: asked for or read from a file, and never an argument.

Arguments can be seen in the list of processes and stay in the history of the shell:
GDPR Art. 32. Questions go to standard error, so that standard output is the letter.
"""

from collections.abc import Iterator
from typing import TextIO

import click
from email_validator import EmailNotValidError

from request_app.commands.sentences import fail
from request_app.web import clean


def line(question: str) -> str:
    """One line; an empty one is an answer too."""
    answer: str = click.prompt(question, default="", show_default=False, err=True)
    return clean.line(answer)


def lines(question: str) -> str:
    """Some lines, as of an address."""
    click.echo(f"{question} (an empty line ends it):", err=True)
    return clean.text("\n".join(_until_empty()))


def email(question: str) -> str:
    """An address by the rule of the form."""
    answer = line(question)
    try:
        return clean.email(answer) if answer else ""
    except EmailNotValidError:
        fail("Write the e-mail address in the form name@example.com.")


def text(question: str, file: TextIO) -> str:
    """All that a file holds, or all that is typed."""
    if file.isatty():
        click.echo(f"{question} (Ctrl+D on an empty line ends it):", err=True)
    try:
        return clean.text(file.read())
    except UnicodeDecodeError:
        fail("The text is not written in UTF-8.")


def _until_empty() -> Iterator[str]:
    while answer := click.prompt(
        "", default="", show_default=False, prompt_suffix="> ", err=True
    ):
        yield answer
