"""Finding a case by its reference, if the account may know of it.

A restricted case is for its named readers (GDPR Art. 32(1)(b)). For anyone else there
is no such case: the page is the same as for a reference that was never given.
"""

from http import HTTPStatus

from flask import abort, url_for
from sqlalchemy import Connection

from request_app.desk.shell import services, session
from request_app.desk.shell.page import ROOT
from request_app.sealing import read_reference
from request_app.store import cases, database, queue, readers
from request_app.store.values import Role


def find(reference: str) -> cases.Case:
    """The case to open. Administrators too open a restricted one as its readers."""
    with database.reading(services.current().engine) as connection:
        case = _case(connection, reference)
        if case is None or not readable(connection, case):
            abort(HTTPStatus.NOT_FOUND)
    return case


def find_named(reference: str) -> cases.Case:
    """The case whose readers are to be named; administrators know that it is there."""
    with database.reading(services.current().engine) as connection:
        case = known(connection, reference)
    return case or abort(HTTPStatus.NOT_FOUND)


def known(connection: Connection, reference: str) -> cases.Case | None:
    """A case that the account may know of, whether or not it may open it."""
    case = _case(connection, reference)
    if case and (readable(connection, case) or session.may(Role.ADMIN)):
        return case
    return None


def readable(connection: Connection, case: cases.Case) -> bool:
    """Whether the account may open a case."""
    if not case.restricted:
        return True
    return session.this_account().id in readers.of_case(connection, case.id)


def address_of(reference: str, *, opens: bool = True) -> str:
    """The address of a case; if the account may not open it, that of its readers."""
    if opens:
        return f"{ROOT}cases/{reference}/"
    return url_for("desk.people", reference=reference)


def reader() -> queue.QueueReader:
    """The reader of the queue; administrators see that restricted cases exist."""
    return queue.QueueReader(
        session.this_account().id, sees_all=session.may(Role.ADMIN)
    )


def _case(connection: Connection, typed: str) -> cases.Case | None:
    return cases.by_reference(connection, read_reference(typed))
