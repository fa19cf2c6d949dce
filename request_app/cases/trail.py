"""What happens to a case, told to the audit trail: who, what, when; never in words."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from request_app.store import audit
from request_app.store.cases import Case

PERSON = "person"  # as the trail names who made the request


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
