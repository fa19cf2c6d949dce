"""Finding other requests of the same person, without contacts in plain text.

Contacts are stored as keyed hashes: without the desk's secret nobody can read them from
the database or test addresses. Overlapping requests may be answered as one (EDPB
01/2022 ¶180–182).
"""

import hmac
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from request_app.cases.action import WORKER, Action, CaseSettings
from request_app.logs import log_error
from request_app.sealing import SealingError
from request_app.store import cases, contacts, database, links, sealed_parts

MOST_LINKED = 20  # a flood under one address must not link everything to everything
LEAST_DIGITS = 5
PURPOSE = "seloste contact"  # as the secret signs other things too
COUNTRIES = (  # prefixes of phone numbers and what they mean in Finland
    (r"^00", "+"),
    (r"^0(?=\d)", "+358"),
    (r"^358(?=\d{6})", "+358"),
    (r"^\+3580+", "+358"),
)

Person = Mapping[str, Any]  # the person’s contacts, by the name of the field


def note(action: Action, case: cases.Case, person: Person, *, secret: bytes) -> None:
    """Store the hashes of a case, and link it to the cases that share one."""
    contacts.add(action.connection, case.id, _hashes(case, person, secret))
    for other in similar(action.connection, case):
        if case.suspicion is None and other.suspicion is None:
            links.add(action.connection, case.id, other.id, now=action.at)


def similar(connection: Connection, case: cases.Case) -> list[cases.Case]:
    """Other cases that share a contact with this one, newest first."""
    return contacts.sharing(connection, case.id, limit=MOST_LINKED)


def note_missing(
    engine: Engine, settings: CaseSettings, secret: bytes, *, now: datetime
) -> int:
    """Note new cases of the form, which cannot read their sealed contacts itself."""
    with database.reading(engine) as connection:
        missing = contacts.cases_without(connection)
    noted = 0
    for case_id in missing:
        try:
            with database.writing(engine) as connection:
                action = Action(connection, WORKER, now, settings)
                noted += _note(action, case_id, secret)
        except SealingError as error:  # one case must not stop the others
            log_error("contacts-broken", error)
    return noted


def email(given: str) -> str:
    """An e-mail address in a form to compare, in lower case."""
    return unicodedata.normalize("NFKC", given).strip().casefold()


def phone(given: str) -> str:
    """A phone number in a form to compare, with its country code."""
    written = unicodedata.normalize("NFKC", given).replace("(0)", "")
    digits = re.sub(r"[^\d+]", "", written)
    if len(digits) < LEAST_DIGITS:
        return ""
    for start, meant in COUNTRIES:
        digits = re.sub(start, meant, digits)
    return digits


def words(given: str) -> str:
    """A name or postal address in a form to compare: its words in lower case."""
    folded = unicodedata.normalize("NFKC", given).casefold()
    return " ".join(re.findall(r"\w+", folded))


def _note(action: Action, case_id: str, secret: bytes) -> bool:
    case = cases.by_id(action.connection, case_id)
    if case is None:
        return False
    part = sealed_parts.of_case(action.connection, case_id).get("person")
    note(action, case, action.open_part(part) if part else {}, secret=secret)
    return True


def _hashes(case: cases.Case, person: Person, secret: bytes) -> Iterator[str]:
    """A hash for each contact, and one for the case to mark it as done."""
    for kind, value in (("case", case.id), *_contacts(person)):
        digest = hmac.digest(secret, f"{PURPOSE}\0{kind}\0{value}".encode(), "sha256")
        yield digest.hex()


def _contacts(person: Person) -> Iterator[tuple[str, str]]:
    name, post = words(str(person.get("name") or "")), str(person.get("post") or "")
    found = {
        "email": email(str(person.get("email") or "")),
        "phone": phone(str(person.get("phone") or "")),
        "post": f"{name}\0{words(post)}" if name and words(post) else "",
    }
    yield from ((kind, value) for kind, value in found.items() if value)
