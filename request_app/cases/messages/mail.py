"""A mail for the outbox: its address, and what its reader alone may know, sealed."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from request_app.sealing import Keyring, SealingKey, places, seal, unseal
from request_app.store.cases import Case
from request_app.store.columns import canonical
from request_app.store.outbox import Mail


class Addressee(NamedTuple):
    """Whom a mail goes to, and what it tells that lies in no plain column."""

    email: str
    words: Mapping[str, str] = {}


def new_mail(  # noqa: PLR0913 - a mail is all of these
    case: Case,
    kind: str,
    to: Addressee,
    *,
    key: SealingKey,
    domain: str,
    now: datetime,
    facts: Mapping[str, str] | None = None,
    mail_id: str | None = None,
) -> Mail:
    """A mail about a case, which waits to be sent.

    Its Message-ID is not its id: mail servers log the one, and a link holds the other.
    """
    mail_id = mail_id or secrets.token_hex(16)
    return Mail(
        id=mail_id,
        case_id=case.id,
        kind=kind,
        language=case.language,
        address=seal(_written(to), key=key, place=places.mail_address(mail_id)),
        facts={"reference": case.reference} | dict(facts or {}),
        message_id=f"<{secrets.token_hex(16)}@{domain}>",
        created_at=now,
        next_try_at=now,
    )


def team_mail(  # noqa: PLR0913 - a mail is all of these
    kind: str,
    email: str,
    facts: Mapping[str, str],
    *,
    language: str,
    key: SealingKey,
    domain: str,
    now: datetime,
) -> Mail:
    """A mail to the desk's own people, about no single case and nobody's data."""
    mail_id = secrets.token_hex(16)
    return Mail(
        id=mail_id,
        case_id=None,
        kind=kind,
        language=language,
        address=seal(email.encode(), key=key, place=places.mail_address(mail_id)),
        facts=facts,
        message_id=f"<{secrets.token_hex(16)}@{domain}>",
        created_at=now,
        next_try_at=now,
    )


def addressee_of(mail: Mail, ring: Keyring) -> Addressee:
    """Open the envelope of a mail: the address, and in the next line what else."""
    opened = unseal(mail.address, ring=ring, place=places.mail_address(mail.id))
    email, _, words = opened.decode().partition("\n")
    return Addressee(email, json.loads(words or "{}"))


def _written(to: Addressee) -> bytes:
    words = f"\n{canonical(dict(to.words))}" if to.words else ""
    return f"{to.email}{words}".encode()
