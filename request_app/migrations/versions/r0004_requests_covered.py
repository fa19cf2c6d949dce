"""Requests covered while their handler is away, and found while they are held."""

import sqlalchemy as sa
from alembic import op

from request_app.store.columns import Day

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    held = sa.text("held_at IS NOT NULL")
    op.create_index(
        "ix_cases_held",
        "cases",
        ["held_at", "id"],
        sqlite_where=held,
        postgresql_where=held,
    )
    _absences()


def downgrade() -> None:
    op.drop_table("absences")
    op.drop_index("ix_cases_held", "cases")


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("first_day", Day(), nullable=False),
        sa.Column("last_day", Day(), nullable=False),
        sa.Column("deputy_id", sa.Text(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_absences_last_day")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_absences_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"],
            ["accounts.id"],
            name=op.f("fk_absences_deputy_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_absences")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_absences_deputy_id"), "absences", ["deputy_id"])
