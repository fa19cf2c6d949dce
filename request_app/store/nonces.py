"""Nonces of forms that were sent: the row that makes two posts of one form queue up."""

from datetime import datetime

from sqlalchemy import Connection, delete

from request_app.store.database import insert_into
from request_app.store.tables import form_nonces


def claim(connection: Connection, nonce_hash: str, *, now: datetime) -> None:
    """Hold the nonce until the transaction ends; another post of it waits here."""
    connection.execute(
        insert_into(connection, form_nonces)
        .values(nonce_hash=nonce_hash, used_at=now)
        .on_conflict_do_update(index_elements=["nonce_hash"], set_={"used_at": now})
    )


def forget(connection: Connection, *, before: datetime) -> None:
    """Drop nonces of forms that nobody sends any more; their cases stay."""
    connection.execute(delete(form_nonces).where(form_nonces.c.used_at < before))
