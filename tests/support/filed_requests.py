"""A request as the tests file it; every person in it is made up."""

from datetime import UTC, datetime

from request_app.cases.action import Intake
from request_app.cases.intake.submission import Arrival, Submission, accept
from request_app.sealing import OpeningKey
from request_app.store.notices import Notice
from request_app.store.values import Right

DESK_KEY = OpeningKey(b"\x42" * 32)
INTAKE = Intake(key=DESK_KEY.public, mail_domain="seloste.example")
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


def arrival(**changes):
    return Arrival(**{"nonce": NONCE, "received_at": NOW, "entered_at": NOW} | changes)


def file(connection, submission=SUBMISSION, *, intake=INTAKE, **changes):
    return accept(
        connection, submission, arrival(**changes), notice=NOTICE, intake=intake
    )
