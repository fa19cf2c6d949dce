"""Holding a case while somebody may claim: nothing of it is deleted meanwhile.

GDPR Art. 17(3)(e): data that a legal claim needs are kept past their time, and no
longer than that. Both ways the reason is written down.
"""

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.steps.closing import Held, Released
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.case_view import look
from request_app.desk.case.step_page import Attempt
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.case_form import CaseForm, posted, required
from request_app.store.values import Role
from request_app.web.fields import Lines

HELD = N_("The case is held. Nothing of it is deleted before it is released.")
RELEASED = N_("The hold has ended. What is due is deleted at its time.")


class HoldForm(CaseForm):
    reason = Lines(
        N_("Why may nothing be deleted?"),
        description=N_(
            "Which claim or case, before whom. No more of it than is needed."
        ),
        default="",
        validators=[required],
    )


class ReleaseForm(CaseForm):
    reason = Lines(
        N_("Why need it not be held any longer?"),
        default="",
        validators=[required],
    )


@blueprint.route("/cases/<reference>/hold", methods=["GET", "POST"])
@least(Role.HANDLER)
def hold(reference: str) -> Response:
    """Hold a case, open or closed, or end the hold."""
    seen = look(reference)
    is_held = seen.progress.held
    form = (ReleaseForm if is_held else HoldForm)(request.form)
    attempt = Attempt(template="hold", look=seen, form=form)
    if not posted():
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    act = ProposedStep(
        step=Released() if is_held else Held(), words={"reason": form.reason.data}
    )
    return attempt.do(act, told=RELEASED if is_held else HELD)
