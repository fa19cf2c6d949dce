"""Data that are stored and not used for a while, and the end of that while.

The person learns of the end before it comes, not after: GDPR Art. 18(3).
"""

from collections.abc import Mapping

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.letters import short_letters
from request_app.cases.steps.kinds import (
    RestrictionEndTold,
    RestrictionLifted,
    RestrictionSet,
)
from request_app.cases.steps.rules import Act
from request_app.desk.case.case_view import CaseView, open_case_view
from request_app.desk.case.deadline_clock import reply_by
from request_app.desk.case.letter_step import LetterStepForm, send_with_letter
from request_app.desk.case.step_page import CaseFormPage
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.case_form import posted
from request_app.desk.shell.days import DayField, read_day, start
from request_app.store.values import Role
from request_app.web.fields import Lines

SET, LIFT = "set", "lift"


class RestrictionForm(LetterStepForm):
    on = DayField(N_("From which day?"))
    note = Lines(
        N_("Which data, and how were they marked? (optional)"),
        default="",
    )
    end = DayField(N_("On which day does it end?"))
    which = Lines(N_("Which data were restricted?"), default="")
    why = Lines(N_("Why does the restriction end?"), default="")

    def offer(self, view: CaseView) -> None:
        super().offer(view)
        start(self.on, view.today)
        start(self.end, reply_by(view.progress, view.today))


@blueprint.route("/cases/<reference>/restriction", methods=["GET", "POST"])
@least(Role.HANDLER)
def restriction(reference: str) -> Response:
    """Set it, tell its end, lift it: one after the other on one page."""
    view, form = open_case_view(reference), RestrictionForm(request.form)
    form.offer(view)
    form_page = CaseFormPage(template="decision/restriction", view=view, form=form)
    go = request.form.get("go") if posted() else None
    if go in {SET, LIFT}:
        if not form.validate():
            return form_page.refuse()
        on = read_day(form.on.data) or view.today
        step = RestrictionSet(on=on) if go == SET else RestrictionLifted(on=on)
        return form_page.do(Act(step=step, words={"note": form.note.data}))

    end = read_day(form.end.data) or view.today

    def steps_of(edited: Mapping[str, str]) -> list[Act]:
        words = {
            "data": edited.get("data", form.which.data),
            "why": edited.get("why", form.why.data),
        }
        told = RestrictionEndTold(on=view.today, ends=end)
        return [Act(step=told, words=words)]

    return send_with_letter(
        form_page,
        lambda: short_letters.restriction_lifted(
            view.facts,
            on=end,
            words={"data": form.which.data, "why": form.why.data},
        ),
        steps_of,
    )
