"""Nonces of the forms sent: two posts of one form wait for each other at its row."""

from datetime import datetime

import sqlalchemy as sa

from request_app.store.database import insert_into
from request_app.store.tables import form_nonces


def claim(connection: sa.Connection, nonce_hash: str, *, now: datetime) -> None:
    """Lock the nonce until the transaction ends; another post of the form waits."""
    connection.execute(
        insert_into(connection, form_nonces)
        .values(nonce_hash=nonce_hash, used_at=now)
        .on_conflict_do_update(index_elements=["nonce_hash"], set_={"used_at": now})
    )


def delete_old(connection: sa.Connection, *, before: datetime) -> None:
    """Delete the nonces used before an instant; the cases stay."""
    connection.execute(sa.delete(form_nonces).where(form_nonces.c.used_at < before))
