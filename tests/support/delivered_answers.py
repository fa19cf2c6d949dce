"""An answer as the tests hand it over; every person in it is made up."""

from datetime import timedelta

from request_app.cases.action import PERSON
from request_app.cases.delivery import answer_package
from request_app.cases.delivery.delivery_code import deliver
from request_app.cases.delivery.fetch import fetch
from request_app.sealing import Keyring
from request_app.store import cases, outbox
from request_app.store.database import writing
from request_app.store.values import Way
from tests.support.actions import acting
from tests.support.filed_requests import DESK_KEY, NOW, file

RING = Keyring([DESK_KEY])
LETTER = "Hei Testi!\n\nOhessa tietosi.\n"
SHEET = b"\x00soutu;2026\r\n"
LATER = NOW + timedelta(days=3)
ON_FILE = "testi@tyopaikka.example"


def filed(engine, **changes):
    """A case, and the code of who asked."""
    with writing(engine) as connection:
        receipt = file(connection, **changes)
        return cases.by_reference(connection, receipt.reference), receipt.code


def packed(action, case, *, first="vastaus.txt", letter=LETTER, sheet="tietosi.csv"):
    package = answer_package.new_package(action, case)
    answer_package.add_file(action.connection, package, first, letter.encode())
    answer_package.add_file(action.connection, package, sheet, SHEET)
    return package


def handed(action, case, package, *, way=Way.LETTER, **changes):
    options = {"email": ON_FILE if way is Way.EMAIL else None}
    return deliver(action, case, package, way=way, **options | changes)


def delivered(engine, case, *, way=Way.EMAIL, **changes):
    """A package on its way, with its code and its delivery."""
    with acting(engine) as action:
        package = packed(action, case)
        return package, *handed(action, case, package, way=way, **changes)


def fetched(engine, code, access_code=None, *, now=LATER):
    with acting(engine, actor=PERSON, at=now) as action:
        return fetch(action, code, access_code)


def sent(engine, mail_id, *, now=NOW):
    """Let a mail have gone out."""
    with writing(engine) as connection:
        outbox.mark_sent(connection, mail_id, now=now)
