"""Notice contents by their hash: what the notice said on the day of receipt."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from sqlalchemy import Connection, exists, select

from request_app.store.database import insert_into
from request_app.store.tables import notice_contents


@dataclass(frozen=True)
class Notice:
    """The normalised content of a notice."""

    content: str

    @cached_property
    def hash(self) -> str:
        return sha256(self.content.encode()).hexdigest()


def keep(connection: Connection, notice: Notice, *, now: datetime) -> str:
    """Keep a content once, however many cases point to it."""
    known = select(exists().where(notice_contents.c.hash == notice.hash))
    if not connection.scalar(known):
        row = {"hash": notice.hash, "content": notice.content, "kept_at": now}
        connection.execute(
            insert_into(connection, notice_contents)
            .values(row)
            .on_conflict_do_nothing()
        )
    return notice.hash


def load(connection: Connection, notice_hash: str) -> Notice:
    """The content a case points to; one that was changed since is refused."""
    found = select(notice_contents.c.content).where(
        notice_contents.c.hash == notice_hash
    )
    notice = Notice(connection.execute(found).scalar_one())
    if notice.hash != notice_hash:
        raise ValueError(f"The content kept as {notice_hash} has been changed.")
    return notice
