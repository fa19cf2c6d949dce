"""Triggers that keep the audit trail as it was written.

SQLite's batch migrations drop triggers with the table, so every run puts them back.
"""

from sqlalchemy import Connection, inspect

SQLITE = (
    """
    CREATE TRIGGER IF NOT EXISTS audit_refuses_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are only added'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS audit_refuses_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are only added'); END
    """,
    # INSERT OR REPLACE removes a row past the trigger above
    """
    CREATE TRIGGER IF NOT EXISTS audit_refuses_gaps BEFORE INSERT ON audit
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'audit rows are added at the end'); END
    """,
)
POSTGRES = (
    """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit rows are only added'; END $$
    """,
    """
    CREATE OR REPLACE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE OR REPLACE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE OR REPLACE FUNCTION audit_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) THEN
        RAISE EXCEPTION 'audit rows are added at the end';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE OR REPLACE TRIGGER audit_refuses_gaps BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_gap()
    """,
)
POSTGRES_REMAINS = (
    "DROP FUNCTION IF EXISTS audit_refuse()",
    "DROP FUNCTION IF EXISTS audit_refuse_gap()",
)
STATEMENTS: dict[tuple[str, bool], tuple[str, ...]] = {
    ("sqlite", True): SQLITE,
    ("sqlite", False): (),  # triggers go with their table
    ("postgresql", True): POSTGRES,
    ("postgresql", False): POSTGRES_REMAINS,
}


def protect_audit(connection: Connection) -> None:
    """Refuse changed, removed and inserted rows; clear up where the table is gone."""
    there = inspect(connection).has_table("audit")
    for statement in STATEMENTS[connection.dialect.name, there]:
        connection.exec_driver_sql(statement)
