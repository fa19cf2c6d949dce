"""The tables. Whatever a person wrote is in an envelope; the rest runs the queue."""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from request_app.store.columns import Choice, Day, Facts, Flag, Instant
from request_app.store.values import Channel, Right, Sender, State

metadata = MetaData(
    naming_convention={  # migrations find a constraint by its name
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _case_column(*, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """A row of a case goes when the case goes."""
    return Column(
        "case_id",
        Text,
        ForeignKey("cases.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=nullable,
    )


notice_contents = Table(
    "notice_contents",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("content", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
    sqlite_strict=True,
)

form_nonces = Table(
    "form_nonces",
    metadata,
    Column("nonce_hash", Text, primary_key=True),
    Column("used_at", Instant, nullable=False),
    sqlite_strict=True,
)

cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("code_key", LargeBinary, nullable=False),  # public half, of the access code
    Column(
        "nonce_hash",
        Text,
        ForeignKey("form_nonces.nonce_hash", ondelete="SET NULL"),
        index=True,
    ),
    Column("former_id", Text, ForeignKey("cases.id", ondelete="SET NULL"), index=True),
    Column("channel", Choice(Channel), nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Choice(State), nullable=False),
    Column("all_data", Flag, nullable=False),
    Column("suspicion", Text),  # why it is taken for spam, until staff release it
    Column("restricted", Flag, nullable=False),  # to named members of staff
    Column("received_at", Instant, nullable=False),
    Column("received_on", Day, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("raw_due", Day, nullable=False),
    Column("due", Day, nullable=False),
    Column("raw_extended_due", Day, nullable=False),
    Column("extended_due", Day, nullable=False),
    Column("aim_on", Day, nullable=False),
    Column("calendar", Text, nullable=False),  # by which the dates were counted
    Column(
        "notice_hash",
        Text,
        ForeignKey("notice_contents.hash"),
        nullable=False,
        index=True,
    ),
    Column("confirmed_at", Instant),
    Column("cancelled_at", Instant),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
    _one_of("channel", Channel),
    _one_of("state", State),
    CheckConstraint("length(language) BETWEEN 2 AND 10", name="language"),
    CheckConstraint("length(code_key) = 32", name="code_key"),
    CheckConstraint("due >= raw_due AND raw_due > received_on", name="due"),
    CheckConstraint(
        "extended_due >= raw_extended_due AND raw_extended_due > raw_due",
        name="extended_due",
    ),
    Index(None, "state", "due"),
    sqlite_strict=True,
)

case_rights = Table(
    "case_rights",
    metadata,
    _case_column(primary_key=True),
    Column("kind", Choice(Right), primary_key=True),
    _one_of("kind", Right),
    sqlite_strict=True,
)

case_registers = Table(
    "case_registers",
    metadata,
    _case_column(primary_key=True),
    Column(
        "register", Text, primary_key=True
    ),  # an id of the notice kept with the case
    sqlite_strict=True,
)

sealed_parts = Table(
    "sealed_parts",
    metadata,
    Column("id", Text, primary_key=True),
    _case_column(),
    Column("kind", Text, nullable=False),  # parts are deleted each in its own time
    Column("envelope", LargeBinary, nullable=False),
    Column("sealed_at", Instant, nullable=False),
    UniqueConstraint("case_id", "kind"),
    sqlite_strict=True,
)

messages = Table(
    "messages",
    metadata,
    Column("id", Text, primary_key=True),
    _case_column(),
    Column("sender", Choice(Sender), nullable=False),
    Column("for_desk", LargeBinary, nullable=False),
    Column("for_person", LargeBinary, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("read_at", Instant),
    _one_of("sender", Sender),
    Index(None, "case_id", "written_at"),
    sqlite_strict=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),
    _case_column(nullable=True),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("facts", Facts, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", Instant),  # none once it is sent or given up
    Column("sent_at", Instant),
    Column("failed_at", Instant),
    CheckConstraint("tries >= 0", name="tries"),
    Index(None, "case_id"),
    Index(None, "next_try_at"),
    sqlite_strict=True,
)

audit = Table(  # it outlives the case it tells of, hence no foreign key
    "audit",
    metadata,
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("case_id", Text),
    Column("facts", Facts, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index(None, "case_id"),
    sqlite_strict=True,
)

rate_limits = Table(
    "rate_limits",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("bucket", Text, primary_key=True),
    Column("starts_at", Instant, primary_key=True),
    Column("hits", Integer, nullable=False),
    Index(None, "starts_at"),
    sqlite_strict=True,
)
