"""Releasing a request that was set aside as suspected spam."""

from request_app.cases.action import Action
from request_app.cases.lifecycle.opened_case import Opened
from request_app.cases.messages.acknowledgement import acknowledge
from request_app.store import cases


def release(action: Action, opened: Opened) -> None:
    """Release a case from suspected spam, and send its acknowledgement."""
    case = opened.case
    if not cases.release(action.connection, case.id):
        return
    if opened.email:
        acknowledge(action, case, opened.email)
    action.audit(case, "case.released")
