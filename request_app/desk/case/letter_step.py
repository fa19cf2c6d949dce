"""A step that goes with a letter: fill in, look at the letter, mend it, send it.

Both happen on one page. The step and its letter are one transaction: a letter that
tells of a step that was not taken never goes, nor the other way round.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from flask import request
from werkzeug.wrappers import Response
from wtforms import Field

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.letters import send
from request_app.cases.letters.parts import MESSAGES, Letter, edited, faults
from request_app.cases.lifecycle.opened import Opened
from request_app.cases.steps.step import ProposedStep, objections
from request_app.desk.case.step_page import CHANGED, CONFLICT, DONE, Attempt
from request_app.desk.shell import labels
from request_app.desk.shell.case_form import CaseForm, posted
from request_app.desk.shell.page import this_page
from request_app.store.values import Way
from request_app.web import clean
from request_app.web.fields import Choice, among, values_of

DRAFT, SEND, BACK = "draft", "send", "back"
SECTION = "section-"
ON_PAPER = N_("Saved. Now print the letter, below under “Letters”, and send it.")


class LetterForm(CaseForm):
    """What every form with a letter asks: which way it goes."""

    way = Choice(N_("How do you tell the person?"))

    def offer_ways(self, opened: Opened) -> None:
        self.way.choices = {way.value: labels.WAYS[way] for way in send.ways(opened)}
        if not self.way.data:
            self.way.data = next(iter(self.way.choices))

    def validate_way(self, field: Field) -> None:
        among(field, N_("Choose how you tell the person."))

    def check_sending(self) -> None:
        """What is looked at only when the letter goes; `refuse` tells the faults."""

    def sent_on(self, today: date) -> date:
        """When it goes, or went where it did not go through the desk."""
        return today

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """What was filled in, for the page that shows the letter."""
        for field in self:
            if field.name not in {"version", "steps", "email"}:
                yield from values_of(field)


Acts = Callable[[Mapping[str, str]], Iterable[ProposedStep]]


def by_letter(
    attempt: Attempt,
    compose: Callable[[], Letter],
    acts: Acts,
    *,
    told: str = DONE,
    besides: Callable[[Action], None] | None = None,
) -> Response:
    """Show the form, then the letter, then send it and take the steps.

    `acts` gets the parts of the letter that staff mended, by their keys; before there
    is a letter, none. What a letter cannot be made of, no rule may let through.
    """
    form = cast("LetterForm", attempt.form)
    stage = request.form.get("go", "") if posted() else BACK
    if stage not in {DRAFT, SEND}:
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    mended = _mended() if stage == SEND else {}
    steps = list(acts(mended))
    reasons = _objections(attempt, steps)
    if reasons and stage == DRAFT:
        return attempt.show(CONFLICT, reasons)
    letter = edited(compose(), mended)
    shown = replace(attempt, values=attempt.values | {"letter": letter})
    if reasons:
        return shown.show(CONFLICT, reasons)
    if stage == DRAFT:
        return shown.show()
    return _send(shown, letter, steps, told=told, besides=besides)


def _send(
    attempt: Attempt,
    letter: Letter,
    steps: Iterable[ProposedStep],
    *,
    told: str,
    besides: Callable[[Action], None] | None,
) -> Response:
    """Send a letter with nothing left open in it, and take its steps."""
    form = cast("LetterForm", attempt.form)
    form.check_sending()
    found = [_told(fault.code, fault.about) for fault in faults(letter)]
    if found or any(field.errors for field in form):
        return attempt.refuse(found)
    way = Way(form.way.data)

    def tell(action: Action) -> Iterable[ProposedStep]:
        on = form.sent_on(attempt.look.today)
        send.tell(action, attempt.look.opened, letter, way=way, sent_on=on)
        if besides:
            besides(action)
        return ()

    said = ON_PAPER if way is Way.LETTER else told
    return attempt.do(*steps, besides=tell, told=said)


def _objections(attempt: Attempt, acts: Iterable[ProposedStep]) -> list[str]:
    """Why it cannot be done, before anybody has written a letter for nothing."""
    look, seen = attempt.look, attempt.form.version.data
    if seen != look.case.version:
        return [CHANGED]
    return [
        reason
        for act in acts
        for reason in objections(act, look.progress, today=look.today)
    ]


def _mended() -> dict[str, str]:
    return {
        name.removeprefix(SECTION): clean.text(text)
        for name, text in request.form.items()
        if name.startswith(SECTION)
    }


def _told(code: str, about: str) -> str:
    return this_page().say(MESSAGES[code]) % {"about": about}
