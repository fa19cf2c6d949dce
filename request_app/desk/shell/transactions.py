"""Transactions in the name of the account that is signed in."""

from contextlib import AbstractContextManager

from request_app.cases.action import Action
from request_app.desk.shell import services, session


def writing() -> AbstractContextManager[Action]:
    return services.current().writing(session.actor())


def reading() -> AbstractContextManager[Action]:
    """For who only looks: it keeps nobody waiting."""
    return services.current().reading(session.actor())
