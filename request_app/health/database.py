"""The database: reachable, of a known schema, undamaged, writable and worked on."""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from request_app import migrations
from request_app.health import file_status
from request_app.health.findings import Finding, fault, good, warning
from request_app.store.audit import head_of
from request_app.store.database import StoreError, reading, writing
from request_app.store.tables import OPEN, audit, cases, form_nonces, outbox

BACKUP_MADE = "backup.made"
OLD_BACKUP = timedelta(days=2)
OLD_MAIL = timedelta(days=1)
SLOW_MAIL = timedelta(hours=1)
TRIGGERS = {"sqlite": 3, "postgresql": 3}
COUNT_TRIGGERS = {
    "sqlite": "SELECT count(*) FROM sqlite_master "
    "WHERE type = 'trigger' AND tbl_name = 'audit'",
    "postgresql": "SELECT count(*) FROM pg_trigger "
    "WHERE tgrelid = 'audit'::regclass AND NOT tgisinternal AND tgenabled <> 'D'",
}


class _RollBack(Exception):  # noqa: N818 - it ends a probe and is no error
    pass


def unknown_schema(engine: sa.Engine) -> str | None:
    """Whether another version has been at work here; one that is away tells nothing."""
    if _file_missing(engine):
        return None
    try:
        with reading(engine) as connection:
            return migrations.refusal("database", migrations.revision_of(connection))
    except StoreError:
        return None


def ready(engine: sa.Engine) -> Iterator[Finding]:
    """What can be checked every minute."""
    try:
        yield from _schema(engine)
        yield _probe(engine)
    except StoreError as error:
        yield fault("database", _unusable(error))


def examine(engine: sa.Engine, now: datetime) -> Iterator[Finding]:
    """Everything, also what takes longer."""
    yield from _files(engine)
    if _file_missing(engine):
        yield fault(
            "database",
            f"There is no database {engine.url.database}. Is SELOSTE_DATABASE_URL "
            "right? Where nothing was set up yet, run init; else restore a back-up.",
        )
        return
    try:
        yield from ready(engine)
        with reading(engine) as connection:
            if migrations.revision_of(connection) != migrations.newest():
                return
            yield from _mails(connection, now)
            yield from _integrity(connection)
            yield from _triggers(connection)
            yield from _backups(connection, now)
        yield _trail(engine)
    except StoreError as error:
        yield fault("database", _unusable(error))


def _unusable(error: StoreError) -> str:
    return (
        f"The database cannot be used ({error}). Is it running, is the address right, "
        "is there room on its disk, may this user write?"
    )


def _file_missing(engine: sa.Engine) -> bool:
    """Check before connecting, because SQLite would create the file."""
    file = engine.url.database
    return engine.name == "sqlite" and (not file or file_status.is_missing(Path(file)))


def _schema(engine: sa.Engine) -> Iterator[Finding]:
    with reading(engine) as connection:
        revision = migrations.revision_of(connection)
    if says := unknown_schema(engine):
        yield fault("schema", says)
    elif revision != migrations.newest():
        yield fault(
            "schema",
            f"The database has schema {revision or 'none'}, this version needs "
            f"{migrations.newest()}. Back it up, and run init.",
        )
    else:
        yield good("schema", f"The database has schema {revision}.")


def _probe(engine: sa.Engine) -> Finding:
    """Write a row, and roll it back."""
    row = {
        "nonce_hash": f"probe {secrets.token_hex(16)}",
        "used_at": datetime.fromisoformat("2000-01-01T00:00:00+00:00"),
    }
    with suppress(_RollBack), writing(engine) as connection:
        connection.execute(sa.insert(form_nonces), row)
        raise _RollBack
    return good("database", "It is there, and takes what is written.")


def _mails(connection: sa.Connection, now: datetime) -> Iterator[Finding]:
    waiting = sa.select(sa.func.count(), sa.func.min(outbox.c.created_at)).where(
        outbox.c.next_try_at.is_not(None)
    )
    count, oldest = connection.execute(waiting).one()
    age = now - oldest if oldest else timedelta()
    says = f"Mails that wait: {count}, the oldest for {_duration(age)}."
    todo = " Does the worker run, does the mail server take them?"
    if age > OLD_MAIL:
        yield fault("outbox", says + todo)
    elif age > SLOW_MAIL:
        yield warning("outbox", says + todo)
    else:
        yield good("outbox", says)
    failed = connection.scalar(
        sa.select(sa.func.count())
        .select_from(outbox.outerjoin(cases))
        .where(outbox.c.failed_at.is_not(None), OPEN)
    )
    if failed:
        yield warning(
            "failed mails", f"Mails given up: {failed}. Tell people otherwise."
        )


def _files(engine: sa.Engine) -> Iterator[Finding]:
    if engine.name != "sqlite" or not engine.url.database:
        return
    file = Path(engine.url.database)
    state = file_status.status_of(file)
    if state and state.st_mode & 0o007:
        yield fault("database file", f"Others may read {file}. Set its mode to 0660.")
    if file_status.status_of(file.parent) and not os.access(
        file.parent, os.W_OK | os.X_OK
    ):
        yield fault(
            "database file",
            f"This user may not write to the folder {file.parent}, where SQLite keeps "
            "its journal. Give it to a group that both users are in, mode 2770.",
        )


def _integrity(connection: sa.Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found != "ok" or orphans:
        yield fault(
            "integrity",
            "The database file is damaged. Stop form and worker, keep a copy of the "
            "file, and restore the newest back-up.",
        )
    else:
        yield good("integrity", "The database file is whole.")


def _triggers(connection: sa.Connection) -> Iterator[Finding]:
    name = connection.dialect.name
    there = connection.scalar(sa.text(COUNT_TRIGGERS[name])) or 0
    if there < TRIGGERS[name]:
        yield fault(
            "audit triggers",
            "Nothing refuses changes of the audit trail. Run init, then audit verify.",
        )


def _backups(connection: sa.Connection, now: datetime) -> Iterator[Finding]:
    newest = (
        sa.select(audit.c.at)
        .where(audit.c.action == BACKUP_MADE)
        .order_by(audit.c.seq.desc())
        .limit(1)
    )
    made_at = connection.scalar(newest)
    if made_at is None:
        yield warning(
            "back-up", "There is no back-up yet. Run backup, and let a timer do it."
        )
    elif now - made_at > OLD_BACKUP:
        yield fault("back-up", f"The last back-up is {_duration(now - made_at)} old.")
    else:
        yield good("back-up", f"The last back-up is {_duration(now - made_at)} old.")


def _trail(engine: sa.Engine) -> Finding:
    with reading(engine) as connection:
        head = head_of(connection)
    return good("audit trail", f"Head: {head}; audit verify follows all of it.")


def _duration(time: timedelta) -> str:
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    return f"{hours} h {minutes} min"
