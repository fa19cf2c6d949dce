"""A case that holds something in every envelope there is, and its end."""

from datetime import timedelta

from sqlalchemy import LargeBinary, select

from request_app.cases.intake import related_requests
from request_app.cases.lifecycle.record import take_steps
from request_app.cases.messages.conversation import write_to_desk, write_to_person
from request_app.cases.rights import Outcome
from request_app.cases.steps.assignment import Taken
from request_app.cases.steps.closing import Closed, Held, Released, Reopened
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.delivery import Delivered, Reached
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.questions import Asked
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentitySettled
from request_app.deadlines import PauseKind, local_day
from request_app.sealing import places, seal
from request_app.store import cases, letters, links, sealed_parts, tables
from request_app.store.database import reading, writing
from request_app.store.letters import StoredLetter
from request_app.store.sealed_parts import Part
from request_app.store.values import Correspondent, LetterKind, Right, Way
from tests.support.actions import acting
from tests.support.delivered_answers import fetched, handed, packed
from tests.support.filed_requests import DESK_KEY, NOW, SUBMISSION, file

KEY = DESK_KEY.public
DAY = timedelta(days=1)


def take(engine, case, *steps, at=NOW, reason="Kantelu on vireillä", values=None):
    """Take steps, on the day of `at`."""
    words = {"reason": reason, "note": reason}
    acts = [ProposedStep(step=each, words=words, values=values or {}) for each in steps]
    with acting(engine, actor="staff:aino", at=at) as action:
        return take_steps(action, case.id, acts, version=None)


def filed(engine, nonce=b"a nonce of a case", *, submission=SUBMISSION, **changes):
    with writing(engine) as connection:
        receipt = file(connection, submission, nonce=nonce.ljust(16, b"."), **changes)
        return cases.by_reference(connection, receipt.reference), receipt


def granted(right, on, outcome=Outcome.GRANTED, **more):
    return Decided(right=right, group="all", outcome=outcome, on=on, **more)


def whole(engine, nonce=b"a nonce of a case", *, at=NOW, **changes):
    """A case with messages, values, a draft, a letter, links and an answer: closed."""
    came = {"received_at": at, "entered_at": at}
    case, _ = filed(engine, nonce, **came | changes)
    today = local_day(at)
    with acting(engine, actor="x", at=at) as action:
        write_to_desk(action, case, "Hei", nonce=nonce)
        write_to_person(action, case, "Hei")
        related_requests.note(action, case, SUBMISSION.parts["person"], secret=b"s")
        _put_draft(action.connection, case, at)
        _put_letter(action.connection, case, at)
        package = packed(action, case)
        packed(action, case)  # that was never sent
        delivered = handed(action, case, package, way=Way.LETTER)
    step = Delivered(delivery=delivered.delivery.id, way=Way.LETTER, on=today)
    take(engine, case, Taken(handler="aino"), at=at)
    known = IdentitySettled(method=IdentityMethod.NO_DOUBT, on=today)
    take(engine, case, known, at=at, values={"old": "Testi", "new": "Testinen"})
    take(
        engine,
        case,
        *(granted(each, today) for each in (Right.ACCESS, Right.ERASURE)),
        at=at,
    )
    take(engine, case, step, at=at)
    fetched(engine, delivered.code, now=at + DAY)
    take(engine, case, Closed(), at=at + DAY)
    return again(engine, case)


def asked_and_cancelled(engine, nonce, *, at=NOW, **changes):
    """A case that the person did not want answered any more."""
    case, _ = filed(engine, nonce, received_at=at, entered_at=at, **changes)
    asked = Asked(question=PauseKind.IDENTITY, on=local_day(at), way=Way.STATUS_PAGE)
    take(engine, case, asked, at=at)
    with writing(engine) as connection:
        cases.cancel(connection, case.id, now=at + DAY)
    take(engine, case, Closed(), at=at + 2 * DAY)
    return again(engine, case)


def hold(engine, case, at=NOW):
    return take(engine, case, Held(), at=at)


def release(engine, case, at=NOW):
    return take(engine, case, Released(), at=at, reason="Asia on ratkaistu")


def reopen(engine, case, at=NOW):
    return take(engine, case, Reopened(), at=at)


def deliver_again(engine, case, at):
    """Another answer of a case that was reopened, read out, and its end."""
    today = local_day(at)
    again_sent = Delivered(delivery="d2", way=Way.BY_HAND, on=today)
    take(engine, case, again_sent, Reached(delivery="d2", on=today), Closed(), at=at)


def again(engine, case):
    with reading(engine) as connection:
        return cases.by_id(connection, case.id)


def envelopes(engine):
    """Every sealed value that the database holds, by table and column."""
    with reading(engine) as connection:
        return {
            f"{table.name}.{column.name}": found
            for table in tables.metadata.tables.values()
            for column in table.c
            if isinstance(column.type, LargeBinary)
            and (found := list(filter(None, connection.scalars(select(column)))))
        }


def link(engine, one, other):
    with writing(engine) as connection:
        links.add(connection, one.id, other.id, now=NOW)


def _put_draft(connection, case, at):
    draft = f"d{case.id[1:]}"
    envelope = seal(b"Luonnos", key=KEY, place=places.part(draft))
    part = Part(
        id=draft, case_id=case.id, kind="answer", envelope=envelope, sealed_at=at
    )
    sealed_parts.put(connection, part)


def _put_letter(connection, case, at):
    letter = StoredLetter(
        id=f"l{case.id[1:]}",
        case_id=case.id,
        kind=LetterKind.ANSWER,
        addressee=Correspondent.PERSON,
        language="fi",
        way=Way.LETTER,
        sealed=seal(b"Kirje", key=KEY, place=places.letter(f"l{case.id[1:]}")),
        actor="staff:aino",
        entered_at=at,
        sent_on=local_day(at),
    )
    letters.add(connection, letter)
