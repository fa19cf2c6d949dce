"""Troubles of a database that tests bring about and end again."""

from contextlib import contextmanager

from sqlalchemy import event


@contextmanager
def room_for(engine, pages):
    """Leave an SQLite database only so many pages to grow by."""
    with engine.connect() as connection:
        now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(connection, _record):
        connection.execute(f"PRAGMA max_page_count={now + pages}")

    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
