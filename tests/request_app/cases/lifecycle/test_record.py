import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from request_app.cases.lifecycle.record import (
    ChangedMeanwhileError,
    RefusedError,
    read_progress,
    take_steps,
)
from request_app.cases.rights import Outcome
from request_app.cases.steps.assignment import RightsSettled, Taken
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.step import ProposedStep
from request_app.deadlines import local_day
from request_app.sealing import Keyring, places, unseal
from request_app.store import audit, cases, steps, tables
from request_app.store.database import reading, writing
from request_app.store.values import Right, State
from tests.support.actions import acting, action
from tests.support.case_steps import ask, decide, known, searched
from tests.support.filed_requests import DESK_KEY, NOW, file

TODAY = local_day(NOW)
RING = Keyring([DESK_KEY])


@pytest.fixture
def case(engine):
    with writing(engine) as connection:
        receipt = file(connection)
    with reading(engine) as connection:
        return cases.by_reference(connection, receipt.reference)


def take(engine, case, *acts, version=None, at=NOW, actor="staff:aino"):
    with acting(engine, actor=actor, at=at) as action:
        return take_steps(action, case.id, acts, version=version)


def again(engine, case):
    with reading(engine) as connection:
        return cases.by_id(connection, case.id)


def taken(handler="aino"):
    return ProposedStep(step=Taken(handler=handler))


def test_a_step_changes_what_the_queue_shows(engine, case):
    take(engine, case, taken(), version=case.version)

    kept = again(engine, case)
    assert (kept.state, kept.handler_id, kept.version) == (
        State.WORKING,
        "aino",
        case.version + 1,
    )


def test_a_step_is_told_to_the_audit_trail(engine, case):
    take(engine, case, taken())

    with reading(engine) as connection:
        entry = audit.entries(connection, case_id=case.id)[-1]
    assert (entry.actor, entry.action) == ("staff:aino", "case.taken")
    assert entry.facts == {"reference": case.reference, "step": "1"}


def test_what_is_said_in_words_is_sealed(engine, case):
    words = {"facts": "Kirjanpitoaineisto 2025", "empty": " "}
    refusal = Decided(
        right=Right.ERASURE,
        group="all",
        outcome=Outcome.REFUSED,
        on=TODAY,
        ground="exception_17_3_b",
    )

    take(
        engine,
        case,
        ProposedStep(
            step=refusal, words=words | {"kept_until": "31.12.2032", "provision": "1 §"}
        ),
    )

    with reading(engine) as connection:
        (row,) = steps.of_case(connection, case.id)
    assert "Kirjanpito" not in row.facts
    opened = json.loads(unseal(row.sealed, ring=RING, place=places.step_words(row.id)))
    assert opened == {
        "facts": "Kirjanpitoaineisto 2025",
        "kept_until": "31.12.2032",
        "provision": "1 §",
    }


def test_a_refused_step_changes_nothing(engine, case):
    before = dump(engine)

    with pytest.raises(RefusedError, match="First take a copy"):
        take(
            engine,
            case,
            taken(),
            ProposedStep(step=known(on=TODAY)),
            ProposedStep(step=decide(Right.ERASURE, on=TODAY)),
        )

    assert dump(engine) == before


def dump(engine):
    with reading(engine) as connection:
        return [
            connection.execute(select(table)).all()
            for table in (tables.cases, tables.steps, tables.audit)
        ]


def test_who_looked_before_another_changed_it_is_told(engine, case):
    take(engine, case, taken("aino"), version=case.version)

    with pytest.raises(ChangedMeanwhileError):
        take(engine, case, taken("bertta"), version=case.version)

    assert again(engine, case).handler_id == "aino"


def test_of_many_at_once_one_is_the_first(engine, case):
    def attempt(handler):
        try:
            take(engine, case, taken(handler), version=case.version)
        except ChangedMeanwhileError:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, "abcdefgh")) == 1
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.steps)) == 1


def test_a_pause_moves_the_dates_of_the_case(engine, case):
    take(engine, case, ProposedStep(step=ask(on=TODAY)))
    take(
        engine,
        case,
        ProposedStep(step=known(on=TODAY + timedelta(days=5))),
        at=NOW + timedelta(days=5),
    )

    assert again(engine, case).raw_due == case.raw_due + timedelta(days=5)


def test_the_rights_of_a_case_are_those_that_were_meant(engine, case):
    take(engine, case, ProposedStep(step=RightsSettled(rights=(Right.ACCESS,))))

    with reading(engine) as connection:
        assert cases.rights_of(connection, case.id) == {Right.ACCESS}


def test_the_steps_tell_how_far_a_case_has_come(engine, case):
    take(
        engine, case, ProposedStep(step=known(on=TODAY)), ProposedStep(step=searched())
    )
    take(engine, case, ProposedStep(step=decide(outcome=Outcome.NO_DATA, on=TODAY)))

    with reading(engine) as connection:
        progress = read_progress(action(connection), case)
    assert progress.undecided == {Right.ERASURE}
    assert progress.steps == 3
