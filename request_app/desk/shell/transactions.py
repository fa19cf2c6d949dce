"""Transactions in the name of the account that is signed in."""

from contextlib import AbstractContextManager

from request_app.cases.action import Action
from request_app.desk.shell import services, session


def writing() -> AbstractContextManager[Action]:
    return services.current().writing(session.actor())


def reading() -> AbstractContextManager[Action]:
    """A transaction that only reads, so that it blocks nobody."""
    return services.current().reading(session.actor())
