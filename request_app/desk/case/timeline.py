"""The history of a case: each step as a sentence in the reader’s language.

Names come after a colon, so that they need no Finnish case ending.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from generator.languages import N_
from request_app.cases.grounds import EXTENSIONS
from request_app.cases.lifecycle.opened_case import RecordedStep
from request_app.cases.notice import data_groups, plan, wording
from request_app.cases.notice.names import group_name, recipient_name
from request_app.cases.steps import restriction, verification
from request_app.cases.steps.assignment import Noted, RightsSettled, Taken
from request_app.cases.steps.closing import Closed, Held, Released, Reopened
from request_app.cases.steps.decision import Decided, Undecided
from request_app.cases.steps.delivery import Delivered, Reached
from request_app.cases.steps.extension import Extended, LateTold
from request_app.cases.steps.facts import Words
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.questions import Answered, Asked
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import Step
from request_app.desk.shell import labels
from request_app.published import Kept
from request_app.store.values import Way


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Puts steps into sentences of one language, with the names they refer to."""

    language: str
    gettext: Callable[[str], str]
    day: Callable[[date], str]
    kept: Kept  # the notice, for what it calls its registers
    names: Mapping[str, str] = field(default_factory=dict)  # of accounts
    recipients: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict, repr=False)  # written at the step

    def name(self, account: str | None) -> str:
        return self.names.get(account or "", account or "")

    def group(self, group: str) -> str:
        return group_name(group, self.kept, self.language, self.words)

    def written(self, field: str) -> str:
        """What a field asked for; of an unknown one, a note."""
        return self.gettext(labels.WRITTEN.get(field, labels.WRITTEN["note"]))

    def actor(self, actor: str) -> str:
        """Who acted, as the audit trail names them, in words."""
        known = labels.ACTORS.get(actor)
        return self.gettext(known) if known else actor.removeprefix("staff:")


class Event(NamedTuple):
    """A step of the history, in words."""

    what: str
    who: str
    at: datetime
    written: list[tuple[str, str]]


def event(done: RecordedStep, speaker: Speaker) -> Event:
    """Describe what was done, by whom, when, and what was written with it."""
    written = {**done.words, **done.values}
    written.pop(_in_sentence(done.step), None)
    known = list(labels.WRITTEN)  # what the data were stands before what they are
    names = sorted(written, key=lambda name: known.index(name) if name in known else -1)
    return Event(
        what=sentence(done.step, replace(speaker, words=done.words)),
        who=speaker.actor(done.actor),
        at=done.at,
        written=[(speaker.written(name), str(written[name])) for name in names],
    )


def _in_sentence(step: Step) -> str:
    """The name of the written text that the sentence already contains."""
    if isinstance(step, RecipientSettled):
        return "name"
    is_part = isinstance(step, Decided) and data_groups.PART in step.group
    return "data" if is_part else ""


def sentence(step: Step, speaker: Speaker) -> str:
    """A step as a sentence."""
    return " ".join(_sentences(step, speaker))


# The steps whose sentence needs a day at most; of one that is not here, its label.
_SIMPLE: Mapping[type[Step], str] = {
    verification.IdentityDenied: N_(
        "At an address we had already, somebody said that the request is not theirs: "
        "%(day)s"
    ),
    verification.IdentityClaimed: N_(
        "From another mail, somebody confirmed that the request is theirs: %(day)s. "
        "Since it was denied before, this does not settle who asks."
    ),
    restriction.RestrictionSet: N_("The use of the data is restricted from: %(day)s"),
    restriction.RestrictionLifted: N_("The restriction ended: %(day)s"),
    Reached: N_("The answer reached the person: %(day)s"),
    Closed: N_("The case was closed"),
    Reopened: N_("The case was opened again"),
    Held: N_("The case is held: nothing of it is deleted"),
    Released: N_("The hold of the case has ended"),
    Noted: N_("Note"),
}


def _sentences(step: Step, speaker: Speaker) -> Iterator[str]:
    if compose := _SENTENCES.get(type(step)):
        yield from compose(step, speaker)
    else:
        text, on = _SIMPLE.get(type(step), step.label), getattr(step, "on", None)
        yield speaker.gettext(text) % {"day": speaker.day(on) if on else ""}


def _taken(step: Taken, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("Case handler: %(name)s"))
    yield text % {"name": speaker.name(step.handler)}


def _rights_settled(step: RightsSettled, speaker: Speaker) -> Iterator[str]:
    rights = ", ".join(speaker.gettext(labels.RIGHTS[right]) for right in step.rights)
    text = speaker.gettext(N_("It was settled what is asked for: %(rights)s"))
    yield text % {"rights": rights}


def _identity_settled(
    step: verification.IdentitySettled, speaker: Speaker
) -> Iterator[str]:
    text = speaker.gettext(N_("It is clear who asks: %(how)s (%(day)s)"))
    how = speaker.gettext(labels.METHODS[step.method])
    yield text % {"how": how, "day": speaker.day(step.on)}


