"""What somebody does in a case, as the tests do it."""

from contextlib import contextmanager
from dataclasses import replace

from request_app.cases.action import Action
from request_app.sealing.keyfiles import read_form_key, read_keyring
from request_app.store.database import writing
from tests.support.filed_requests import NOW, SETTINGS


def action(connection, *, actor="test", at=NOW, **settings):
    return Action(connection, actor, at, replace(SETTINGS, **settings))


@contextmanager
def acting(engine, **changes):
    """One transaction of somebody."""
    with writing(engine) as connection:
        yield action(connection, **changes)


def keys_in(folder):
    """The keys of a form and a desk, as settings of an action."""
    return {
        "sealing_key": lambda: read_form_key(folder / "form"),
        "keyring": lambda: read_keyring(folder / "desk"),
    }
