"""The tables. What a requester wrote is in envelopes; the rest is plain columns."""

from enum import StrEnum

import sqlalchemy as sa

from request_app.store import values
from request_app.store.columns import Choice, Day, FactsColumn, Flag, Instant

metadata = sa.MetaData(
    naming_convention={  # migrations find a constraint by its name
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _one_of(column: str, enumeration: type[StrEnum]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in enumeration)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def _owned_by(
    table: str, column: str, *, primary_key: bool = False, nullable: bool = False
) -> sa.Column[str]:
    """A reference to the row that this row belongs to and is deleted with."""
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(column, sa.Text, owner, primary_key=primary_key, nullable=nullable)


def _case_column(
    *, primary_key: bool = False, nullable: bool = False
) -> sa.Column[str]:
    return _owned_by("cases", "case_id", primary_key=primary_key, nullable=nullable)


notice_contents = sa.Table(
    "notice_contents",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("kept_at", Instant, nullable=False),
    sqlite_strict=True,
)

form_nonces = sa.Table(
    "form_nonces",
    metadata,
    sa.Column("nonce_hash", sa.Text, primary_key=True),
    sa.Column("used_at", Instant, nullable=False),
    sqlite_strict=True,
)

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("reference", sa.Text, nullable=False, unique=True),
    sa.Column("code_hash", sa.Text, nullable=False, unique=True),
    sa.Column(
        "code_key", sa.LargeBinary, nullable=False
    ),  # public half, of the access code
    sa.Column(
        "nonce_hash",
        sa.Text,
        sa.ForeignKey("form_nonces.nonce_hash", ondelete="SET NULL"),
        index=True,
    ),
    sa.Column(
        "former_id", sa.Text, sa.ForeignKey("cases.id", ondelete="SET NULL"), index=True
    ),
    sa.Column("channel", Choice(values.Channel), nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("state", Choice(values.State), nullable=False),
    sa.Column("all_data", Flag, nullable=False),
    sa.Column("suspicion", sa.Text),  # why it is taken for spam, until staff release it
    sa.Column("restricted", Flag, nullable=False),  # to named members of staff
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("received_on", Day, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("raw_due", Day, nullable=False),
    sa.Column("due", Day, nullable=False),
    sa.Column("raw_extended_due", Day, nullable=False),
    sa.Column("extended_due", Day, nullable=False),
    sa.Column("aim_on", Day, nullable=False),
    sa.Column("calendar", sa.Text, nullable=False),  # of the due dates
    sa.Column(
        "notice_hash",
        sa.Text,
        sa.ForeignKey("notice_contents.hash"),
        nullable=False,
        index=True,
    ),
    sa.Column("confirmed_at", Instant),
    sa.Column("cancelled_at", Instant),
    sa.Column("closed_at", Instant),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("handler_id", sa.Text),  # an account; none until one takes the case
    sa.Column("extended_to", Day),  # the new last day, once the time was extended
    sa.Column("answered_on", Day),  # the first time
    sa.Column("held_at", Instant),  # under legal hold since then: nothing is deleted
    sa.Column("denied_at", Instant),  # the person at the address on file did not ask
    _one_of("channel", values.Channel),
    _one_of("state", values.State),
    sa.CheckConstraint("length(language) BETWEEN 2 AND 10", name="language"),
    sa.CheckConstraint("length(code_key) = 32", name="code_key"),
    sa.CheckConstraint("due >= raw_due AND raw_due > received_on", name="due"),
    sa.CheckConstraint(
        "extended_due >= raw_extended_due AND raw_extended_due > raw_due",
        name="extended_due",
    ),
    sa.Index(None, "state", "due"),
    sqlite_strict=True,
)
OPEN = cases.c.closed_at.is_(None)
LAST_DAY = sa.func.coalesce(cases.c.extended_to, cases.c.due)
sa.Index(  # the queue reads open cases in this order, however many are closed
    "ix_cases_open",
    cases.c.aim_on,
    cases.c.id,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)
sa.Index("ix_cases_closed", cases.c.closed_at, cases.c.id)
sa.Index(
    "ix_cases_held",
    cases.c.held_at,
    cases.c.id,
    sqlite_where=cases.c.held_at.is_not(None),
    postgresql_where=cases.c.held_at.is_not(None),
)

case_rights = sa.Table(
    "case_rights",
    metadata,
    _case_column(primary_key=True),
    sa.Column("kind", Choice(values.Right), primary_key=True),
    _one_of("kind", values.Right),
    sqlite_strict=True,
)

case_registers = sa.Table(
    "case_registers",
    metadata,
    _case_column(primary_key=True),
    sa.Column(
        "register", sa.Text, primary_key=True
    ),  # an id of the notice stored with the case
    sqlite_strict=True,
)

sealed_parts = sa.Table(
    "sealed_parts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _case_column(),
    sa.Column("kind", sa.Text, nullable=False),  # each kind is deleted at its own time
    sa.Column("envelope", sa.LargeBinary, nullable=False),
    sa.Column("sealed_at", Instant, nullable=False),
    sa.UniqueConstraint("case_id", "kind"),
    sa.Index(None, "kind", "sealed_at"),
    sqlite_strict=True,
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _case_column(),
    sa.Column("sender", Choice(values.Sender), nullable=False),
    sa.Column("for_desk", sa.LargeBinary, nullable=False),
    sa.Column("for_person", sa.LargeBinary, nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.Column("read_at", Instant),
    _one_of("sender", values.Sender),
    sa.Index(None, "case_id", "written_at"),
    sa.Index(None, "written_at"),
    sqlite_strict=True,
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _case_column(nullable=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("address", sa.LargeBinary, nullable=False),
    sa.Column("facts", FactsColumn, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_try_at", Instant),  # none once it is sent or given up
    sa.Column("sent_at", Instant),
    sa.Column("failed_at", Instant),
    sa.CheckConstraint("tries >= 0", name="tries"),
    sa.Index(None, "case_id"),
    sa.Index(None, "next_try_at"),
    sqlite_strict=True,
)

audit = sa.Table(  # it outlives its case, hence no foreign key
    "audit",
    metadata,
    sa.Column(
        "seq",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text),
    sa.Column("facts", FactsColumn, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index(None, "case_id"),
    sqlite_strict=True,
)

rate_limits = sa.Table(
    "rate_limits",
    metadata,
    sa.Column("scope", sa.Text, primary_key=True),
    sa.Column("bucket", sa.Text, primary_key=True),
    sa.Column("starts_at", Instant, primary_key=True),
    sa.Column("hits", sa.Integer, nullable=False),
    sa.Index(None, "starts_at"),
    sqlite_strict=True,
)

accounts = sa.Table(  # of staff; they are disabled and never deleted
    "accounts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("role", Choice(values.Role), nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text),
    sa.Column("totp_secret", sa.LargeBinary),  # sealed to the desk
    sa.Column("totp_last", sa.BigInteger().with_variant(sa.Integer, "sqlite")),
    sa.Column("totp_since", Instant),  # none until the first code was confirmed
    sa.Column("one_time_hash", sa.Text),  # of the code that sets a password
    sa.Column("one_time_until", Instant),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("disabled_at", Instant),
    _one_of("role", values.Role),
    sa.CheckConstraint("length(language) BETWEEN 2 AND 10", name="language"),
    sqlite_strict=True,
)

absences = sa.Table(  # at most one of an account, deleted when it has ended
    "absences",
    metadata,
    _owned_by("accounts", "account_id", primary_key=True),
    sa.Column("first_day", Day, nullable=False),
    sa.Column("last_day", Day, nullable=False),
    sa.Column(
        "deputy_id",
        sa.Text,
        sa.ForeignKey("accounts.id", ondelete="SET NULL"),
        index=True,
    ),
    sa.CheckConstraint("last_day >= first_day", name="last_day"),
    sqlite_strict=True,
)

recovery_codes = sa.Table(  # for a lost phone; each works once
    "recovery_codes",
    metadata,
    _owned_by("accounts", "account_id", primary_key=True),
    sa.Column("code_hash", sa.Text, primary_key=True),
    sa.Column("used_at", Instant),
    sqlite_strict=True,
)

staff_sessions = sa.Table(
    "staff_sessions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # shown in the list of sessions
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column(
        "account_id",
        sa.Text,
        sa.ForeignKey("accounts.id", ondelete="CASCADE"),
        index=True,
    ),
    sa.Column("stage", Choice(values.SignInStage), nullable=False),
    sa.Column("notes", FactsColumn, nullable=False),  # kept for the next page
    sa.Column("browser", sa.Text, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False, index=True),
    sa.Column("proved_at", Instant),  # when the password was last given
    _one_of("stage", values.SignInStage),
    sqlite_strict=True,
)

case_readers = sa.Table(  # who may open a restricted case
    "case_readers",
    metadata,
    _case_column(primary_key=True),
    _owned_by("accounts", "account_id", primary_key=True),
    sqlite_strict=True,
)

case_links = sa.Table(  # in both directions, so that either case shows the other
    "case_links",
    metadata,
    _case_column(primary_key=True),
    _owned_by("cases", "other_id", primary_key=True),
    sa.Column("linked_at", Instant, nullable=False),
    sqlite_strict=True,
)

contact_hashes = sa.Table(  # keyed, so that only the desk can compare them
    "contact_hashes",
    metadata,
    _case_column(primary_key=True),
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Index(None, "hash"),
    sqlite_strict=True,
)

steps = sa.Table(
    "steps",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _case_column(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),  # JSON by the kind; no personal data
    sa.Column("sealed", sa.LargeBinary),  # the texts
    sa.Column("sealed_values", sa.LargeBinary),  # old and new values, deleted earlier
    sa.UniqueConstraint("case_id", "number"),
    sqlite_strict=True,
)
sa.Index(  # most steps have none, and those of closed cases are deleted soon
    "ix_steps_values",
    steps.c.at,
    sqlite_where=steps.c.sealed_values.is_not(None),
    postgresql_where=steps.c.sealed_values.is_not(None),
)

letters = sa.Table(
    "letters",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _case_column(),
    sa.Column("kind", Choice(values.LetterKind), nullable=False),
    sa.Column("addressee", Choice(values.Correspondent), nullable=False),
    sa.Column("recipient", sa.Text),  # an id of the notice, in a letter to a recipient
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("way", Choice(values.Way), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("sent_on", Day, nullable=False),
    _one_of("kind", values.LetterKind),
    _one_of("addressee", values.Correspondent),
    _one_of("way", values.Way),
    sa.Index(None, "case_id", "entered_at"),
    sqlite_strict=True,
)

packages = sa.Table(  # the files of an answer, sealed to a key of their own
    "packages",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _case_column(),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("key_for_desk", sa.LargeBinary, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.CheckConstraint("length(public_key) = 32", name="public_key"),
    sa.Index(None, "case_id"),
    sqlite_strict=True,
)

package_files = sa.Table(
    "package_files",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _owned_by("packages", "package_id"),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.LargeBinary, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.UniqueConstraint("package_id", "position"),
    sa.CheckConstraint("size >= 0", name="size"),
    sqlite_strict=True,
)

deliveries = sa.Table(  # after a lost code, the same package is delivered again
    "deliveries",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _case_column(),
    sa.Column("package_id", sa.Text, sa.ForeignKey("packages.id", ondelete="SET NULL")),
    sa.Column("way", Choice(values.Way), nullable=False),
    sa.Column("code_hash", sa.Text, nullable=False, unique=True),
    sa.Column("needs_access_code", Flag, nullable=False),
    sa.Column("key_for_person", sa.LargeBinary),  # deleted with the package
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("sent_on", Day, nullable=False),
    sa.Column("fetched_at", Instant),
    sa.Column("handed_on", Day),  # on paper, or read out
    sa.Column("reminded_at", Instant),
    sa.Column("withdrawn_at", Instant),  # replaced by another delivery
    _one_of("way", values.Way),
    sa.Index(None, "case_id"),
    sa.Index(None, "package_id"),
    sqlite_strict=True,
)
UNTOUCHED = sa.and_(
    *(
        deliveries.c[name].is_(None)
        for name in ("fetched_at", "handed_on", "reminded_at", "withdrawn_at")
    )
)
sa.Index(  # deliveries to remind of are read every minute
    "ix_deliveries_untouched",
    deliveries.c.way,
    deliveries.c.made_at,
    sqlite_where=UNTOUCHED,
    postgresql_where=UNTOUCHED,
)

statistics = sa.Table(  # of closed cases; a row without its case cannot be traced to it
    "statistics",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column(  # none once the case is deleted
        "case_id", sa.Text, sa.ForeignKey("cases.id", ondelete="SET NULL"), unique=True
    ),
    sa.Column("year", sa.Integer, nullable=False),  # in which the request was received
    sa.Column("month", sa.Integer, nullable=False),
    sa.Column("channel", Choice(values.Channel), nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("rights", FactsColumn, nullable=False),  # each with its outcome
    sa.Column("days", sa.Integer),  # until the first answer; none without one
    sa.Column("in_aim", Flag, nullable=False),
    sa.Column("late", Flag, nullable=False),
    sa.Column("extension", sa.Text),  # the reason
    sa.Column("paused", sa.Integer, nullable=False),  # days
    sa.Column(
        "suspicion", sa.Text
    ),  # why it was taken for spam, which is counted separately
    _one_of("channel", values.Channel),
    sa.CheckConstraint("month BETWEEN 1 AND 12", name="month"),
    sa.CheckConstraint("days >= 0", name="days"),
    sa.CheckConstraint("paused >= 0", name="paused"),
    sa.Index(None, "year"),
    sqlite_strict=True,
    sqlite_with_rowid=False,  # no row order shows which case a row is of
)
