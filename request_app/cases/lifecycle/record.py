"""Taking steps in a case; one that a rule forbids changes nothing."""

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
    """A step breaks a rule; `reasons` has the sentences that say why."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the case since it was read."""


def read_progress(action: Action, case: cases.Case) -> Progress:
    """Read the progress of a case from its stored steps."""
    start = Progress(
        case=case,
        rights=cases.rights_of(action.connection, case.id),
        working_eves=action.settings.working_eves,
        aim_days=action.settings.aim_days,
    )
    rows = steps.of_case(action.connection, case.id)
    return progress_of(start, [read_step(row.facts) for row in rows])


def take_steps(
    action: Action,
    case_id: str,
    proposed: Iterable[ProposedStep],
    *,
    version: int | None,
) -> Progress:
    """Take all of the steps, or none.

    `version` is that of the case when it was read; without one, later changes are not
    checked for. Raises RefusedError and ChangedMeanwhileError.
    """
    case = cases.lock(action.connection, case_id)
    if case is None or version not in {None, case.version}:
        raise ChangedMeanwhileError
    progress = read_progress(action, case)
    for each in proposed:
        if reasons := list(objections(each, progress, today=action.today)):
            raise RefusedError(reasons)
        progress = _take(action, progress, each)
    return _settle(action, progress)


def record_steps(
    action: Action, case: cases.Case, proposed: Iterable[ProposedStep]
) -> Progress:
    """Record steps that have already happened elsewhere, without checking the rules."""
    progress = read_progress(action, cases.lock(action.connection, case.id) or case)
    for each in proposed:
        progress = _take(action, progress, each)
    return _settle(action, progress)


def _take(action: Action, progress: Progress, proposed: ProposedStep) -> Progress:
    progress = advance(progress, proposed.step)
    step_id, case = secrets.token_hex(16), progress.case
    row = steps.StepRow(
        id=step_id,
        case_id=case.id,
        number=progress.steps,
        kind=proposed.step.kind,
        actor=action.actor,
        at=action.at,
        facts=proposed.step.model_dump_json(exclude_none=True),
        sealed=_sealed(action, proposed.words, places.step_words(step_id)),
        sealed_values=_sealed(action, proposed.values, places.step_values(step_id)),
    )
    steps.add(action.connection, row)
    if isinstance(proposed.step, RightsSettled):
        cases.settle_rights(action.connection, case.id, proposed.step.rights)
    action.audit(case, f"case.{row.kind}", {"step": str(row.number)})
    return progress


def _sealed(action: Action, words: Words, place: Place) -> bytes | None:
    filled = {name: text.strip() for name, text in words.items() if text.strip()}
    return action.seal_json(filled, place) if filled else None


def _settle(action: Action, progress: Progress) -> Progress:
    """Save the columns that the queue shows and sorts by."""
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
