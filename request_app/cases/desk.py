"""What staff do with cases until the desk stands: open, release."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from request_app.cases.acceptance import Intake, received_mail
from request_app.cases.correspondence import Letter, read_as_desk
from request_app.sealing import Keyring, places, unseal
from request_app.store import audit, cases, outbox, parts
from request_app.store.cases import Case
from request_app.store.values import Right


class Opened(NamedTuple):
    """A case as its readers at the desk see it."""

    case: Case
    rights: frozenset[Right]
    registers: frozenset[str]
    parts: Mapping[str, Mapping[str, Any]]
    letters: list[Letter]


def open_case(
    connection: Connection, case: Case, ring: Keyring, *, actor: str, now: datetime
) -> Opened:
    """Open the envelopes of a case; that it was read stays in the audit trail."""
    opened = Opened(
        case,
        cases.rights_of(connection, case.id),
        cases.registers_of(connection, case.id),
        {
            kind: json.loads(
                unseal(part.envelope, ring=ring, place=places.part(part.id))
            )
            for kind, part in parts.of_case(connection, case.id).items()
        },
        read_as_desk(connection, case, ring),
    )
    _tell_audit(connection, case, actor, "case.opened", now)
    return opened


def release(
    connection: Connection,
    opened: Opened,
    intake: Intake,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Take a case out of the suspects; its sender gets the acknowledgement now."""
    case = opened.case
    if not cases.release(connection, case.id):
        return
    email = email_of(opened)
    if email:
        outbox.put(connection, received_mail(case, email, intake))
    _tell_audit(connection, case, actor, "case.released", now)


def email_of(opened: Opened) -> str | None:
    address = opened.parts.get("person", {}).get("email")
    return str(address) if address else None


def _tell_audit(
    connection: Connection, case: Case, actor: str, action: str, now: datetime
) -> None:
    facts = {"reference": case.reference}
    audit.append(
        connection, at=now, actor=actor, action=action, case_id=case.id, facts=facts
    )
