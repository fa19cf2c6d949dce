"""What the desk must know of a person before it answers: sealed, never in the queue."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from request_app.sealing import SealingKey, places, seal
from request_app.store import sealed_parts
from request_app.store.cases import Case
from request_app.store.columns import canonical
from request_app.store.sealed_parts import Part

FLAGS = "flags"  # the kind of the part that holds them


@dataclass(frozen=True, kw_only=True)
class Flags:
    """Two things that change how a person is answered."""

    hidden_address: bool = False  # turvakielto: the address is never shown or printed
    minor: bool = False  # never answered to a guardian by itself (EDPB 01/2022 ¶83–87)


def put_flags(
    connection: Connection, case: Case, flags: Flags, *, key: SealingKey, now: datetime
) -> None:
    """Seal the flags of a case; they take the place of those before."""
    part_id = secrets.token_hex(16)
    text = canonical(asdict(flags)).encode()
    part = Part(
        id=part_id,
        case_id=case.id,
        kind=FLAGS,
        envelope=seal(text, key=key, place=places.part(part_id)),
        sealed_at=now,
    )
    sealed_parts.put(connection, part)
