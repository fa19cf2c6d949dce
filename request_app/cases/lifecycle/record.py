"""Taking a step in a case: allowed by the rules, or refused with nothing changed."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from request_app.cases.action import By, Intake, tell_audit
from request_app.cases.lifecycle import statistics
from request_app.cases.steps.assignment import RightsSettled
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.reader import read_step
from request_app.cases.steps.step import ProposedStep, advance, objections, progress_of
from request_app.cases.steps.values import Words
from request_app.deadlines import local_day
from request_app.sealing import SealingKey, places, seal
from request_app.sealing.envelopes import Place
from request_app.store import cases, steps
from request_app.store.cases import Case
from request_app.store.columns import canonical


class RefusedError(Exception):
    """A step is against a rule; it holds the sentences that say why."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the case since it was looked at."""


def look(connection: Connection, case: Case, intake: Intake) -> Progress:
    """How far a case has come."""
    start = Progress(
        case=case,
        rights=cases.rights_of(connection, case.id),
        working_eves=intake.working_eves,
        aim_days=intake.aim_days,
    )
    rows = steps.of_case(connection, case.id)
    return progress_of(start, [read_step(row.facts) for row in rows])


def work(  # noqa: PLR0913 - who does what in which case, as they saw it
    connection: Connection,
    case_id: str,
    acts: Iterable[ProposedStep],
    *,
    version: int | None,
    intake: Intake,
    by: By,
) -> Progress:
    """Take steps, all of them or none.

    `version` is that of the case as it was looked at; without one, the steps hold
    whatever has happened since. Raises RefusedError and ChangedMeanwhileError.
    """
    case = cases.lock(connection, case_id)
    if case is None or version not in {None, case.version}:
        raise ChangedMeanwhileError
    progress = look(connection, case, intake)
    today = local_day(by.at)
    for act in acts:
        if reasons := list(objections(act, progress, today=today)):
            raise RefusedError(reasons)
        progress = _take(connection, progress, act, intake, by)
    return _settle(connection, progress, by)


def happened(
    connection: Connection,
    case: Case,
    acts: Iterable[ProposedStep],
    *,
    intake: Intake,
    by: By,
) -> Progress:
    """Write down what somebody else did: no rule can undo that it happened."""
    now_it_is = cases.lock(connection, case.id) or case
    progress = look(connection, now_it_is, intake)
    for act in acts:
        progress = _take(connection, progress, act, intake, by)
    return _settle(connection, progress, by)


def _take(
    connection: Connection,
    progress: Progress,
    act: ProposedStep,
    intake: Intake,
    by: By,
) -> Progress:
    progress = advance(progress, act.step)
    _write(connection, progress, act, intake.key, by)
    return progress


def _write(
    connection: Connection,
    progress: Progress,
    act: ProposedStep,
    key: SealingKey,
    by: By,
) -> None:
    step_id, case = secrets.token_hex(16), progress.case
    row = steps.StepRow(
        id=step_id,
        case_id=case.id,
        number=progress.steps,
        kind=act.step.kind,
        actor=by.actor,
        at=by.at,
        facts=act.step.model_dump_json(exclude_none=True),
        sealed=_sealed(act.words, key, places.step_words(step_id)),
        sealed_values=_sealed(act.values, key, places.step_values(step_id)),
    )
    steps.add(connection, row)
    if isinstance(act.step, RightsSettled):
        cases.settle_rights(connection, case.id, act.step.rights)
    facts = {"step": str(row.number)}
    tell_audit(connection, case, by.actor, f"case.{row.kind}", now=by.at, facts=facts)


def _sealed(words: Words, key: SealingKey, place: Place) -> bytes | None:
    said = {name: text.strip() for name, text in words.items() if text.strip()}
    return seal(canonical(said).encode(), key=key, place=place) if said else None


def _settle(connection: Connection, progress: Progress, by: By) -> Progress:
    """Write what the queue shows and sorts by."""
    limits, case = progress.limits, progress.case
    settled = replace(
        case,
        state=progress.state,
        raw_due=limits.raw_due,
        due=limits.due,
        raw_extended_due=limits.raw_extended_due,
        extended_due=limits.extended_due,
        aim_on=progress.aim_on,
        handler_id=progress.handler,
        extended_to=progress.last_day if progress.extended else None,
        answered_on=progress.first_answer.on if progress.first_answer else None,
        closed_at=(case.closed_at or by.at) if progress.closed else None,
        held_at=(case.held_at or by.at) if progress.held else None,
        denied_at=(case.denied_at or by.at) if progress.is_denied else None,
        version=case.version + 1,
    )
    cases.save(connection, settled)
    progress = replace(progress, case=settled)
    statistics.note(connection, progress, today=local_day(by.at))
    return progress
