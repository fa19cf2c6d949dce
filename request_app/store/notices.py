"""Notice contents by their hash: what the notice said on the day of receipt."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from sqlalchemy import Connection, delete, exists, select

from request_app.store.database import insert_into
from request_app.store.tables import cases, notice_contents


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


def hashes(connection: Connection) -> list[str]:
    """The hashes of all contents that are kept."""
    return list(connection.scalars(select(notice_contents.c.hash)))


def forget(connection: Connection, *, before: datetime, but: str) -> int:
    """Drop contents kept before then that no case points to, but for the newest one.

    A case that is being filed just now points to that one, or to one kept just now.
    """
    pointed_to = exists().where(cases.c.notice_hash == notice_contents.c.hash)
    gone = connection.execute(
        delete(notice_contents).where(
            ~pointed_to,
            notice_contents.c.kept_at < before,
            notice_contents.c.hash != but,
        )
    )
    return gone.rowcount
