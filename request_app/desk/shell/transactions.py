"""Transactions in the name of the signed-in account."""

from contextlib import AbstractContextManager

from request_app.cases.action import Action
from request_app.desk.shell import services, session


def writing() -> AbstractContextManager[Action]:
    return services.current().writing(session.actor())


def reading() -> AbstractContextManager[Action]:
    """An action that only reads, without blocking writers."""
    return services.current().reading(session.actor())
