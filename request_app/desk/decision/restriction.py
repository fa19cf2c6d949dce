"""Data that are stored and not used for a while, and the end of that while.

The person learns of the end before it comes, not after: GDPR Art. 18(3).
"""

from collections.abc import Mapping

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.letters import short_letters
from request_app.cases.steps.restriction import (
    RestrictionEndTold,
    RestrictionLifted,
    RestrictionSet,
)
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.case_view import look
from request_app.desk.case.deadline_clock import reply_by
from request_app.desk.case.letter_step import LetterForm, by_letter
from request_app.desk.case.step_page import Attempt
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.case_form import posted
from request_app.desk.shell.days import DayField, read_day, start
from request_app.store.values import Role
from request_app.web.fields import Lines

SET, LIFT = "set", "lift"


class RestrictionForm(LetterForm):
    on = DayField(N_("From which day?"))
    note = Lines(
        N_("Which data, and how were they marked? (optional)"),
        default="",
    )
    end = DayField(N_("On which day does it end?"))
    which = Lines(N_("Which data were restricted?"), default="")
    why = Lines(N_("Why does the restriction end?"), default="")


@blueprint.route("/cases/<reference>/restriction", methods=["GET", "POST"])
@least(Role.HANDLER)
def restriction(reference: str) -> Response:
    """Set it, tell its end, lift it: one after the other on one page."""
    seen, form = look(reference), RestrictionForm(request.form)
    form.offer_ways(seen.opened)
    start(form.on, seen.today)
    start(form.end, reply_by(seen.progress, seen.today))
    attempt = Attempt(template="case/restriction", look=seen, form=form)
    go = request.form.get("go") if posted() else None
    if go in {SET, LIFT}:
        if not form.validate():
            return attempt.refuse()
        on = read_day(form.on.data) or seen.today
        step = RestrictionSet(on=on) if go == SET else RestrictionLifted(on=on)
        return attempt.do(ProposedStep(step=step, words={"note": form.note.data}))

    end = read_day(form.end.data) or seen.today

    def acts(mended: Mapping[str, str]) -> list[ProposedStep]:
        words = {
            "data": mended.get("data", form.which.data),
            "why": mended.get("why", form.why.data),
        }
        told = RestrictionEndTold(on=seen.today, ends=end)
        return [ProposedStep(step=told, words=words)]

    return by_letter(
        attempt,
        lambda: short_letters.restriction_lifted(
            seen.facts,
            on=end,
            words={"data": form.which.data, "why": form.why.data},
        ),
        acts,
    )
