"""The schema of the first release, where every database begins.

It is written out and does not follow `store/tables.py`, which says what is there today:
databases that were made with this revision stay as they are until a later one changes
them. A test sees to it that all revisions together come to what tables.py says.
"""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

from request_app.store.columns import Day, Flag, Instant

revision = "2026_12"
down_revision = None

Type: TypeAlias = sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHANNELS = "form email letter phone visit other"
WAYS = "status-page email letter by-hand phone"
schema = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def upgrade() -> None:
    schema.create_all(op.get_bind(), checkfirst=False)


def downgrade() -> None:
    schema.drop_all(op.get_bind(), checkfirst=False)


def _table(name: str, *parts: sa.schema.SchemaItem, with_rowid: bool = True) -> None:
    sa.Table(name, schema, *parts, sqlite_strict=True, sqlite_with_rowid=with_rowid)


def _key(name: str, kind: Type = sa.Text, *owner: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *owner, primary_key=True, autoincrement=False)


def _required(name: str, kind: Type = sa.Text, *owner: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *owner, nullable=False)


def _optional(name: str, kind: Type = sa.Text, *owner: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *owner)


def _goes_with(table: str) -> sa.ForeignKey:
    """A row goes when the row it belongs to goes."""
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def _outlives(column: str) -> sa.ForeignKey:
    """A row stays when the row it names goes."""
    return sa.ForeignKey(column, ondelete="SET NULL")


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def _one_of(column: str, words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words.split())
    return _check(column, f"{column} IN ({listed})")


def _index(*columns: str, name: str | None = None, where: str = "") -> sa.Index:
    rows = sa.text(where) if where else None
    return sa.Index(name, *columns, sqlite_where=rows, postgresql_where=rows)


