"""Pages for a step that sends a letter: fill in, read, edit and send it.

The step and its letter are one transaction: no letter is sent without its step, and no
step is recorded without its letter.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from flask import request
from werkzeug.wrappers import Response
from wtforms import Field

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.letters import send_letter
from request_app.cases.letters.parts import MESSAGES, Letter, edited, faults
from request_app.cases.steps.step import ProposedStep, objections
from request_app.desk.case import step_page
from request_app.desk.shell import labels
from request_app.desk.shell.case_form import posted
from request_app.desk.shell.page import this_page
from request_app.store.values import Way
from request_app.web import clean, fields

DRAFT, SEND, BACK = "draft", "send", "back"
SECTION = "section-"
ON_PAPER = N_("Saved. Now print the letter, below under “Letters”, and send it.")


class LetterStepForm(step_page.StepForm):
    """The base of forms with a letter: it asks by which channel the letter goes."""

    way = fields.Choice(N_("How do you tell the person?"))

    def offer(self) -> None:
        self.way.choices = {
            way.value: labels.WAYS[way] for way in send_letter.ways(self.view.opened)
        }
        if not self.way.data:
            self.way.data = next(iter(self.way.choices))

    def validate_way(self, field: Field) -> None:
        fields.among(field, N_("Choose how you tell the person."))

    def letter(self) -> Letter:
        """The letter to the person, made from the form."""
        raise NotImplementedError

    def proposed_steps(self, edited: Mapping[str, str]) -> list[ProposedStep]:
        """The steps to take; `edited` holds the edited parts of the letter by key."""
        raise NotImplementedError

    def check_sending(self) -> None:
        """Check what matters only when sending; report faults with `refuse`."""

    def send_also(self, action: Action) -> None:
        """Do more in the transaction that sends the letter."""

    def sent_on(self, today: date) -> date:
        """The day on which the letter is sent, or was sent outside the desk."""
        return today

    @property
    def to_fill_in(self) -> Iterable[Field]:
        """The fields in order, with the channel last."""
        others = [each for each in super().to_fill_in if each is not self.way]
        return [*others, self.way]

    @property
    def filled_in(self) -> Iterator[tuple[str, str]]:
        """The names and values of the form, for the page that previews the letter."""
        for field in super().to_fill_in:
            if field.name != "email":
                yield from fields.values_of(field)


def send_with_letter(form: LetterStepForm, template: str = "case/step") -> Response:
    """Show the form, then the letter, then send it and take the steps.

    The first preview has no edited parts. If the rules object to it, no letter is made,
    since facts that the letter needs may be missing.
    """
    form_page = step_page.form_page_of(form, template)
    stage = request.form.get("go", "") if posted() else BACK
    if stage not in {DRAFT, SEND}:
        if not posted():
            form.begin()
        return form_page.show()
    if not form.validate():
        return form_page.refuse()
    parts_edited = _parts_edited() if stage == SEND else {}
    steps = form.proposed_steps(parts_edited)
    reasons = _objections(form_page, steps)
    if reasons and stage == DRAFT:
        return form_page.show(step_page.CONFLICT, reasons)
    letter = edited(form.letter(), parts_edited)
    with_letter = replace(form_page, values=form_page.values | {"letter": letter})
    if reasons:
        return with_letter.show(step_page.CONFLICT, reasons)
    if stage == DRAFT:
        return with_letter.show()
    return _send(with_letter, form, letter, steps)


def _send(
    form_page: step_page.CaseFormPage,
    form: LetterStepForm,
    letter: Letter,
    steps: Iterable[ProposedStep],
) -> Response:
    """Send a letter that has no open gaps, and take its steps."""
    form.check_sending()
    gettext = this_page().gettext
    found = [
        gettext(MESSAGES[fault.code]) % {"about": fault.about}
        for fault in faults(letter)
    ]
    if found or any(field.errors for field in form):
        return form_page.refuse(found)
    way = Way(form.way.data)

    def send_it(action: Action) -> Iterable[ProposedStep]:
        on = form.sent_on(form.view.today)
        send_letter.send(action, form.view.opened, letter, way=way, sent_on=on)
        form.send_also(action)
        return ()

    message = ON_PAPER if way is Way.LETTER else form.message
    return form_page.do(*steps, also=send_it, message=message)


def _objections(
    form_page: step_page.CaseFormPage, acts: Iterable[ProposedStep]
) -> list[str]:
    """Why the steps would be refused, checked before anyone edits the letter."""
    view = form_page.view
    if form_page.form.version.data != view.case.version:
        return [step_page.CHANGED]
    return [
        reason
        for act in acts
        for reason in objections(act, view.progress, today=view.today)
    ]


def _parts_edited() -> dict[str, str]:
    return {
        name.removeprefix(SECTION): clean.text(text)
        for name, text in request.form.items()
        if name.startswith(SECTION)
    }
