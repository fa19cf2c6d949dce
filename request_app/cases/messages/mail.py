"""Mails for the outbox, with their address and confidential words sealed."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from request_app.cases.action import Action
from request_app.sealing import Keyring, places, unseal
from request_app.store import cases, outbox
from request_app.store.columns import canonical


class Addressee(NamedTuple):
    """The address of a mail, and its words that must not be stored unencrypted."""

    email: str
    words: Mapping[str, str] = {}


def put_mail(
    action: Action,
    case: cases.Case,
    kind: str,
    to: Addressee,
    facts: Mapping[str, str] | None = None,
) -> outbox.Mail:
    """Put a mail about a case into the outbox."""
    all_facts = {"reference": case.reference} | dict(facts or {})
    mail = replace(
        _new(action, kind, to, case.language), case_id=case.id, facts=all_facts
    )
    outbox.put(action.connection, mail)
    return mail


def put_team_mail(
    action: Action, kind: str, email: str, facts: Mapping[str, str], *, language: str
) -> outbox.Mail:
    """Put a mail to staff into the outbox, about no single case and without data."""
    mail = replace(_new(action, kind, Addressee(email), language), facts=facts)
    outbox.put(action.connection, mail)
    return mail


def addressee_of(mail: outbox.Mail, ring: Keyring) -> Addressee:
    """Open the envelope of a mail: the address, and its words in the next line."""
    opened = unseal(mail.address, ring=ring, place=places.mail_address(mail.id))
    email, _, words = opened.decode().partition("\n")
    return Addressee(email, json.loads(words or "{}"))


def _new(action: Action, kind: str, to: Addressee, language: str) -> outbox.Mail:
    """Make a mail; its Message-ID is not its id: servers log it, links use the id."""
    mail_id = secrets.token_hex(16)
    words = f"\n{canonical(dict(to.words))}" if to.words else ""
    address = f"{to.email}{words}".encode()
    return outbox.Mail(
        id=mail_id,
        case_id=None,
        kind=kind,
        language=language,
        address=action.seal(address, places.mail_address(mail_id)),
        facts={},
        message_id=f"<{secrets.token_hex(16)}@{action.settings.mail_domain}>",
        created_at=action.at,
        next_try_at=action.at,
    )
