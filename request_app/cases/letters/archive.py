"""The archive of letters: kept as they were sent, sealed to the desk."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from request_app.cases.action import Action
from request_app.cases.letters.parts import Letter, render
from request_app.sealing import places
from request_app.store import cases, letters
from request_app.store.values import Correspondent, LetterKind, Way

# The section of an answer written by staff: the case file leaves it out
OWN_WORDS = "own_words"


class Posting(NamedTuple):
    """How a letter is sent, and to whom: the person, or a recipient of the data."""

    way: Way
    on: date
    recipient: str | None = None  # by its id


def keep(
    action: Action, case: cases.Case, letter: Letter, posting: Posting
) -> letters.StoredLetter:
    """Keep a letter as it is sent."""
    letter_id = secrets.token_hex(16)
    kept = letters.StoredLetter(
        id=letter_id,
        case_id=case.id,
        kind=letter.kind,
        addressee=Correspondent.RECIPIENT
        if posting.recipient
        else Correspondent.PERSON,
        recipient=posting.recipient,
        language=letter.language,
        way=posting.way,
        sealed=action.seal_json(_words(letter), places.letter(letter_id)),
        actor=action.actor,
        entered_at=action.at,
        sent_on=posting.on,
    )
    letters.add(action.connection, kept)
    return kept


def words_of(action: Action, letter: letters.StoredLetter) -> Mapping[str, Any]:
    """The title and text of a letter, opened with the keys of the desk."""
    return action.open_json(letter.sealed, places.letter(letter.id))


def _words(letter: Letter) -> dict[str, str]:
    words = {"title": letter.title, "text": render(letter)}
    if letter.kind is not LetterKind.ANSWER:
        return words
    own = letter.section(OWN_WORDS)
    return words | {OWN_WORDS: own.text if own else ""}
