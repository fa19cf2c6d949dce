"""Cases and steps as the tests of the desk take them."""

from datetime import UTC, date, datetime

from request_app.cases.rights import Outcome
from request_app.cases.steps.closing import Closed
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.delivery import Delivered, Reached
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.questions import Asked
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import ProposedStep, advance, objections
from request_app.cases.steps.verification import IdentitySettled
from request_app.deadlines import PauseKind, time_limits
from request_app.store.cases import Case
from request_app.store.values import Channel, Right, State, Way

RECEIVED_AT = datetime(2026, 3, 5, 8, tzinfo=UTC)
RECEIVED = date(2026, 3, 5)
LIMITS = time_limits(RECEIVED_AT)  # due 7 April 2026, after Easter


def case(**changes):
    given = {
        "id": "c" * 32,
        "reference": "BCDF-GHJK",
        "code_hash": "h",
        "code_key": b"k" * 32,
        "nonce_hash": None,
        "former_id": None,
        "channel": Channel.FORM,
        "language": "fi",
        "state": State.RECEIVED,
        "all_data": True,
        "suspicion": None,
        "restricted": False,
        "received_at": RECEIVED_AT,
        "received_on": RECEIVED,
        "entered_at": RECEIVED_AT,
        "raw_due": LIMITS.raw_due,
        "due": LIMITS.due,
        "raw_extended_due": LIMITS.raw_extended_due,
        "extended_due": LIMITS.extended_due,
        "aim_on": LIMITS.due,
        "calendar": "",
        "notice_hash": "n",
    }
    return Case(**given | changes)


def started(*rights, **changes):
    return Progress(case=case(**changes), rights=frozenset(rights or {Right.ACCESS}))


def after(progress, *steps):
    for step in steps:
        progress = advance(progress, step)
    return progress


def refused(progress, step, *, today=RECEIVED, words=None, values=None):
    act = ProposedStep(step=step, words=words or {}, values=values or {})
    return list(objections(act, progress, today=today))


def known(on=RECEIVED):
    return IdentitySettled(method=IdentityMethod.NO_DOUBT, on=on)


def ask(question=PauseKind.IDENTITY, on=RECEIVED, **changes):
    return Asked(question=question, on=on, way=Way.STATUS_PAGE, **changes)


def decide(
    right=Right.ACCESS,
    outcome=Outcome.GRANTED,
    *,
    on=RECEIVED,
    group="all",
    ground=None,
):
    return Decided(right=right, group=group, outcome=outcome, on=on, ground=ground)


def searched(place="customers", *, found=False):
    return Searched(place=place, found=found)


def deliver(on=RECEIVED, delivery="d1"):
    return Delivered(delivery=delivery, way=Way.EMAIL, on=on)


def reach(on=RECEIVED, delivery="d1"):
    return Reached(delivery=delivery, on=on)


def answered(*rights):
    """A case that is ready and whose answer is on its way."""
    rights = rights or (Right.ACCESS,)
    return after(started(*rights), known(), *map(decide, rights), deliver())


def ended():
    return after(answered(), reach(), Closed())
