"""How commands speak, and end when they cannot go on: a sentence, and exit code 2."""

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
def in_sentences() -> Iterator[None]:
    """Tell a fault that an operator can mend, without a traceback."""
    try:
        yield
    except (SealingError, BackupError, RetentionError) as error:
        fail(str(error))
    except StoreError as error:
        fail(f"The database cannot be used ({error}). Is it there, and is it set up?")
    except ContentError as error:
        fail(f"The notice has {len(error.problems)} problems; see make check-notice.")
    except BrokenPipeError:
        raise  # who reads on has seen enough, and click ends in silence
    except OSError as error:
        why = error.strerror or type(error).__name__
        fail(f"{error.filename or 'A file'} cannot be used ({why}).")


def fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(WRONG_INPUT)


def actor() -> str:
    """Whom the audit trail names."""
    return f"command:{getpass.getuser()}"
