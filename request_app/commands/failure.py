"""Ending a command that cannot continue, with a sentence and exit code 2."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from generator.content.problems import ContentError
from request_app.backup.manifest import BackupError
from request_app.retention import RetentionError
from request_app.sealing import SealingError
from request_app.store.database import StoreError

WRONG_INPUT = 2


@contextmanager
def exit_on_failure() -> Iterator[None]:
    """Turn errors that an operator can fix into a sentence, without a traceback."""
    try:
        yield
    except (SealingError, BackupError, RetentionError) as error:
        fail(str(error))
    except StoreError as error:
        fail(f"The database cannot be used ({error}). Is it there, and is it set up?")
    except ContentError as error:
        fail(f"The notice has {len(error.problems)} problems; see make check-notice.")
    except BrokenPipeError:
        raise  # the reader, such as `head`, has stopped; click ends without a message
    except OSError as error:
        why = error.strerror or type(error).__name__
        fail(f"{error.filename or 'A file'} cannot be used ({why}).")


def fail(sentence: str) -> NoReturn:
    """Print a sentence to standard error, and exit with code 2."""
    click.echo(sentence, err=True)
    sys.exit(WRONG_INPUT)


def actor() -> str:
    """The name that the audit trail gives to whoever runs the command."""
    return f"command:{getpass.getuser()}"
