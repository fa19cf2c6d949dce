"""Contents of the notice by their hash: what it said when a request was received."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256

import sqlalchemy as sa

from request_app.store.database import insert_missing
from request_app.store.tables import cases, notice_contents


@dataclass(frozen=True)
class Notice:
    """The normalised content of a notice."""

    content: str

    @cached_property
    def hash(self) -> str:
        return sha256(self.content.encode()).hexdigest()


def keep(connection: sa.Connection, notice: Notice, *, now: datetime) -> str:
    """Store a content once, however many cases refer to it; return its hash."""
    known = sa.select(sa.exists().where(notice_contents.c.hash == notice.hash))
    if not connection.scalar(known):
        row = {"hash": notice.hash, "content": notice.content, "kept_at": now}
        insert_missing(connection, notice_contents, row)
    return notice.hash


def load(connection: sa.Connection, notice_hash: str) -> Notice:
    """Load the content a case refers to; raise ValueError if it was changed."""
    found = sa.select(notice_contents.c.content).where(
        notice_contents.c.hash == notice_hash
    )
    notice = Notice(connection.execute(found).scalar_one())
    if notice.hash != notice_hash:
        raise ValueError(f"The content kept as {notice_hash} has been changed.")
    return notice


def hashes(connection: sa.Connection) -> list[str]:
    """The hashes of all stored contents."""
    return list(connection.scalars(sa.select(notice_contents.c.hash)))


def delete_unused(connection: sa.Connection, *, before: datetime, current: str) -> int:
    """Delete old contents to which no case refers, but never the current one.

    A case that is being added right now refers to the current content, or to one that
    was stored a moment ago.
    """
    in_use = sa.exists().where(cases.c.notice_hash == notice_contents.c.hash)
    deleted = connection.execute(
        sa.delete(notice_contents).where(
            ~in_use,
            notice_contents.c.kept_at < before,
            notice_contents.c.hash != current,
        )
    )
    return deleted.rowcount
