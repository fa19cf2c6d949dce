"""Transactions of who is signed in: what they do in a case is done in one, now."""

from contextlib import AbstractContextManager

from request_app.cases.action import Action
from request_app.desk.shell.services import parts
from request_app.desk.shell.session import actor


def writing() -> AbstractContextManager[Action]:
    return parts().writing(actor())


def reading() -> AbstractContextManager[Action]:
    """For who only looks: it keeps nobody waiting."""
    return parts().reading(actor())
