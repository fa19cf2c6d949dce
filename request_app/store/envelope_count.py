"""Counting the stored envelopes by their heads, for which no key is needed."""

import sqlalchemy as sa

from request_app.store.tables import metadata


def beginning_with(connection: sa.Connection, head: bytes) -> int:
    """Count the envelopes of all tables that begin with a head, which names the key."""
    return sum(
        connection.execute(
            sa.select(sa.func.count()).where(
                sa.func.substr(column, 1, len(head), type_=sa.LargeBinary) == head
            )
        ).scalar_one()
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary)
    )
