"""Letting a request in that was put aside as suspected spam."""

from request_app.cases.action import Action
from request_app.cases.lifecycle.opened_case import Opened
from request_app.cases.messages.acknowledgement import acknowledge
from request_app.store import cases


def release(action: Action, opened: Opened) -> None:
    """Take a case out of the suspects; its sender gets the acknowledgement now."""
    case = opened.case
    if not cases.release(action.connection, case.id):
        return
    if opened.email:
        acknowledge(action, case, opened.email)
    action.audit(case, "case.released")
