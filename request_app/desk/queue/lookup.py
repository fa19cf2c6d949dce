"""Finding a case by its reference, if the signed-in account may know of it.

A restricted case is for its named readers (GDPR Art. 32(1)(b)). Anyone else gets the
same page as for a reference that does not exist.
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
    """The case to open; administrators open a restricted one only as named readers."""
    with database.reading(services.current().engine) as connection:
        case = _case(connection, reference)
        if case is None or not readable(connection, case):
            abort(HTTPStatus.NOT_FOUND)
    return case


def find_named(reference: str) -> cases.Case:
    """The case whose readers are set; administrators may do so without opening it."""
    with database.reading(services.current().engine) as connection:
        case = known(connection, reference)
    return case or abort(HTTPStatus.NOT_FOUND)


def known(connection: Connection, reference: str) -> cases.Case | None:
    """A case that the signed-in account may know of, even if it may not open it."""
    case = _case(connection, reference)
    if case and (readable(connection, case) or session.may(Role.ADMIN)):
        return case
    return None


def readable(connection: Connection, case: cases.Case) -> bool:
    """Whether the signed-in account may open a case."""
    if not case.restricted:
        return True
    return session.this_account().id in readers.of_case(connection, case.id)


def address_of(reference: str, *, opens: bool = True) -> str:
    """The address of a case, or of its list of readers if one may not open it."""
    if opens:
        return f"{ROOT}cases/{reference}/"
    return url_for("desk.people", reference=reference)


def reader() -> queue.QueueReader:
    """The reader of the queue; administrators also see that restricted cases exist."""
    return queue.QueueReader(
        session.this_account().id, sees_all=session.may(Role.ADMIN)
    )


def _case(connection: Connection, typed: str) -> cases.Case | None:
    return cases.by_reference(connection, read_reference(typed))
