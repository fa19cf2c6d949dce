"""What was done in a case, each step in a sentence of the language of staff.

Names stand behind a colon, so that they take no ending.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import singledispatch
from typing import NamedTuple

from generator.languages import N_
from request_app.cases.grounds import EXTENSIONS, REFUSALS
from request_app.cases.lifecycle.opened import Done
from request_app.cases.notice.data_groups import ALL
from request_app.cases.notice.names import group_name, recipient_name
from request_app.cases.notice.plan import place_name
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
    IdentityMethod,
    IdentitySettled,
    LateTold,
    Mandate,
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
    WhyNotTold,
    Words,
)
from request_app.deadlines import PauseKind
from request_app.desk.shell.labels import RIGHTS
from request_app.published import Kept
from request_app.store.values import Way

METHODS: Mapping[IdentityMethod, str] = {
    IdentityMethod.NO_DOUBT: N_("There is no doubt"),
    IdentityMethod.KNOWN_ADDRESS: N_("They wrote from an address that we had already"),
    IdentityMethod.CONFIRMED: N_("Confirmed at an address that we had already"),
    IdentityMethod.KNOWN_FACTS: N_("They told something that we knew already"),
    IdentityMethod.IN_PERSON: N_("They came in person"),
    IdentityMethod.STRONG: N_("Strong electronic identification"),
    IdentityMethod.DOCUMENT_SEEN: N_("They showed a document; no copy was taken"),
}
MANDATES: Mapping[Mandate, str] = {
    Mandate.CUSTODY: N_("Custody of a child"),
    Mandate.GUARDIANSHIP: N_("Guardianship"),
    Mandate.AUTHORISATION: N_("Authorisation"),
}
QUESTIONS: Mapping[PauseKind, str] = {
    PauseKind.IDENTITY: N_("who they are"),
    PauseKind.SCOPE: N_("which data are meant"),
    PauseKind.WHICH_RIGHT: N_("what is asked for"),
}
WAYS: Mapping[Way, str] = {
    Way.STATUS_PAGE: N_("Message on the status page"),
    Way.EMAIL: N_("E-mail"),
    Way.LETTER: N_("Letter on paper"),
    Way.BY_HAND: N_("By hand"),
    Way.PHONE: N_("Phone"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.GRANTED: N_("done as asked"),
    Outcome.REFUSED: N_("not done"),
    Outcome.NO_DATA: N_("no data found"),
    Outcome.NOT_IDENTIFIED: N_("not done, since it stayed unclear who asks"),
    Outcome.PASSED_ON: N_("passed on to the controller"),
    Outcome.CANCELLED: N_("cancelled by the person"),
}
WHY_NOT_TOLD: Mapping[WhyNotTold, str] = {
    WhyNotTold.IMPOSSIBLE: N_("telling is impossible"),
    WhyNotTold.DISPROPORTIONATE: N_("telling would take a disproportionate effort"),
}
# What was written at a step, by the name of the field.
WRITTEN: Mapping[str, str] = {
    "checked": N_("What was checked"),
    "why_sure": N_("Why it is sure all the same"),
    "why_late": N_("Why it was not asked earlier"),
    "question": N_("Question"),
    "doubt": N_("Why there is doubt"),
    "facts": N_("Facts of this case"),
    "where": N_("Where and how"),
    "answer": N_("What they answered"),
    "seen": N_("What was seen"),
    "note": N_("Note"),
    "why": N_("Why"),
    "data": N_("Data"),
    "reason": N_("Reason"),
    "provision": N_("Act and section"),
    "kept_until": N_("Kept until"),
    "controller": N_("Controller"),
    "old": N_("The data were"),
    "new": N_("The data are now"),
    "what": N_("What was found"),
    "text": N_("Text"),
    "child": N_("The interest of the child"),
    "name": N_("Name of the recipient"),
    "done": N_("What was done"),
}
# What each step was, for who reads the facts beside it.
KINDS: Mapping[str, str] = {
    "taken": N_("A case handler took the request"),
    "rights-settled": N_("It was settled what is asked for"),
    "identity-settled": N_("It was settled who asks"),
    "identity-denied": N_("Somebody says that the request is not theirs"),
    "identity-claimed": N_("Somebody says that the request is theirs"),
    "mandate-settled": N_("The right to act for another was noted"),
    "asked": N_("The person was asked something"),
    "answered": N_("The person replied to a question"),
    "extended": N_("The time was extended"),
    "searched": N_("A place was searched"),
    "decided": N_("A decision was noted"),
    "undecided": N_("A decision was taken back"),
    "recipient-settled": N_("A recipient was dealt with"),
    "restriction-set": N_("The use of the data was restricted"),
    "restriction-end-told": N_("The person was told of the end of the restriction"),
    "restriction-lifted": N_("The restriction was lifted"),
    "late-told": N_("The person was told that the answer is late"),
    "delivered": N_("The answer was sent"),
    "reached": N_("The answer reached the person"),
    "closed": N_("The request was closed"),
    "reopened": N_("The request was reopened"),
    "held": N_("The case is held: nothing of it is deleted"),
    "hold-ended": N_("The hold of the case has ended"),
    "noted": N_("A note was written"),
}
ACTORS: Mapping[str, str] = {
    "person": N_("The person"),
    "form": N_("The form"),
    "worker": N_("The program"),
}


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """What sentences are made with: a language, and the names of what steps name."""

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

    def actor(self, actor: str) -> str:
        """Who acted, as the audit trail names them, in words."""
        known = ACTORS.get(actor)
        return self.gettext(known) if known else actor.removeprefix("staff:")


class Event(NamedTuple):
    """A step in words."""

    what: str
    who: str
    at: datetime
    written: list[tuple[str, str]]


def event(done: Done, speaker: Speaker) -> Event:
    """Say what was done, by whom, when, and what was written at it."""
    written = {**done.words, **done.values}
    written.pop(_told_already(done.step), None)
    order = list(WRITTEN)  # what the data were stands before what they are
    return Event(
        what=sentence(done.step, replace(speaker, words=done.words)),
        who=speaker.actor(done.actor),
        at=done.at,
        written=[
            (speaker.gettext(WRITTEN.get(name, WRITTEN["note"])), str(text))
            for name, text in sorted(
                written.items(),
                key=lambda each: order.index(each[0]) if each[0] in WRITTEN else -1,
            )
        ],
    )


def _told_already(step: Step) -> str:
    """What was written and stands in the sentence of the step."""
    if isinstance(step, RecipientSettled):
        return "name"
    return "data" if isinstance(step, Decided) and PART in step.group else ""


def sentence(step: Step, speaker: Speaker) -> str:
    """What a step did."""
    return " ".join(_said(step, speaker))


@singledispatch
def _said(step: Step, _speaker: Speaker) -> Iterator[str]:
    raise TypeError(f"There is no such step: {type(step).__name__}.")


@_said.register
def _(step: Taken, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("Case handler: %(name)s"))
    yield text % {"name": speaker.name(step.handler)}


@_said.register
def _(step: RightsSettled, speaker: Speaker) -> Iterator[str]:
    rights = ", ".join(speaker.gettext(RIGHTS[right]) for right in step.rights)
    yield speaker.gettext(N_("It was settled what is asked for: %(rights)s")) % {
        "rights": rights
    }


@_said.register
def _(step: Undecided, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("A decision was taken back: %(right)s"))
    yield text % {"right": speaker.gettext(RIGHTS[step.right])}
    yield from _about(step.group, speaker)


@_said.register
def _(step: IdentitySettled, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("It is clear who asks: %(how)s (%(day)s)"))
    how = speaker.gettext(METHODS[step.method])
    yield text % {"how": how, "day": speaker.day(step.on)}


@_said.register
def _(step: IdentityDenied, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(
        N_(
            "At an address we had already, somebody said that the request is not "
            "theirs: %(day)s"
        )
    )
    yield text % {"day": speaker.day(step.on)}


@_said.register
def _(step: IdentityClaimed, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(
        N_(
            "From another mail, somebody confirmed that the request is theirs: "
            "%(day)s. Since it was denied before, this does not settle who asks."
        )
    )
    yield text % {"day": speaker.day(step.on)}


@_said.register
def _(step: MandateSettled, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("They may act for the other person: %(how)s (%(day)s)"))
    how = speaker.gettext(MANDATES[step.mandate])
    yield text % {"how": how, "day": speaker.day(step.on)}


@_said.register
def _(step: Asked, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("The person was asked: %(question)s (%(day)s)")) % {
        "question": speaker.gettext(QUESTIONS[step.question]),
        "day": speaker.day(step.on),
    }
    yield _way(step.way, speaker)


@_said.register
def _(step: Answered, speaker: Speaker) -> Iterator[str]:
    text = (
        N_("The person answered, and it was enough: %(question)s (%(day)s)")
        if step.enough
        else N_("The person answered, but it was not enough: %(question)s (%(day)s)")
    )
    yield speaker.gettext(text) % {
        "question": speaker.gettext(QUESTIONS[step.question]),
        "day": speaker.day(step.on),
    }


@_said.register
def _(step: Extended, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("More time was taken. New last day: %(day)s."))
    yield text % {"day": speaker.day(step.to)}
    ground = EXTENSIONS.get(step.reason)
    if ground:
        yield _texted(ground.reason.root, speaker)


@_said.register
def _(step: Searched, speaker: Speaker) -> Iterator[str]:
    texts = {
        None: N_("To be searched: %(place)s"),
        True: N_("Data were found: %(place)s"),
        False: N_("Nothing was found: %(place)s"),
    }
    place = place_name(step.place, speaker.kept, speaker.language)
    yield speaker.gettext(texts[step.found]) % {"place": place}
    if step.owner:
        name = speaker.name(step.owner)
        yield speaker.gettext(N_("(who searches: %(name)s)")) % {"name": name}


@_said.register
def _(step: Decided, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("Decided: %(right)s – %(outcome)s")) % {
        "right": speaker.gettext(RIGHTS[step.right]),
        "outcome": speaker.gettext(OUTCOMES[step.outcome]),
    }
    if step.reworded:
        yield speaker.gettext(N_("(the same in other words)"))
    yield from _about(step.group, speaker)
    if ground := REFUSALS.get(step.ground or ""):
        yield "– " + _texted(ground.name.root, speaker)


@_said.register
def _(step: RecipientSettled, speaker: Speaker) -> Iterator[str]:
    name = recipient_name(speaker.recipients.get(step.recipient), speaker.words)
    if not step.got:
        text = N_("Did not get the data: %(name)s")
    elif step.unchanged:
        text = N_("Got data, but none that changed: %(name)s")
    elif step.told_on:
        text = N_("Was told of the change: %(name)s")
    elif step.why_not:
        text = N_("Was not told of the change: %(name)s")
    else:
        text = N_("Got the data: %(name)s")
    yield speaker.gettext(text) % {"name": name or step.recipient}
    if step.told_on:
        yield f"({speaker.day(step.told_on)})"
    if step.why_not:
        yield "– " + speaker.gettext(WHY_NOT_TOLD[step.why_not])


@_said.register
def _(step: RestrictionSet, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("The use of the data is restricted from: %(day)s"))
    yield text % {"day": speaker.day(step.on)}


@_said.register
def _(step: RestrictionEndTold, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("The person was told that the restriction ends: %(day)s"))
    yield text % {"day": speaker.day(step.ends or step.on)}


@_said.register
def _(step: RestrictionLifted, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("The restriction ended: %(day)s"))
    yield text % {"day": speaker.day(step.on)}


@_said.register
def _(step: LateTold, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(
        N_("The person was told that the answer is late. Promised day: %(day)s")
    )
    yield text % {"day": speaker.day(step.by)}


@_said.register
def _(step: Delivered, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("The answer was sent: %(day)s"))
    yield text % {"day": speaker.day(step.on)}
    yield _way(step.way, speaker)


@_said.register
def _(step: Reached, speaker: Speaker) -> Iterator[str]:
    text = speaker.gettext(N_("The answer reached the person: %(day)s"))
    yield text % {"day": speaker.day(step.on)}


@_said.register(Closed)
def _(_step: Closed, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("The case was closed"))


@_said.register(Reopened)
def _(_step: Reopened, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("The case was opened again"))


@_said.register(Held)
def _(_step: Held, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("The case is held: nothing of it is deleted"))


@_said.register(Released)
def _(_step: Released, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("The hold of the case has ended"))


@_said.register(Noted)
def _(_step: Noted, speaker: Speaker) -> Iterator[str]:
    yield speaker.gettext(N_("Note"))


def _about(group: str, speaker: Speaker) -> Iterator[str]:
    """The register, its part or the item as it is called, never by its key."""
    if group != ALL:
        yield speaker.gettext(N_("(data: %(group)s)")) % {"group": speaker.group(group)}


def _way(way: Way, speaker: Speaker) -> str:
    return "– " + speaker.gettext(WAYS[way])


def _texted(texts: Mapping[str, str], speaker: Speaker) -> str:
    """The words of the law pack in the language of staff."""
    return texts.get(speaker.language) or next(iter(texts.values()))
