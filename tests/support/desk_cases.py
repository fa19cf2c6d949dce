"""Cases on the desk of a test, sealed to its own keys."""

from dataclasses import replace

from request_app.store import accounts, audit, cases, readers
from request_app.store.database import reading, writing
from request_app.web.services import NAME, now
from tests.support.filed_requests import SUBMISSION, file


def filed(app, nonce=b"a nonce of a case", *, submission=SUBMISSION, **changes):
    """Take a request in, now; return the case."""
    parts = app.extensions[NAME]
    came = {"nonce": nonce, "received_at": now(), "entered_at": now()} | changes
    with writing(parts.engine) as connection:
        receipt = file(connection, submission, settings=parts.case_settings(), **came)
        return cases.by_reference(connection, receipt.reference)


def many(app, count, **changes):
    return [
        filed(app, f"nonce of a case {number:03}".encode(), **changes)
        for number in range(count)
    ]


def change(app, case, **values):
    """Write columns of a case as its steps would."""
    with writing(app.extensions[NAME].engine) as connection:
        cases.save(connection, replace(case, **values))


def restrict(app, case, *names):
    with writing(app.extensions[NAME].engine) as connection:
        ids = [accounts.by_name(connection, name).id for name in names]
        readers.restrict(connection, case.id, ids)


def again(app, case):
    with reading(app.extensions[NAME].engine) as connection:
        return cases.by_id(connection, case.id)


def newest_of_audit(app):
    with reading(app.extensions[NAME].engine) as connection:
        return audit.entries(connection)[-1]
