"""Taking a step in a case: allowed by the rules, or refused with nothing changed."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from request_app.cases.action import Action
from request_app.cases.lifecycle import case_statistics
from request_app.cases.steps.assignment import RightsSettled
from request_app.cases.steps.facts import Words
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.reader import read_step
from request_app.cases.steps.step import ProposedStep, advance, objections, progress_of
from request_app.sealing import Place, places
from request_app.store import cases, steps


class RefusedError(Exception):
    """A step is against a rule; it holds the sentences that say why."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the case since it was looked at."""


def look(action: Action, case: cases.Case) -> Progress:
    """How far a case has come."""
    start = Progress(
        case=case,
        rights=cases.rights_of(action.connection, case.id),
        working_eves=action.settings.working_eves,
        aim_days=action.settings.aim_days,
    )
    rows = steps.of_case(action.connection, case.id)
    return progress_of(start, [read_step(row.facts) for row in rows])


def take_steps(
    action: Action, case_id: str, acts: Iterable[ProposedStep], *, version: int | None
) -> Progress:
    """Take steps, all of them or none.

    `version` is that of the case as it was looked at; without one, the steps hold
    whatever has happened since. Raises RefusedError and ChangedMeanwhileError.
    """
    case = cases.lock(action.connection, case_id)
    if case is None or version not in {None, case.version}:
        raise ChangedMeanwhileError
    progress = look(action, case)
    for act in acts:
        if reasons := list(objections(act, progress, today=action.today)):
            raise RefusedError(reasons)
        progress = _take(action, progress, act)
    return _settle(action, progress)


def record_steps(
    action: Action, case: cases.Case, acts: Iterable[ProposedStep]
) -> Progress:
    """Write down what somebody else did: no rule can undo that it happened."""
    progress = look(action, cases.lock(action.connection, case.id) or case)
    for act in acts:
        progress = _take(action, progress, act)
    return _settle(action, progress)


def _take(action: Action, progress: Progress, act: ProposedStep) -> Progress:
    progress = advance(progress, act.step)
    step_id, case = secrets.token_hex(16), progress.case
    row = steps.StepRow(
        id=step_id,
        case_id=case.id,
        number=progress.steps,
        kind=act.step.kind,
        actor=action.actor,
        at=action.at,
        facts=act.step.model_dump_json(exclude_none=True),
        sealed=_sealed(action, act.words, places.step_words(step_id)),
        sealed_values=_sealed(action, act.values, places.step_values(step_id)),
    )
    steps.add(action.connection, row)
    if isinstance(act.step, RightsSettled):
        cases.settle_rights(action.connection, case.id, act.step.rights)
    action.audit(case, f"case.{row.kind}", {"step": str(row.number)})
    return progress


def _sealed(action: Action, words: Words, place: Place) -> bytes | None:
    said = {name: text.strip() for name, text in words.items() if text.strip()}
    return action.seal_json(said, place) if said else None


def _settle(action: Action, progress: Progress) -> Progress:
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
        closed_at=(case.closed_at or action.at) if progress.closed else None,
        held_at=(case.held_at or action.at) if progress.held else None,
        denied_at=(case.denied_at or action.at) if progress.is_denied else None,
        version=case.version + 1,
    )
    cases.save(action.connection, settled)
    progress = replace(progress, case=settled)
    case_statistics.note(action, progress)
    return progress
