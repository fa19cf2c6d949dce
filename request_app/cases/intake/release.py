"""Letting a request in that was put aside as suspected spam."""

from sqlalchemy import Connection

from request_app.cases.action import By, Intake, tell_audit
from request_app.cases.lifecycle.opened import Opened
from request_app.cases.messages.acknowledgement import received_mail
from request_app.store import cases, outbox


def release(connection: Connection, opened: Opened, intake: Intake, by: By) -> None:
    """Take a case out of the suspects; its sender gets the acknowledgement now."""
    case = opened.case
    if not cases.release(connection, case.id):
        return
    if opened.email:
        outbox.put(connection, received_mail(case, opened.email, intake))
    tell_audit(connection, case, by.actor, "case.released", now=by.at)
