"""The answer while it is being written: sealed, and gone when it is sent."""

import json
import secrets
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.steps.values import Words
from request_app.sealing import Keyring, SealingKey, places, seal, unseal
from request_app.store import sealed_parts
from request_app.store.cases import Case
from request_app.store.columns import canonical
from request_app.store.sealed_parts import Part

ANSWER = "answer"  # the kind of the part that holds it


class Draft(NamedTuple):
    """What was written last; each time it is saved it has another id."""

    id: str
    words: Words


NONE = Draft("", {})


def draft_of(connection: Connection, case: Case, ring: Keyring) -> Draft:
    part = sealed_parts.of_case(connection, case.id).get(ANSWER)
    if part is None:
        return NONE
    opened = unseal(part.envelope, ring=ring, place=places.part(part.id))
    return Draft(part.id, json.loads(opened))


def is_newest(connection: Connection, case: Case, draft_id: str) -> bool:
    """Whether nobody has saved it since it was looked at."""
    part = sealed_parts.of_case(connection, case.id).get(ANSWER)
    return draft_id == (part.id if part else NONE.id)


def put(
    connection: Connection, case: Case, words: Words, *, key: SealingKey, now: datetime
) -> None:
    part_id = secrets.token_hex(16)
    said = {name: text for name, text in words.items() if text.strip()}
    envelope = seal(canonical(said).encode(), key=key, place=places.part(part_id))
    part = Part(
        id=part_id, case_id=case.id, kind=ANSWER, envelope=envelope, sealed_at=now
    )
    sealed_parts.put(connection, part)


def drop(connection: Connection, case: Case) -> None:
    sealed_parts.remove(connection, case.id, ANSWER)
