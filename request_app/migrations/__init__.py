"""Bringing a database to the schema this version knows, and back."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from request_app.migrations.triggers import protect_audit

FOLDER = Path(__file__).parent
OF_TRIALS = frozenset({"0001", "0002", "0003", "0004", "0005", "0006"})


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a database up to a revision, all of it or nothing."""
    _run(engine, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring a database back to an earlier revision."""
    _run(engine, "downgrade", revision)


def revision_of(connection: Connection) -> str | None:
    """The revision a database stands at; none where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision this version of the program knows last."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def refusal(of: str, revision: str | None) -> str | None:
    """Why this version cannot go on from a revision, and what to do; none if it can."""
    script = ScriptDirectory.from_config(_config())
    if revision in {None, *(each.revision for each in script.walk_revisions())}:
        return None
    if revision in OF_TRIALS:
        return (
            f"The {of} has schema {revision}, of a trial version before the first "
            "release, which no later version reads. Keep what you need of it with "
            "that version, then begin with an empty database."
        )
    return (
        f"The {of} has schema {revision}, which is newer than this version "
        f"({newest()}). Install the version that it belongs to."
    )


def _run(engine: Engine, direction: str, revision: str) -> None:
    config = _config()
    with engine.connect() as connection:
        _keep_children(connection)
        with connection.begin():
            _wait_for_others(connection)
            config.attributes["connection"] = connection
            getattr(command, direction)(config, revision)
            protect_audit(connection)
            _check_children(connection)
        connection.invalidate()  # so that no one meets it with foreign keys off


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def _keep_children(connection: Connection) -> None:
    """Turn foreign keys off: SQLite drops a table to change it, and children with it.

    Within a transaction the pragma would do nothing, so it goes past SQLAlchemy.
    """
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.close()


def _wait_for_others(connection: Connection) -> None:
    """One migration at a time, however long it takes; SQLite sees to it by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('seloste'))"))


def _check_children(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            tables = ", ".join(sorted({row[0] for row in orphans}))
            raise RuntimeError(f"The migration leaves rows without parents: {tables}.")
