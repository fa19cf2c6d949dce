"""Who acts in a case, and when; what the desk acts with; and the audit trail of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from request_app.deadlines import AIM_DAYS
from request_app.sealing import SealingKey
from request_app.store import audit
from request_app.store.cases import Case
from request_app.workdays import Eve


@dataclass(frozen=True, kw_only=True)
class Intake:
    """How this desk takes requests in; settled when the program starts."""

    key: SealingKey
    mail_domain: str
    working_eves: frozenset[Eve] = frozenset()
    aim_days: int = AIM_DAYS


@dataclass(frozen=True, kw_only=True)
class By:
    """Who takes a step, and when."""

    actor: str
    at: datetime


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
