"""Fetching an answer: by its own code, and by the access code too if mailed."""

from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.delivery import answer_package, delivery_code
from request_app.sealing import AccessCode, Keyring, OpeningKey, places, unseal
from request_app.store import cases, deliveries


class WhyNotOpened(StrEnum):
    """Why codes open no answer."""

    UNKNOWN = "unknown"
    ACCESS_CODE = "access-code"  # the other code is needed as well
    WITHDRAWN = "withdrawn"  # another code replaced it
    REMOVED = "removed"  # it was fetched, and its retention time has passed


class CannotOpenError(Exception):
    """The codes open no answer; `why` has the reason."""

    def __init__(self, why: WhyNotOpened, case: cases.Case | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.case = case


class Fetched(NamedTuple):
    """An answer that the person has opened."""

    case: cases.Case
    delivery: deliveries.Delivery
    files: list[answer_package.Named]
    letter: str | None  # the first file, where it is a text
    ring: Keyring


def fetch(action: Action, code: AccessCode, access_code: AccessCode | None) -> Fetched:
    """Open an answer with the person’s codes, and note the first time it is fetched."""
    connection = action.connection
    delivery = deliveries.by_code_hash(connection, code.hash)
    case = delivery and cases.by_id(connection, delivery.case_id)
    if not delivery or not case:
        raise CannotOpenError(WhyNotOpened.UNKNOWN)
    _check_codes(delivery, case, access_code)
    ring = Keyring([_opened_key(delivery, code, access_code)])
    files = answer_package.files_of(connection, delivery.package_id or "", ring)
    letter = _letter(connection, files, ring)
    if deliveries.mark_fetched(connection, delivery.id, now=action.at):
        delivery_code.note_reached(action, case, delivery)
    return Fetched(case, delivery, files, letter, ring)


def openable(connection: Connection, case: cases.Case) -> deliveries.Delivery | None:
    """The newest delivery whose codes still open an answer of the case."""
    every = deliveries.of_case(connection, case.id)
    return next((each for each in reversed(every) if each.key_for_person), None)


def _check_codes(
    delivery: deliveries.Delivery, case: cases.Case, access_code: AccessCode | None
) -> None:
    if delivery.withdrawn_at:
        raise CannotOpenError(WhyNotOpened.WITHDRAWN, case)
    if not delivery.key_for_person or not delivery.package_id:
        raise CannotOpenError(WhyNotOpened.REMOVED, case)
    if not delivery.needs_access_code:
        return
    if access_code is None:
        raise CannotOpenError(WhyNotOpened.ACCESS_CODE, case)
    if access_code.hash != case.code_hash:
        raise CannotOpenError(WhyNotOpened.UNKNOWN)


def _opened_key(
    delivery: deliveries.Delivery, code: AccessCode, access_code: AccessCode | None
) -> OpeningKey:
    """The key of the package, opened with one code or with both."""
    place = places.package_key_for_person(delivery.id)
    key = delivery.key_for_person or b""
    key = unseal(key, ring=Keyring([code.key]), place=place)
    if delivery.needs_access_code and access_code:
        key = unseal(key, ring=Keyring([access_code.key]), place=place)
    return OpeningKey(key)


def _letter(
    connection: Connection, files: list[answer_package.Named], ring: Keyring
) -> str | None:
    """The text of the letter, if the first file is one."""
    if not files or not files[0].is_letter:
        return None
    content = answer_package.open_file(connection, files[0], ring)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
