"""How commands end when they cannot go on: a sentence, and the exit code 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from generator.content.problems import ContentError
from request_app.sealing import SealingError
from request_app.store.database import StoreError

WRONG_INPUT = 2


@contextmanager
def in_sentences() -> Iterator[None]:
    """Tell a fault that an operator can mend, without a traceback."""
    try:
        yield
    except SealingError as error:
        fail(str(error))
    except StoreError as error:
        fail(f"The database cannot be used ({error}). Is it there, and is it set up?")
    except ContentError as error:
        fail(f"The notice has {len(error.problems)} problems; see make check-notice.")


def fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(WRONG_INPUT)