_table(
    "notice_contents", _key("hash"), _required("content"), _required("kept_at", Instant)
)
_table("form_nonces", _key("nonce_hash"), _required("used_at", Instant))
_table(
    "cases",
    _key("id"),
    _required("reference"),
    _required("code_hash"),
    _required("code_key", sa.LargeBinary),
    _optional("nonce_hash", sa.Text, _outlives("form_nonces.nonce_hash")),
    _optional("former_id", sa.Text, _outlives("cases.id")),
    _required("channel"),
    _required("language"),
    _required("state"),
    _required("all_data", Flag),
    _optional("suspicion"),
    _required("restricted", Flag),
    _required("received_at", Instant),
    _required("received_on", Day),
    _required("entered_at", Instant),
    _required("raw_due", Day),
    _required("due", Day),
    _required("raw_extended_due", Day),
    _required("extended_due", Day),
    _required("aim_on", Day),
    _required("calendar"),
    _required("notice_hash", sa.Text, sa.ForeignKey("notice_contents.hash")),
    _optional("confirmed_at", Instant),
    _optional("cancelled_at", Instant),
    _optional("closed_at", Instant),
    _required("version", sa.Integer),
    _optional("handler_id"),
    _optional("extended_to", Day),
    _optional("answered_on", Day),
    _optional("held_at", Instant),
    _optional("denied_at", Instant),
    sa.UniqueConstraint("reference"),
    sa.UniqueConstraint("code_hash"),
    _one_of("channel", CHANNELS),
    _one_of("state", "received working waiting ready closed"),
    _check("language", "length(language) BETWEEN 2 AND 10"),
    _check("code_key", "length(code_key) = 32"),
    _check("due", "due >= raw_due AND raw_due > received_on"),
    _check(
        "extended_due",
        "extended_due >= raw_extended_due AND raw_extended_due > raw_due",
    ),
    _index("nonce_hash"),
    _index("former_id"),
    _index("notice_hash"),
    _index("state", "due"),
    _index("aim_on", "id", name="ix_cases_open", where="closed_at IS NULL"),
    _index("closed_at", "id", name="ix_cases_closed"),
    _index("held_at", "id", name="ix_cases_held", where="held_at IS NOT NULL"),
)
_table(
    "case_rights",
    _key("case_id", sa.Text, _goes_with("cases")),
    _key("kind"),
    _one_of(
        "kind",
        "access rectification erasure restriction portability objection "
        "marketing-objection consent-withdrawal human-review other",
    ),
)
_table(
    "case_registers",
    _key("case_id", sa.Text, _goes_with("cases")),
    _key("register"),
)
_table(
    "sealed_parts",
    _key("id"),
    _required("case_id", sa.Text, _goes_with("cases")),
    _required("kind"),
    _required("envelope", sa.LargeBinary),
    _required("sealed_at", Instant),
    sa.UniqueConstraint("case_id", "kind"),
    _index("kind", "sealed_at"),
)
_table(
    "messages",
    _key("id"),
    _required("case_id", sa.Text, _goes_with("cases")),
    _required("sender"),
    _required("for_desk", sa.LargeBinary),
    _required("for_person", sa.LargeBinary),
    _required("written_at", Instant),
    _optional("read_at", Instant),
    _one_of("sender", "person desk"),
    _index("case_id", "written_at"),
    _index("written_at"),
)
_table(
    "outbox",
    _key("id"),
    _optional("case_id", sa.Text, _goes_with("cases")),
    _required("kind"),
    _required("language"),
    _required("address", sa.LargeBinary),
    _required("facts"),
    _required("message_id"),
    _required("created_at", Instant),
    _required("tries", sa.Integer),
    _optional("next_try_at", Instant),
    _optional("sent_at", Instant),
    _optional("failed_at", Instant),
    sa.UniqueConstraint("message_id"),
    _check("tries", "tries >= 0"),
    _index("case_id"),
    _index("next_try_at"),
)
_table(
    "audit",
    _key("seq", BIG),
    _required("at", Instant),
    _required("actor"),
    _required("action"),
    _optional("case_id"),
    _required("facts"),
    _required("previous"),
    _required("digest"),
    _index("case_id"),
)
_table(
    "rate_limits",
    _key("scope"),
    _key("bucket"),
    _key("starts_at", Instant),
    _required("hits", sa.Integer),
    _index("starts_at"),
)
_table(
    "accounts",
    _key("id"),
    _required("name"),
    _required("role"),
    _required("language"),
    _optional("password_hash"),
    _optional("totp_secret", sa.LargeBinary),
    _optional("totp_last", BIG),
    _optional("totp_since", Instant),
    _optional("one_time_hash"),
    _optional("one_time_until", Instant),
    _required("created_at", Instant),
    _optional("disabled_at", Instant),
    sa.UniqueConstraint("name"),
    _one_of("role", "viewer handler admin"),
    _check("language", "length(language) BETWEEN 2 AND 10"),
)
_table(
    "absences",
    _key("account_id", sa.Text, _goes_with("accounts")),
    _required("first_day", Day),
    _required("last_day", Day),
    _optional("deputy_id", sa.Text, _outlives("accounts.id")),
    _check("last_day", "last_day >= first_day"),
    _index("deputy_id"),
)
_table(
    "recovery_codes",
    _key("account_id", sa.Text, _goes_with("accounts")),
    _key("code_hash"),
    _optional("used_at", Instant),
)
_table(
    "staff_sessions",
    _key("id"),
    _required("token_hash"),
    _optional("account_id", sa.Text, _goes_with("accounts")),
    _required("stage"),
    _required("notes"),
    _required("browser"),
    _required("started_at", Instant),
    _required("seen_at", Instant),
    _optional("proved_at", Instant),
    sa.UniqueConstraint("token_hash"),
    _one_of("stage", "password signed-in"),
    _index("account_id"),
    _index("seen_at"),
)
_table(
    "case_readers",
    _key("case_id", sa.Text, _goes_with("cases")),
    _key("account_id", sa.Text, _goes_with("accounts")),
)
_table(
    "case_links",
    _key("case_id", sa.Text, _goes_with("cases")),
    _key("other_id", sa.Text, _goes_with("cases")),
    _required("linked_at", Instant),
)
_table(
    "contact_hashes",
    _key("case_id", sa.Text, _goes_with("cases")),
    _key("hash"),
    _index("hash"),
)
_table(
    "steps",
    _key("id"),
    _required("case_id", sa.Text, _goes_with("cases")),
    _required("number", sa.Integer),
    _required("kind"),
    _required("actor"),
    _required("at", Instant),
    _required("facts"),
    _optional("sealed", sa.LargeBinary),
    _optional("sealed_values", sa.LargeBinary),
    sa.UniqueConstraint("case_id", "number"),
    _index("at", name="ix_steps_values", where="sealed_values IS NOT NULL"),
)
_table(
    "letters",
    _key("id"),
    _required("case_id", sa.Text, _goes_with("cases")),
    _required("kind"),
    _required("addressee"),
    _optional("recipient"),
    _required("language"),
    _required("way"),
    _required("sealed", sa.LargeBinary),
    _required("actor"),
    _required("entered_at", Instant),
    _required("sent_on", Day),
    _one_of(
        "kind",
        "received identity clarification extension late answer restriction-lifted "
        "to-recipient message",
    ),
    _one_of("addressee", "person recipient"),
    _one_of("way", WAYS),
    _index("case_id", "entered_at"),
)
_table(
    "packages",
    _key("id"),
    _required("case_id", sa.Text, _goes_with("cases")),
    _required("public_key", sa.LargeBinary),
    _required("key_for_desk", sa.LargeBinary),
    _required("made_at", Instant),
    _check("public_key", "length(public_key) = 32"),
    _index("case_id"),
)
_table(
    "package_files",
    _key("id"),
    _required("package_id", sa.Text, _goes_with("packages")),
    _required("position", sa.Integer),
    _required("name", sa.LargeBinary),
    _required("content", sa.LargeBinary),
    _required("size", sa.Integer),
    sa.UniqueConstraint("package_id", "position"),
    _check("size", "size >= 0"),
)
_table(
    "deliveries",
    _key("id"),
    _required("case_id", sa.Text, _goes_with("cases")),
    _optional("package_id", sa.Text, _outlives("packages.id")),
    _required("way"),
    _required("code_hash"),
    _required("needs_access_code", Flag),
    _optional("key_for_person", sa.LargeBinary),
    _required("actor"),
    _required("made_at", Instant),
    _required("sent_on", Day),
    _optional("fetched_at", Instant),
    _optional("handed_on", Day),
    _optional("reminded_at", Instant),
    _optional("withdrawn_at", Instant),
    sa.UniqueConstraint("code_hash"),
    _one_of("way", WAYS),
    _index("case_id"),
    _index("package_id"),
    _index(
        "way",
        "made_at",
        name="ix_deliveries_untouched",
        where="fetched_at IS NULL AND handed_on IS NULL"
        " AND reminded_at IS NULL AND withdrawn_at IS NULL",
    ),
)
_table(
    "statistics",
    _key("id"),
    _optional("case_id", sa.Text, _outlives("cases.id")),
    _required("year", sa.Integer),
    _required("month", sa.Integer),
    _required("channel"),
    _required("language"),
    _required("rights"),
    _optional("days", sa.Integer),
    _required("in_aim", Flag),
    _required("late", Flag),
    _optional("extension"),
    _required("paused", sa.Integer),
    _optional("suspicion"),
    sa.UniqueConstraint("case_id"),
    _one_of("channel", CHANNELS),
    _check("month", "month BETWEEN 1 AND 12"),
    _check("days", "days >= 0"),
    _check("paused", "paused >= 0"),
    _index("year"),
    with_rowid=False,
)
