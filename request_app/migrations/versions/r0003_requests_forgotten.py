"""Requests forgotten: what is due is found fast, and statistics outlive the cases."""

import sqlalchemy as sa
from alembic import op

from request_app.store.columns import Flag

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index(
        op.f("ix_sealed_parts_kind_sealed_at"), "sealed_parts", ["kind", "sealed_at"]
    )
    op.create_index(op.f("ix_messages_written_at"), "messages", ["written_at"])
    op.create_index(
        "ix_steps_values",
        "steps",
        ["at"],
        sqlite_where=sa.text("sealed_values IS NOT NULL"),
        postgresql_where=sa.text("sealed_values IS NOT NULL"),
    )
    _statistics()


def downgrade() -> None:
    op.drop_table("statistics")
    op.drop_index("ix_steps_values", "steps")
    op.drop_index("ix_messages_written_at", "messages")
    op.drop_index("ix_sealed_parts_kind_sealed_at", "sealed_parts")


def _statistics() -> None:
    op.create_table(
        "statistics",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("in_aim", Flag(), nullable=False),
        sa.Column("late", Flag(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=True),
        sa.Column("paused", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('form', 'email', 'letter', 'phone', 'visit', 'other')",
            name=op.f("ck_statistics_channel"),
        ),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_statistics_month")),
        sa.CheckConstraint("days >= 0", name=op.f("ck_statistics_days")),
        sa.CheckConstraint("paused >= 0", name=op.f("ck_statistics_paused")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_statistics_case_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistics")),
        sa.UniqueConstraint("case_id", name=op.f("uq_statistics_case_id")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_statistics_year"), "statistics", ["year"])
