"""The letters of a case: kept as they were sent, in envelopes that the desk opens."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from request_app.sealing import Keyring, SealingKey, places, seal, unseal
from request_app.store import letters
from request_app.store.cases import Case
from request_app.store.columns import canonical
from request_app.store.letters import StoredLetter
from request_app.store.values import Correspondent, LetterKind, Way

# Of an answer, what staff wrote in it: the file of a case leaves it out
OWN_WORDS = "own_words"


def keep(  # noqa: PLR0913 - a letter is all of these
    connection: Connection,
    case: Case,
    words: Mapping[str, Any],
    *,
    kind: LetterKind,
    way: Way,
    language: str,
    key: SealingKey,
    actor: str,
    sent_on: date,
    now: datetime,
    recipient: str | None = None,
) -> StoredLetter:
    """Keep a letter to the person, or to a recipient of the data by its id."""
    letter_id = secrets.token_hex(16)
    letter = StoredLetter(
        id=letter_id,
        case_id=case.id,
        kind=kind,
        addressee=Correspondent.RECIPIENT if recipient else Correspondent.PERSON,
        recipient=recipient,
        language=language,
        way=way,
        sealed=seal(
            canonical(dict(words)).encode(), key=key, place=places.letter(letter_id)
        ),
        actor=actor,
        entered_at=now,
        sent_on=sent_on,
    )
    letters.add(connection, letter)
    return letter


def words_of(letter: StoredLetter, ring: Keyring) -> Mapping[str, Any]:
    """What a letter says, opened with the keys of the desk."""
    opened: Mapping[str, Any] = json.loads(
        unseal(letter.sealed, ring=ring, place=places.letter(letter.id))
    )
    return opened
