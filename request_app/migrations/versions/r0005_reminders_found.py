"""Answers that wait to be fetched, found however many were fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    untouched = sa.text(
        "fetched_at IS NULL AND handed_on IS NULL"
        " AND reminded_at IS NULL AND withdrawn_at IS NULL"
    )
    op.create_index(
        "ix_deliveries_untouched",
        "deliveries",
        ["way", "made_at"],
        sqlite_where=untouched,
        postgresql_where=untouched,
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_untouched", "deliveries")
