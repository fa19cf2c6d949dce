"""A case of the rowing club of tests/content; everybody in it is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime

from request_app.published import edition_of, kept
from request_app.store.cases import Case
from request_app.store.values import Channel, State

TODAY = date(2026, 12, 14)
CASE = Case(
    id="0" * 32,
    reference="BCDF-2345",
    code_hash="",
    code_key=b"",
    nonce_hash=None,
    former_id=None,
    channel=Channel.FORM,
    language="fi",
    state=State.WORKING,
    all_data=True,
    suspicion=None,
    restricted=False,
    received_at=datetime(2026, 11, 22, 14, 48, tzinfo=UTC),
    received_on=date(2026, 11, 22),
    entered_at=datetime(2026, 11, 22, 14, 48, tzinfo=UTC),
    raw_due=date(2026, 12, 22),
    due=date(2026, 12, 22),
    raw_extended_due=date(2027, 2, 22),
    extended_due=date(2027, 2, 22),
    aim_on=date(2026, 12, 7),
    calendar="FI 652/2023",
    notice_hash="",
)
SOME_DATA = replace(CASE, all_data=False)


def kept_of(content):
    return kept(edition_of(content).notice)
