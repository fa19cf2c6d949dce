"""The page on which staff set and lift a restriction of processing.

The person must be informed before the restriction is lifted: GDPR Art. 18(3).
"""

from collections.abc import Mapping
from datetime import date

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.letters import parts, short_letters
from request_app.cases.steps.restriction import (
    RestrictionEndTold,
    RestrictionLifted,
    RestrictionSet,
)
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import case_view, deadline_clock, letter_step, step_page
from request_app.desk.shell import access, days
from request_app.desk.shell.case_form import posted
from request_app.store.values import Role
from request_app.web.fields import Lines

SET, LIFT = "set", "lift"
TEMPLATE = "decision/restriction"


class RestrictionForm(letter_step.LetterStepForm):
    on = days.DayField(N_("From which day?"))
    note = Lines(N_("Which data, and how were they marked? (optional)"))
    end = days.DayField(N_("On which day does it end?"))
    which = Lines(N_("Which data were restricted?"))
    why = Lines(N_("Why does the restriction end?"))

    def offer(self) -> None:
        super().offer()
        days.start(self.on, self.view.today)
        days.start(
            self.end, deadline_clock.reply_by(self.view.progress, self.view.today)
        )

    @property
    def last_day(self) -> date:
        return days.read_day(self.end.data) or self.view.today

    def letter(self) -> parts.Letter:
        words = {"data": self.which.data, "why": self.why.data}
        return short_letters.restriction_lifted(
            self.view.facts, on=self.last_day, words=words
        )

    def proposed_steps(self, edited: Mapping[str, str]) -> list[ProposedStep]:
        words = {"data": self.which.data, "why": self.why.data}
        words |= {name: edited[name] for name in words if name in edited}
        step = RestrictionEndTold(on=self.view.today, ends=self.last_day)
        return [ProposedStep(step=step, words=words)]


@access.blueprint.route("/cases/<reference>/restriction", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def restriction(reference: str) -> Response:
    """Set the restriction, inform the person that it will end, or lift it."""
    form = RestrictionForm.of(case_view.open_case_view(reference))
    go = request.form.get("go") if posted() else None
    if go not in {SET, LIFT}:
        return letter_step.send_with_letter(form, TEMPLATE)
    form_page = step_page.form_page_of(form, TEMPLATE)
    if not form.validate():
        return form_page.refuse()
    on = days.read_day(form.on.data) or form.view.today
    step = RestrictionSet(on=on) if go == SET else RestrictionLifted(on=on)
    return form_page.do(ProposedStep(step=step, words={"note": form.note.data}))
