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
    and_,
    func,
)

from request_app.store.columns import Choice, Day, Facts, Flag, Instant
from request_app.store.values import (
    Channel,
    Correspondent,
    LetterKind,
    Right,
    Role,
    Sender,
    Stage,
    State,
    Way,
)

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


def _owned_by(table: str, column: str, *, primary_key: bool = False) -> Column[str]:
    """A row goes when the row it belongs to goes."""
    owner = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(column, Text, owner, primary_key=primary_key, nullable=False)


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
    Column("handler_id", Text),  # an account; none has taken the case yet
    Column("extended_to", Day),  # once the time was extended: the new last day
    Column("answered_on", Day),  # for the first time
    Column("held_at", Instant),  # nothing of it is deleted while somebody may claim
    Column("denied_at", Instant),  # who reads at an address on file did not ask
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
OPEN = cases.c.closed_at.is_(None)
LAST_DAY = func.coalesce(cases.c.extended_to, cases.c.due)
Index(  # the queue reads it from the top, however many cases are closed
    "ix_cases_open",
    cases.c.aim_on,
    cases.c.id,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)
Index("ix_cases_closed", cases.c.closed_at, cases.c.id)
Index(
    "ix_cases_held",
    cases.c.held_at,
    cases.c.id,
    sqlite_where=cases.c.held_at.is_not(None),
    postgresql_where=cases.c.held_at.is_not(None),
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
    Index(None, "kind", "sealed_at"),
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
    Index(None, "written_at"),
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

accounts = Table(  # of staff; they are disabled and never removed
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Choice(Role), nullable=False),
    Column("language", Text, nullable=False),
    Column("password_hash", Text),
    Column("totp_secret", LargeBinary),  # sealed to the desk
    Column("totp_last", BigInteger().with_variant(Integer, "sqlite")),
    Column("totp_since", Instant),  # none until the first code was right
    Column("one_time_hash", Text),  # of the code with which a password is set
    Column("one_time_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    _one_of("role", Role),
    CheckConstraint("length(language) BETWEEN 2 AND 10", name="language"),
    sqlite_strict=True,
)

absences = Table(  # of an account at most one, dropped when it is over
    "absences",
    metadata,
    _owned_by("accounts", "account_id", primary_key=True),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    Column(
        "deputy_id", Text, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    ),
    CheckConstraint("last_day >= first_day", name="last_day"),
    sqlite_strict=True,
)

recovery_codes = Table(  # for who has lost the phone; each opens once
    "recovery_codes",
    metadata,
    _owned_by("accounts", "account_id", primary_key=True),
    Column("code_hash", Text, primary_key=True),
    Column("used_at", Instant),
    sqlite_strict=True,
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", Text, primary_key=True),  # names it in the list of own sessions
    Column("token_hash", Text, nullable=False, unique=True),
    Column(
        "account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    ),
    Column("stage", Choice(Stage), nullable=False),
    Column("notes", Facts, nullable=False),  # what a page keeps for the next one
    Column("browser", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False, index=True),
    Column("proved_at", Instant),  # when the password was last given
    _one_of("stage", Stage),
    sqlite_strict=True,
)

case_readers = Table(  # who may open a restricted case
    "case_readers",
    metadata,
    _case_column(primary_key=True),
    _owned_by("accounts", "account_id", primary_key=True),
    sqlite_strict=True,
)

case_links = Table(  # both ways round, so that either case shows the other
    "case_links",
    metadata,
    _case_column(primary_key=True),
    _owned_by("cases", "other_id", primary_key=True),
    Column("linked_at", Instant, nullable=False),
    sqlite_strict=True,
)

contact_hashes = Table(  # keyed, so that only the desk can compare
    "contact_hashes",
    metadata,
    _case_column(primary_key=True),
    Column("hash", Text, primary_key=True),
    Index(None, "hash"),
    sqlite_strict=True,
)

steps = Table(
    "steps",
    metadata,
    Column("id", Text, primary_key=True),
    _case_column(),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("facts", Text, nullable=False),  # JSON by the kind; no personal data
    Column("sealed", LargeBinary),  # what was written in words
    Column("sealed_values", LargeBinary),  # old and new values: deleted earlier
    UniqueConstraint("case_id", "number"),
    sqlite_strict=True,
)
Index(  # most steps have none, and in a closed case they are soon gone
    "ix_steps_values",
    steps.c.at,
    sqlite_where=steps.c.sealed_values.is_not(None),
    postgresql_where=steps.c.sealed_values.is_not(None),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Text, primary_key=True),
    _case_column(),
    Column("kind", Choice(LetterKind), nullable=False),
    Column("addressee", Choice(Correspondent), nullable=False),
    Column("recipient", Text),  # an id of the notice, when it is to a recipient
    Column("language", Text, nullable=False),
    Column("way", Choice(Way), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("actor", Text, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("sent_on", Day, nullable=False),
    _one_of("kind", LetterKind),
    _one_of("addressee", Correspondent),
    _one_of("way", Way),
    Index(None, "case_id", "entered_at"),
    sqlite_strict=True,
)

packages = Table(  # what is handed over, sealed to a key of its own
    "packages",
    metadata,
    Column("id", Text, primary_key=True),
    _case_column(),
    Column("public_key", LargeBinary, nullable=False),
    Column("key_for_desk", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    CheckConstraint("length(public_key) = 32", name="public_key"),
    Index(None, "case_id"),
    sqlite_strict=True,
)

package_files = Table(
    "package_files",
    metadata,
    Column("id", Text, primary_key=True),
    _owned_by("packages", "package_id"),
    Column("position", Integer, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    UniqueConstraint("package_id", "position"),
    CheckConstraint("size >= 0", name="size"),
    sqlite_strict=True,
)

deliveries = Table(  # a code is lost: the same package, another delivery
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    _case_column(),
    Column("package_id", Text, ForeignKey("packages.id", ondelete="SET NULL")),
    Column("way", Choice(Way), nullable=False),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("needs_access_code", Flag, nullable=False),
    Column("key_for_person", LargeBinary),  # gone with the package
    Column("actor", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("sent_on", Day, nullable=False),
    Column("fetched_at", Instant),
    Column("handed_on", Day),  # on paper, or read out
    Column("reminded_at", Instant),
    Column("withdrawn_at", Instant),  # another one took its place
    _one_of("way", Way),
    Index(None, "case_id"),
    Index(None, "package_id"),
    sqlite_strict=True,
)
UNTOUCHED = and_(
    *(
        deliveries.c[name].is_(None)
        for name in ("fetched_at", "handed_on", "reminded_at", "withdrawn_at")
    )
)
Index(  # whom to remind is asked every minute
    "ix_deliveries_untouched",
    deliveries.c.way,
    deliveries.c.made_at,
    sqlite_where=UNTOUCHED,
    postgresql_where=UNTOUCHED,
)

statistics = Table(  # of closed cases; what is left of one, it cannot be traced by
    "statistics",
    metadata,
    Column("id", Text, primary_key=True),
    Column(  # none once the case is gone
        "case_id", Text, ForeignKey("cases.id", ondelete="SET NULL"), unique=True
    ),
    Column("year", Integer, nullable=False),  # in which the request came
    Column("month", Integer, nullable=False),
    Column("channel", Choice(Channel), nullable=False),
    Column("language", Text, nullable=False),
    Column("rights", Facts, nullable=False),  # each with what became of it
    Column("days", Integer),  # until the first answer; none without one
    Column("in_aim", Flag, nullable=False),
    Column("late", Flag, nullable=False),
    Column("extension", Text),  # the reason
    Column("paused", Integer, nullable=False),  # days
    Column("suspicion", Text),  # why it was taken for spam, which is counted apart
    _one_of("channel", Channel),
    CheckConstraint("month BETWEEN 1 AND 12", name="month"),
    CheckConstraint("days >= 0", name="days"),
    CheckConstraint("paused >= 0", name="paused"),
    Index(None, "year"),
    sqlite_strict=True,
    sqlite_with_rowid=False,  # no order tells which row came of which case
)
