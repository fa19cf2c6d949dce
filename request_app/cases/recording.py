"""Writing a step into a case that no guard has to let through: the person did it."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from request_app.cases.steps import Step, Words
from request_app.deadlines import HELSINKI
from request_app.sealing import SealingKey, places, seal
from request_app.store import audit, cases, steps
from request_app.store.cases import Case
from request_app.store.columns import canonical
from request_app.store.steps import Row

PERSON = "person"


def record(  # noqa: PLR0913 - what was done in which case, in which words, when
    connection: Connection,
    case: Case,
    step: Step,
    *,
    now: datetime,
    words: Words | None = None,
    key: SealingKey | None = None,
) -> None:
    """Add a step of the person after the last one; its words are sealed to the desk."""
    cases.hold(connection, case.id)
    earlier = steps.of_case(connection, case.id)
    row_id = secrets.token_hex(16)
    sealed = None
    if words and key:
        told = canonical(dict(words)).encode()
        sealed = seal(told, key=key, place=places.step_words(row_id))
    row = Row(
        id=row_id,
        case_id=case.id,
        number=earlier[-1].number + 1 if earlier else 1,
        kind=step.kind,
        actor=PERSON,
        at=now,
        facts=step.model_dump_json(),
        sealed=sealed,
    )
    steps.add(connection, row)


def tell_audit(  # noqa: PLR0913 - who did what to which case, when
    connection: Connection,
    case: Case,
    actor: str,
    action: str,
    *,
    now: datetime,
    facts: Mapping[str, str] | None = None,
) -> None:
    audit.append(
        connection,
        at=now,
        actor=actor,
        action=action,
        case_id=case.id,
        facts={"reference": case.reference} | dict(facts or {}),
    )


def legal_day(now: datetime) -> date:
    """The day it is in Helsinki, which is the legal one."""
    return now.astimezone(HELSINKI).date()
