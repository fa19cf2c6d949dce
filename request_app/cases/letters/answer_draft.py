"""The answer while it is being written: sealed, and deleted once it is sent."""

from typing import NamedTuple

from sqlalchemy import Connection

from request_app.cases.action import Action
from request_app.cases.steps.facts import Words
from request_app.store import cases, sealed_parts

ANSWER = "answer"  # the kind of the part that holds it


class SavedAnswer(NamedTuple):
    """The draft as last saved; each save gives it a new id."""

    id: str
    words: Words


NONE = SavedAnswer("", {})


def draft_of(action: Action, case: cases.Case) -> SavedAnswer:
    part = sealed_parts.of_case(action.connection, case.id).get(ANSWER)
    return SavedAnswer(part.id, action.open_part(part)) if part else NONE


def is_newest(connection: Connection, case: cases.Case, draft_id: str) -> bool:
    """Whether nobody has saved the draft since it was read."""
    part = sealed_parts.of_case(connection, case.id).get(ANSWER)
    return draft_id == (part.id if part else NONE.id)


def put(action: Action, case: cases.Case, words: Words) -> None:
    filled = {name: text for name, text in words.items() if text.strip()}
    action.put_part(case, ANSWER, filled)


def drop(connection: Connection, case: cases.Case) -> None:
    sealed_parts.remove(connection, case.id, ANSWER)
