"""Transactions of who is signed in: what they do in a case is done in one, now."""

from contextlib import AbstractContextManager

from request_app.cases.action import Action
from request_app.desk.shell import services, session


def writing() -> AbstractContextManager[Action]:
    return services.parts().writing(session.actor())


def reading() -> AbstractContextManager[Action]:
    """For who only looks: it keeps nobody waiting."""
    return services.parts().reading(session.actor())
