"""Requests taken: cases, what is sealed of them, their mails and the audit trail."""

import sqlalchemy as sa
from alembic import op

from request_app.store.columns import Day, Flag, Instant

revision = "0001"
down_revision = None

TABLES = (
    "notice_contents",
    "form_nonces",
    "cases",
    "case_rights",
    "case_registers",
    "sealed_parts",
    "messages",
    "outbox",
    "audit",
    "rate_limits",
)


def upgrade() -> None:
    _notice_contents()
    _form_nonces()
    _cases()
    _case_rights()
    _case_registers()
    _sealed_parts()
    _messages()
    _outbox()
    _audit()
    _rate_limits()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _notice_contents() -> None:
    op.create_table(
        "notice_contents",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_notice_contents")),
        sqlite_strict=True,
    )


def _form_nonces() -> None:
    op.create_table(
        "form_nonces",
        sa.Column("nonce_hash", sa.Text(), nullable=False),
        sa.Column("used_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("nonce_hash", name=op.f("pk_form_nonces")),
        sqlite_strict=True,
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("code_key", sa.LargeBinary(), nullable=False),
        sa.Column("nonce_hash", sa.Text(), nullable=True),
        sa.Column("former_id", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("all_data", Flag(), nullable=False),
        sa.Column("suspicion", sa.Text(), nullable=True),
        sa.Column("restricted", Flag(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("received_on", Day(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("raw_due", Day(), nullable=False),
        sa.Column("due", Day(), nullable=False),
        sa.Column("raw_extended_due", Day(), nullable=False),
        sa.Column("extended_due", Day(), nullable=False),
        sa.Column("aim_on", Day(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("notice_hash", sa.Text(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('form', 'email', 'letter', 'phone', 'visit', 'other')",
            name=op.f("ck_cases_channel"),
        ),
        sa.CheckConstraint(
            "state IN ('received', 'working', 'waiting', 'ready', 'closed')",
            name=op.f("ck_cases_state"),
        ),
        sa.CheckConstraint(
            "due >= raw_due AND raw_due > received_on", name=op.f("ck_cases_due")
        ),
        sa.CheckConstraint(
            "extended_due >= raw_extended_due AND raw_extended_due > raw_due",
            name=op.f("ck_cases_extended_due"),
        ),
        sa.CheckConstraint("length(code_key) = 32", name=op.f("ck_cases_code_key")),
        sa.CheckConstraint(
            "length(language) BETWEEN 2 AND 10", name=op.f("ck_cases_language")
        ),
        sa.ForeignKeyConstraint(
            ["former_id"],
            ["cases.id"],
            name=op.f("fk_cases_former_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["nonce_hash"],
            ["form_nonces.nonce_hash"],
            name=op.f("fk_cases_nonce_hash"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["notice_hash"], ["notice_contents.hash"], name=op.f("fk_cases_notice_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_cases_code_hash")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_cases_former_id"), "cases", ["former_id"], unique=False)
    op.create_index(op.f("ix_cases_nonce_hash"), "cases", ["nonce_hash"], unique=False)
    op.create_index(
        op.f("ix_cases_notice_hash"), "cases", ["notice_hash"], unique=False
    )
    op.create_index(op.f("ix_cases_state_due"), "cases", ["state", "due"], unique=False)


def _case_rights() -> None:
    op.create_table(
        "case_rights",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('access', 'rectification', 'erasure', 'restriction', "
            "'portability', 'objection', 'marketing-objection', "
            "'consent-withdrawal', 'human-review', 'other')",
            name=op.f("ck_case_rights_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_rights_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_case_rights")),
        sqlite_strict=True,
    )


def _case_registers() -> None:
    op.create_table(
        "case_registers",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_registers_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "register", name=op.f("pk_case_registers")),
        sqlite_strict=True,
    )


def _sealed_parts() -> None:
    op.create_table(
        "sealed_parts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_sealed_parts_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_parts")),
        sa.UniqueConstraint(
            "case_id", "kind", name=op.f("uq_sealed_parts_case_id_kind")
        ),
        sqlite_strict=True,
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("for_desk", sa.LargeBinary(), nullable=False),
        sa.Column("for_person", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "sender IN ('person', 'desk')", name=op.f("ck_messages_sender")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_messages_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_messages_case_id_written_at"),
        "messages",
        ["case_id", "written_at"],
        unique=False,
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("failed_at", Instant(), nullable=True),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_outbox_tries")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_outbox_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_outbox_case_id"), "outbox", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_outbox_next_try_at"), "outbox", ["next_try_at"], unique=False
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_audit_case_id"), "audit", ["case_id"], unique=False)


def _rate_limits() -> None:
    op.create_table(
        "rate_limits",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "scope", "bucket", "starts_at", name=op.f("pk_rate_limits")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_rate_limits_starts_at"), "rate_limits", ["starts_at"], unique=False
    )
