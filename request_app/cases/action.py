"""An action on a case: its transaction, its actor, its time and the keys it uses.

What it writes is sealed to the desk, each envelope to its place, and is noted in the
audit trail.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from request_app.deadlines import AIM_DAYS, local_day
from request_app.sealing import Keyring, Place, SealingKey, places, seal, unseal
from request_app.store import audit, cases, sealed_parts
from request_app.store.columns import canonical
from request_app.workdays import Eve

# Who acts without being staff, as the audit trail names them.
FORM, PERSON, WORKER = "form", "person", "worker"


@dataclass(frozen=True, kw_only=True)
class CaseSettings:
    """How an organisation handles cases; the keys are read when they are needed."""

    sealing_key: Callable[[], SealingKey]
    keyring: Callable[[], Keyring]
    mail_domain: str
    working_eves: frozenset[Eve] = frozenset()
    aim_days: int = AIM_DAYS


@dataclass(frozen=True)
class Action:
    """One transaction on cases, who acts in it, and when."""

    connection: Connection
    actor: str  # as the audit trail names them
    at: datetime
    settings: CaseSettings

    @property
    def today(self) -> date:
        return local_day(self.at)

    @cached_property
    def key(self) -> SealingKey:
        """Seals to the desk."""
        return self.settings.sealing_key()

    @cached_property
    def ring(self) -> Keyring:
        """Opens what is sealed to the desk."""
        return self.settings.keyring()

    def audit(
        self, case: cases.Case, action: str, facts: Mapping[str, str] | None = None
    ) -> None:
        """Note an action in the audit trail; do it last, as other writers must wait."""
        audit.append(
            self.connection,
            at=self.at,
            actor=self.actor,
            action=action,
            case_id=case.id,
            facts={"reference": case.reference} | dict(facts or {}),
        )

    def seal(self, content: bytes, place: Place) -> bytes:
        return seal(content, key=self.key, place=place)

    def seal_json(self, content: Mapping[str, Any], place: Place) -> bytes:
        return self.seal(canonical(dict(content)).encode(), place)

    def open(self, envelope: bytes, place: Place) -> bytes:
        return unseal(envelope, ring=self.ring, place=place)

    def open_json(self, envelope: bytes | None, place: Place) -> Mapping[str, Any]:
        """Open an envelope that holds JSON; an empty mapping where there is none."""
        if envelope is None:
            return {}
        opened: Mapping[str, Any] = json.loads(self.open(envelope, place))
        return opened

    def put_part(self, case: cases.Case, kind: str, content: Mapping[str, Any]) -> None:
        """Seal a part of a case; it replaces the earlier one of its kind."""
        part_id = secrets.token_hex(16)
        part = sealed_parts.Part(
            id=part_id,
            case_id=case.id,
            kind=kind,
            envelope=self.seal_json(content, places.part(part_id)),
            sealed_at=self.at,
        )
        sealed_parts.put(self.connection, part)

    def open_part(self, part: sealed_parts.Part) -> Mapping[str, Any]:
        return self.open_json(part.envelope, places.part(part.id))
