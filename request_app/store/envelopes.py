"""The envelopes that are kept, told apart by their heads: no key is needed for it."""

from sqlalchemy import Connection, LargeBinary, func, select

from request_app.store.tables import metadata


def beginning_with(connection: Connection, head: bytes) -> int:
    """How many envelopes begin so, in all tables: each names its key at the head."""
    return sum(
        connection.execute(
            select(func.count()).where(
                func.substr(column, 1, len(head), type_=LargeBinary) == head
            )
        ).scalar_one()
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    )
