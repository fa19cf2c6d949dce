"""What may be done in a case, and why not: each rule names the law it comes from.

A rule yields sentences for the member of staff; a step that no rule objects to may be
taken. A late answer is never stopped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import singledispatch

from generator.languages import N_
from request_app.cases import grounds
from request_app.cases.notice.data_groups import ALL, is_item, takes_data, whole_of
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.rights import (
    NEEDS_IDENTITY,
    WAITS_FOR_IDENTITY,
)
from request_app.cases.steps.kinds import (
    PART,
    Answered,
    Asked,
    Closed,
    Decided,
    Delivered,
    Extended,
    Held,
    IdentityClaimed,
    IdentityDenied,
    IdentitySettled,
    LateTold,
    MandateSettled,
    Noted,
    Outcome,
    Reached,
    RecipientSettled,
    Released,
    Reopened,
    RestrictionEndTold,
    RestrictionLifted,
    RestrictionSet,
    RightsSettled,
    Searched,
    Step,
    Taken,
    Undecided,
    Words,
)
from request_app.cases.steps.progress import Progress
from request_app.deadlines import PauseKind, is_working_day
from request_app.store.values import AT_ONCE, Right

AFTER_CLOSING = (Reopened, Noted, Reached, Held, Released)
WITH_SPAM = (Closed, Reopened, Noted, Held, Released)  # it may be no spam after all
NEVER_REFUSED = (Outcome.GRANTED, Outcome.NO_DATA, Outcome.CANCELLED)

WHOLE = N_("Decide on all of it. A part is decided by itself.")


@dataclass(frozen=True, kw_only=True)
class Act:
    """A step that somebody wants to take, with what they wrote."""

    step: Step
    words: Words = field(default_factory=dict, repr=False)
    values: Words = field(default_factory=dict, repr=False)  # old and new

    def says(self, name: str) -> bool:
        return bool(self.words.get(name, "").strip())


@dataclass(frozen=True, kw_only=True)
class Try:
    """An act at the time it is tried."""

    act: Act
    progress: Progress
    today: date


def objections(act: Act, progress: Progress, *, today: date) -> Iterator[str]:
    """Yield every reason why a step may not be taken now; none, if it may."""
    if progress.closed and not isinstance(act.step, AFTER_CLOSING):
        yield N_("The case is closed. Reopen it first.")
    if progress.case.suspicion and not isinstance(act.step, WITH_SPAM):
        yield N_("The request is put aside as suspected spam. Let it in first.")
    tried = Try(act=act, progress=progress, today=today)
    yield from _day_objections(act.step, tried)
    yield from _objections(act.step, tried)


def _day_objections(step: Step, tried: Try) -> Iterator[str]:
    on = getattr(step, "on", None) or getattr(step, "told_on", None)
    if on is None:
        return
    if on > tried.today:
        yield N_("The day is still to come.")
    if on < tried.progress.case.received_on:
        yield N_("The day is before the request came.")


@singledispatch
def _objections(step: Step, _tried: Try) -> Iterator[str]:
    raise TypeError(f"There is no such step: {type(step).__name__}.")


@_objections.register(Taken)
@_objections.register(Noted)
@_objections.register(IdentityDenied)
@_objections.register(IdentityClaimed)
@_objections.register(MandateSettled)
def _never(_step: Step, _tried: Try) -> Iterator[str]:
    yield from ()


@_objections.register
def _(step: RecipientSettled, _tried: Try) -> Iterator[str]:
    if not step.must_know and (step.told_on or step.why_not):
        yield N_("A recipient that did not get the data has nothing to be told.")
    if step.unchanged and not step.got:
        yield N_("Either the recipient got data, or it did not.")
    if step.told_on and step.why_not:
        yield N_("Either the recipient was told, or there is a reason why not.")


@_objections.register
def _(_step: RightsSettled, tried: Try) -> Iterator[str]:
    if tried.progress.answered:
        yield N_("The answer has been sent. Reopen the case to change it.")


@_objections.register
def _(step: IdentitySettled, tried: Try) -> Iterator[str]:
    yield from _order_objections(PauseKind.IDENTITY, step.on, tried)
    if tried.progress.denied and not tried.act.says("why_sure"):
        yield N_(
            "At an address we had already, somebody says that the request is not "
            "theirs. Write why you are sure all the same."
        )


@_objections.register
def _(step: Asked, tried: Try) -> Iterator[str]:
    """One question of a kind at a time; the reason for a late one is noted."""
    if step.question in tried.progress.open_questions:
        yield N_("This has been asked already, and there is no answer yet.")
    if step.excused and not tried.act.says("why_late"):
        yield N_("Write why the question could not be asked earlier.")
    if tried.progress.answered:
        yield N_("The answer has been sent. Reopen the case to change it.")


@_objections.register
def _(step: Answered, tried: Try) -> Iterator[str]:
    if step.question not in tried.progress.open_questions:
        yield N_("No such question is open.")
    yield from _order_objections(step.question, step.on, tried)


def _order_objections(kind: PauseKind, on: date, tried: Try) -> Iterator[str]:
    """A question of another kind may have been asked since."""
    asked = [
        each.asked_on
        for each in tried.progress.questions
        if each.is_open and each.kind is kind
    ]
    if any(on < day for day in asked):
        yield N_("The answer cannot be older than the question.")


@_objections.register
def _(step: Extended, tried: Try) -> Iterator[str]:
    """GDPR Art. 12(3): once, told within the first month, with the reasons."""
    limits = tried.progress.limits
    if tried.progress.extended:
        yield N_("The time can be extended only once (GDPR Art. 12(3)).")
    if tried.today > limits.due:
        yield N_(
            "The time can be extended only before its last day is over "
            "(GDPR Art. 12(3)). Tell the person that the answer is late."
        )
    if step.on != tried.today:
        yield N_("An extension counts from the day on which it is told.")
    if step.reason not in grounds.EXTENSIONS:
        yield N_("Choose the reason for the extension.")
    if not tried.act.says("facts"):
        yield N_("Write what in this request takes more time.")
    if not limits.due < step.to <= limits.extended_due:
        yield N_("The new day must be after the first one, within three months.")
    elif not is_working_day(step.to, working_eves=tried.progress.working_eves):
        yield N_("The new day must be a working day.")
    if tried.progress.answered or tried.progress.rights <= AT_ONCE:
        yield N_("Nothing is left that would need more time.")
    elif not tried.progress.undecided - AT_ONCE:
        yield N_(
            "Everything is decided already. Take a decision back if you need more time."
        )


@_objections.register
def _(step: Searched, tried: Try) -> Iterator[str]:
    """Of a register the notice tells what it holds; of other places only staff do."""
    if not step.place.strip():
        yield N_("Choose the place that was searched.")
    if step.found and step.place in OTHER_PLACES and not tried.act.says("what"):
        yield N_("Write what was found there.")


@_objections.register
def _(step: Decided, tried: Try) -> Iterator[str]:
    if step.right not in tried.progress.rights:
        yield N_("The request does not hold this right.")
    if tried.progress.answered:
        yield N_("The answer has been sent. Reopen the case to change it.")
    if step.right in AT_ONCE and step.outcome not in NEVER_REFUSED:
        yield N_(
            "Direct marketing is stopped and consent withdrawn without conditions "
            "(GDPR Art. 21(3), 7(3))."
        )
    if PART in step.group and not tried.act.says("data"):
        yield N_("Write which data this part is about.")
    elif tried.act.says("data") and not takes_data(step.right, step.group):
        yield WHOLE
    yield from OUTCOMES[step.outcome](step, tried)


@_objections.register
def _(step: Undecided, tried: Try) -> Iterator[str]:
    if (step.right, step.group) not in tried.progress.decisions:
        yield N_("Nothing has been decided on this.")
    if tried.progress.answered:
        yield N_("The answer has been sent. Reopen the case to change it.")


def _grant_objections(step: Decided, tried: Try) -> Iterator[str]:
    """Nothing is changed while it is not clear who asks; access comes first."""
    if step.right in WAITS_FOR_IDENTITY:
        if PauseKind.IDENTITY in tried.progress.open_questions:
            yield N_("It is still open who asks: nothing is erased or corrected yet.")
        elif tried.progress.identity is None:
            yield N_("Note first how you know who asks.")
    # EDPB 01/2022 ¶36–39: the data are given as they were when the request came
    if step.right is Right.ERASURE and not is_copied(step.group, tried.progress):
        yield N_(
            "First take a copy of the data for the answer: decide on access, and erase "
            "only then."
        )
    if (
        step.right is Right.RECTIFICATION
        and not tried.act.values.get("new", "").strip()
    ):
        yield N_("Write what the data say now.")


def is_copied(group: str, progress: Progress) -> bool:
    """Whether access to these very data is decided, where it was asked for."""
    decided = {whole_of(each) for each in progress.decided(Right.ACCESS)}
    whole = group.partition(PART)[0]
    covered = bool(decided) if whole == ALL else bool(decided & {ALL, whole})
    return covered or Right.ACCESS not in progress.rights


def _refusal_objections(step: Decided, tried: Try) -> Iterator[str]:
    """GDPR Art. 12(4), EDPB 01/2022 ¶174: the provision and the facts of this case."""
    ground = grounds.REFUSALS.get(step.ground or "")
    if ground is None or ground not in grounds.refusals_of(step.right):
        yield N_("Choose the ground of the refusal.")
    elif ground.asks_provision and not tried.act.says("provision"):
        yield N_("Write the act and section that the refusal rests on.")
    if not tried.act.says("facts"):
        yield N_("Write the facts of this case that are the reason.")
    if step.right is Right.ERASURE and not tried.act.says("kept_until"):
        yield N_("Write until when the data are kept.")


def _no_data_objections(step: Decided, tried: Try) -> Iterator[str]:
    """What is not searched at all is for the letter, which knows all places."""
    searches, whole = tried.progress.searches, whole_of(step)
    here = whole == ALL or is_item(whole) or whole in searches
    if not searches:
        yield N_("Note first where you have searched.")
    elif not here or any(each.found is None for each in searches.values()):
        yield N_("Some places have not been searched yet.")


def _unidentified_objections(step: Decided, tried: Try) -> Iterator[str]:
    """GDPR Art. 11(2), 12(2): only after the person was asked."""
    asked = any(each.kind is PauseKind.IDENTITY for each in tried.progress.questions)
    if not asked or tried.progress.identity is not None:
        yield N_("Ask the person first who they are.")
    if step.right in AT_ONCE:
        yield N_("This right needs no identity.")
    if not tried.act.says("facts"):
        yield N_("Write the facts of this case that are the reason.")


def _passed_on_objections(_step: Decided, tried: Try) -> Iterator[str]:
    if not tried.act.says("controller"):
        yield N_("Write the name of the controller to whom it was passed on.")


def _cancelled_objections(_step: Decided, tried: Try) -> Iterator[str]:
    if tried.progress.case.cancelled_at is None:
        yield N_("The person has not cancelled the request.")


OUTCOMES = {
    Outcome.GRANTED: _grant_objections,
    Outcome.REFUSED: _refusal_objections,
    Outcome.NO_DATA: _no_data_objections,
    Outcome.NOT_IDENTIFIED: _unidentified_objections,
    Outcome.PASSED_ON: _passed_on_objections,
    Outcome.CANCELLED: _cancelled_objections,
}


@_objections.register
def _(_step: RestrictionSet, tried: Try) -> Iterator[str]:
    if tried.progress.restriction:
        yield N_("The restriction is on already.")


@_objections.register
def _(step: RestrictionEndTold, tried: Try) -> Iterator[str]:
    if tried.progress.restriction is None:
        yield N_("No restriction is on.")
    if step.ends and step.ends <= step.on:
        yield N_(
            "Name a later day than today: the person is told before the restriction "
            "ends (GDPR Art. 18(3))."
        )


@_objections.register
def _(step: RestrictionLifted, tried: Try) -> Iterator[str]:
    """GDPR Art. 18(3): the person is told before, and it ends as they were told.

    Where a step of before names no day, it is one after that of telling.
    """
    restriction = tried.progress.restriction
    if restriction is None:
        yield N_("No restriction is on.")
    elif restriction.end_told_on is None:
        yield N_("Tell the person before the restriction ends (GDPR Art. 18(3)).")
    elif step.on < (restriction.ends or restriction.end_told_on + timedelta(days=1)):
        yield N_(
            "The person was told that the restriction ends later. Lift it on that day, "
            "not before (GDPR Art. 18(3))."
        )


@_objections.register
def _(step: LateTold, tried: Try) -> Iterator[str]:
    if tried.progress.first_answer or tried.today <= tried.progress.last_day:
        yield N_("The answer is not late.")
    if step.by < tried.today:
        yield N_("Promise a day that is still to come.")


@_objections.register
def _(_step: Delivered, tried: Try) -> Iterator[str]:
    """Everything is decided, it is clear who asks, and who had the data was told."""
    if tried.progress.undecided:
        yield N_("Some of the rights are still undecided.")
    if PauseKind.IDENTITY in tried.progress.open_questions:
        yield N_("It is still open who asks: nothing is handed over yet.")
    elif tried.progress.identity is None and hands_over(tried.progress):
        yield N_("Note first how you know who asks.")
    yield from _untold_objections(tried.progress)


def hands_over(progress: Progress) -> bool:
    """Tell whether the answer does something that only the right person may ask."""
    return any(progress.granted(right) for right in progress.rights & NEEDS_IDENTITY)


def _untold_objections(progress: Progress) -> Iterator[str]:
    """GDPR Art. 19: each recipient is told, unless that is impossible or too much."""
    changed = any(map(grounds.changes_data, progress.decisions.values()))
    untold = any(each.is_open for each in progress.recipients.values())
    if untold and (changed or progress.restriction is not None):
        yield N_("A recipient that got the data has not been told of the change.")


@_objections.register
def _(step: Reached, tried: Try) -> Iterator[str]:
    if step.delivery not in {each.delivery for each in tried.progress.deliveries}:
        yield N_("There is no such delivery.")


@_objections.register(Closed)
def _(_step: Closed, tried: Try) -> Iterator[str]:
    """Not fetched is not delivered; nothing ends unseen, and spam not unexplained."""
    case = tried.progress.case
    if case.suspicion:
        if not tried.act.says("note"):
            yield N_("Write how you know that this is spam and no request.")
    elif case.cancelled_at is None and tried.progress.reached_on is None:
        yield N_("The answer has not reached the person yet.")
    if tried.progress.restriction:
        yield N_("A restriction is on: lift it first, or leave the case open.")


@_objections.register(Reopened)
def _(_step: Reopened, tried: Try) -> Iterator[str]:
    if not tried.progress.closed:
        yield N_("The case is open.")


@_objections.register(Held)
def _(_step: Held, tried: Try) -> Iterator[str]:
    """Kept past its time only for a claim (GDPR Art. 17(3)(e)), and somebody knows."""
    if tried.progress.held:
        yield N_("The case is held already.")
    if not tried.act.says("reason"):
        yield N_("Write why nothing of this case may be deleted.")


@_objections.register(Released)
def _(_step: Released, tried: Try) -> Iterator[str]:
    if not tried.progress.held:
        yield N_("The case is not held.")
    if not tried.act.says("reason"):
        yield N_("Write why the case need not be held any longer.")
