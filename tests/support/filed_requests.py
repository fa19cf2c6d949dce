"""A request as the tests file it; every person in it is made up."""

from datetime import UTC, datetime

from request_app.cases.action import FORM, Action, CaseSettings
from request_app.cases.intake.submission import Arrival, Submission, accept
from request_app.sealing import Keyring, OpeningKey
from request_app.store.notices import Notice
from request_app.store.values import Right

DESK_KEY = OpeningKey(b"\x42" * 32)
SETTINGS = CaseSettings(
    sealing_key=lambda: DESK_KEY.public,
    keyring=lambda: Keyring([DESK_KEY]),
    mail_domain="seloste.example",
)
NOTICE = Notice('{"title":"Tietosuojaseloste"}')
NOW = datetime(2026, 11, 22, 14, 48, tzinfo=UTC)
NONCE = b"a nonce of tests"
EMAIL = "testi.testinen@example.com"
SUBMISSION = Submission(
    language="fi",
    rights=frozenset({Right.ACCESS, Right.ERASURE}),
    registers=frozenset({"customers"}),
    all_data=False,
    parts={
        "person": {"name": "Testi Testinen", "email": EMAIL},
        "request": {"text": "Poistakaa tietoni."},
    },
    email=EMAIL,
)


def arrival(submission=SUBMISSION, *, nonce=NONCE, received_at=NOW):
    return Arrival(submission=submission, nonce=nonce, received_at=received_at)


def file(
    connection,
    submission=SUBMISSION,
    *,
    settings=SETTINGS,
    notice=NOTICE,
    entered_at=NOW,
    actor=FORM,
    suspicion=None,
    **came,
):
    action = Action(connection, actor, entered_at, settings)
    came = arrival(submission, **came)
    return accept(action, came, notice=notice, suspicion=suspicion)
