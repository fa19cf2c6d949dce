"""Requests answered: staff, their sessions, steps of a case, letters, deliveries."""

import sqlalchemy as sa
from alembic import op

from request_app.store.columns import Day, Flag, Instant

revision = "0002"
down_revision = "0001"

TABLES = (
    "accounts",
    "recovery_codes",
    "staff_sessions",
    "case_links",
    "case_readers",
    "contact_hashes",
    "letters",
    "packages",
    "steps",
    "deliveries",
    "package_files",
)
CASE_COLUMNS = ("handler_id", "extended_to", "answered_on", "held_at")


def upgrade() -> None:
    _cases()
    _accounts()
    _recovery_codes()
    _staff_sessions()
    _case_links()
    _case_readers()
    _contact_hashes()
    _letters()
    _packages()
    _steps()
    _deliveries()
    _package_files()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_cases_closed", "cases")
    op.drop_index("ix_cases_open", "cases")
    for column in reversed(CASE_COLUMNS):
        op.drop_column("cases", column)


def _cases() -> None:
    op.add_column("cases", sa.Column("handler_id", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("extended_to", Day(), nullable=True))
    op.add_column("cases", sa.Column("answered_on", Day(), nullable=True))
    op.add_column("cases", sa.Column("held_at", Instant(), nullable=True))
    op.create_index(
        "ix_cases_open",
        "cases",
        ["aim_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_cases_closed", "cases", ["closed_at", "id"])


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column(
            "totp_last",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("totp_since", Instant(), nullable=True),
        sa.Column("one_time_hash", sa.Text(), nullable=True),
        sa.Column("one_time_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "role IN ('viewer', 'handler', 'admin')", name=op.f("ck_accounts_role")
        ),
        sa.CheckConstraint(
            "length(language) BETWEEN 2 AND 10", name=op.f("ck_accounts_language")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
        sqlite_strict=True,
    )


def _recovery_codes() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_recovery_codes_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "code_hash", name=op.f("pk_recovery_codes")
        ),
        sqlite_strict=True,
    )


def _staff_sessions() -> None:
    op.create_table(
        "staff_sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("proved_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('stranger', 'password', 'signed-in')",
            name=op.f("ck_staff_sessions_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_staff_sessions_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_sessions_token_hash")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_staff_sessions_account_id"),
        "staff_sessions",
        ["account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_staff_sessions_seen_at"), "staff_sessions", ["seen_at"], unique=False
    )


def _case_links() -> None:
    op.create_table(
        "case_links",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_links_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["cases.id"],
            name=op.f("fk_case_links_other_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "other_id", name=op.f("pk_case_links")),
        sqlite_strict=True,
    )


def _case_readers() -> None:
    op.create_table(
        "case_readers",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_case_readers_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_readers_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_readers")),
        sqlite_strict=True,
    )


def _contact_hashes() -> None:
    op.create_table(
        "contact_hashes",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_contact_hashes_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "hash", name=op.f("pk_contact_hashes")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_contact_hashes_hash"), "contact_hashes", ["hash"], unique=False
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("sent_on", Day(), nullable=False),
        sa.CheckConstraint(
            "addressee IN ('person', 'recipient')", name=op.f("ck_letters_addressee")
        ),
        sa.CheckConstraint(
            "kind IN ('received', 'identity', 'clarification', 'extension', 'late', "
            "'answer', 'restriction-lifted', 'to-recipient', 'message')",
            name=op.f("ck_letters_kind"),
        ),
        sa.CheckConstraint(
            "way IN ('status-page', 'email', 'letter', 'by-hand', 'phone')",
            name=op.f("ck_letters_way"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_letters_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_letters_case_id_entered_at"),
        "letters",
        ["case_id", "entered_at"],
        unique=False,
    )


def _packages() -> None:
    op.create_table(
        "packages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_for_desk", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "length(public_key) = 32", name=op.f("ck_packages_public_key")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_packages_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_packages_case_id"), "packages", ["case_id"], unique=False)


def _steps() -> None:
    op.create_table(
        "steps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_values", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_steps_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_steps_case_id_number")),
        sqlite_strict=True,
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("package_id", sa.Text(), nullable=True),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("needs_access_code", Flag(), nullable=False),
        sa.Column("key_for_person", sa.LargeBinary(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("sent_on", Day(), nullable=False),
        sa.Column("fetched_at", Instant(), nullable=True),
        sa.Column("handed_on", Day(), nullable=True),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "way IN ('status-page', 'email', 'letter', 'by-hand', 'phone')",
            name=op.f("ck_deliveries_way"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_deliveries_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["packages.id"],
            name=op.f("fk_deliveries_package_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_deliveries_code_hash")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_deliveries_case_id"), "deliveries", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_deliveries_package_id"), "deliveries", ["package_id"], unique=False
    )


def _package_files() -> None:
    op.create_table(
        "package_files",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("package_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_package_files_size")),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["packages.id"],
            name=op.f("fk_package_files_package_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_files")),
        sa.UniqueConstraint(
            "package_id", "position", name=op.f("uq_package_files_package_id_position")
        ),
        sqlite_strict=True,
    )
