"""What nobody would have seen: denied requests, first answers, spam that is gone."""

import sqlalchemy as sa
from alembic import op

from request_app.store.columns import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("cases", sa.Column("denied_at", Instant(), nullable=True))
    op.add_column("statistics", sa.Column("suspicion", sa.Text(), nullable=True))
    op.execute(DENIED)
    op.execute(FIRST_ANSWERS)
    op.execute(SPAM)


def downgrade() -> None:
    op.drop_column("statistics", "suspicion")
    op.drop_column("cases", "denied_at")


# Somebody said it was not them, and nothing about who asks came after it.
DENIED = """
UPDATE cases SET denied_at = (
    SELECT max(denied.at) FROM steps AS denied
    WHERE denied.case_id = cases.id AND denied.kind = 'identity-denied'
    AND NOT EXISTS (
        SELECT 1 FROM steps AS later
        WHERE later.case_id = denied.case_id AND later.number > denied.number
        AND later.kind IN ('identity-settled', 'asked')
    )
)
"""
# Until now a case forgot its answers when it was reopened.
FIRST_ANSWERS = """
UPDATE cases SET answered_on = (
    SELECT min(sent_on) FROM deliveries WHERE deliveries.case_id = cases.id
)
WHERE EXISTS (SELECT 1 FROM deliveries WHERE deliveries.case_id = cases.id)
"""
SPAM = """
UPDATE statistics SET suspicion = (
    SELECT suspicion FROM cases WHERE cases.id = statistics.case_id
)
"""