def _mandate_settled(
    step: verification.MandateSettled, speaker: Speaker
) -> Iterator[str]:
    text = speaker.gettext(N_("They may act for the other person: %(how)s (%(day)s)"))
    how = speaker.gettext(labels.MANDATES[step.mandate])
    yield text % {"how": how, "day": speaker.day(step.on)}


def _asked(step: Asked, speaker: Speaker) -> Iterator[str]:
    text = N_("The person was asked: %(question)s (%(day)s)")
    yield _about_question(text, step, speaker)
    yield _way(step.way, speaker)


def _answered(step: Answered, speaker: Speaker) -> Iterator[str]:
    text = (
        N_("The person answered, and it was enough: %(question)s (%(day)s)")
        if step.enough
        else N_("The person answered, but it was not enough: %(question)s (%(day)s)")
    )
    yield _about_question(text, step, speaker)


def _about_question(text: str, step: Asked | Answered, speaker: Speaker) -> str:
    question = speaker.gettext(labels.QUESTIONS[step.question])
    return speaker.gettext(text) % {"question": question, "day": speaker.day(step.on)}


def _extended(step: Extended, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("More time was taken. New last day: %(day)s."))
    yield text % {"day": speaker.day(step.to)}
    if ground := EXTENSIONS.get(step.reason):
        yield wording.in_language(ground.reason, speaker.language)


def _late_told(step: LateTold, speaker: Speaker) -> Iterator[str]:
    text = N_("The person was told that the answer is late. Promised day: %(day)s")
    yield speaker.gettext(text) % {"day": speaker.day(step.by)}


def _searched(step: Searched, speaker: Speaker) -> Iterator[str]:
    texts = {
        None: N_("To be searched: %(place)s"),
        True: N_("Data were found: %(place)s"),
        False: N_("Nothing was found: %(place)s"),
    }
    place = plan.place_name(step.place, speaker.kept, speaker.language)
    yield speaker.gettext(texts[step.found]) % {"place": place}
    if step.owner:
        name = speaker.name(step.owner)
        yield speaker.gettext(N_("(who searches: %(name)s)")) % {"name": name}


def _decided(step: Decided, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("Decided: %(right)s – %(outcome)s")) % {
        "right": speaker.gettext(labels.RIGHTS[step.right]),
        "outcome": speaker.gettext(labels.OUTCOMES[step.outcome]),
    }
    if step.reworded:
        yield speaker.gettext(N_("(the same in other words)"))
    yield from _about(step.group, speaker)
    if ground := step.refusal:
        yield "– " + wording.in_language(ground.name, speaker.language)


def _undecided(step: Undecided, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("A decision was taken back: %(right)s"))
    yield text % {"right": speaker.gettext(labels.RIGHTS[step.right])}
    yield from _about(step.group, speaker)


def _recipient_settled(step: RecipientSettled, speaker: Speaker) -> Iterator[str]:
    name = recipient_name(speaker.recipients.get(step.recipient), speaker.words)
    yield speaker.gettext(_of_recipient(step)) % {"name": name or step.recipient}
    if step.told_on:
        yield f"({speaker.day(step.told_on)})"
    if step.why_not:
        yield "– " + speaker.gettext(labels.WHY_NOT_TOLD[step.why_not])


def _of_recipient(step: RecipientSettled) -> str:
    if not step.got:
        return N_("Did not get the data: %(name)s")
    if step.unchanged:
        return N_("Got data, but none that changed: %(name)s")
    if step.told_on:
        return N_("Was told of the change: %(name)s")
    if step.why_not:
        return N_("Was not told of the change: %(name)s")
    return N_("Got the data: %(name)s")


def _restriction_end_told(
    step: restriction.RestrictionEndTold, speaker: Speaker
) -> Iterator[str]:
    text = speaker.gettext(N_("The person was told that the restriction ends: %(day)s"))
    yield text % {"day": speaker.day(step.ends or step.on)}


def _delivered(step: Delivered, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("The answer was sent: %(day)s"))
    yield text % {"day": speaker.day(step.on)}
    yield _way(step.way, speaker)


_SENTENCES: Mapping[type[Step], Callable[[Any, Speaker], Iterator[str]]] = {
    Taken: _taken,
    RightsSettled: _rights_settled,
    verification.IdentitySettled: _identity_settled,
    verification.MandateSettled: _mandate_settled,
    Asked: _asked,
    Answered: _answered,
    Extended: _extended,
    LateTold: _late_told,
    Searched: _searched,
    Decided: _decided,
    Undecided: _undecided,
    RecipientSettled: _recipient_settled,
    restriction.RestrictionEndTold: _restriction_end_told,
    Delivered: _delivered,
}


def _about(group: str, speaker: Speaker) -> Iterator[str]:
    """The name of the register, its part or the item; never its key."""
    if group != data_groups.ALL:
        yield speaker.gettext(N_("(data: %(group)s)")) % {"group": speaker.group(group)}


def _way(way: Way, speaker: Speaker) -> str:
    return "– " + speaker.gettext(labels.WAYS[way])
