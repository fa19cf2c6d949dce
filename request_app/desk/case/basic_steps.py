"""Who answers a case, what it asks for, notes, and its end."""

from flask import request
from werkzeug.wrappers import Response
from wtforms import Field, ValidationError

from generator.languages import N_
from request_app.cases.steps.assignment import Noted, RightsSettled, Taken
from request_app.cases.steps.closing import Closed, Reopened
from request_app.cases.steps.step import ProposedStep
from request_app.deadlines import local_day
from request_app.desk.account.absence import names_of
from request_app.desk.case.case_view import look
from request_app.desk.case.step_page import Attempt
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.case_form import CaseForm, posted, required
from request_app.desk.shell.labels import RIGHTS
from request_app.desk.shell.page import this_page
from request_app.desk.shell.services import now, parts
from request_app.desk.shell.session import this_account
from request_app.store import absences, accounts
from request_app.store.database import reading
from request_app.store.values import Right, Role
from request_app.web.fields import Choice, Choices, Lines, among

TAKEN = N_("The case is yours now.")
GIVEN = N_("The case has another handler now.")
CLOSED = N_("The case is closed.")
REOPENED = N_("The case is open again.")


@blueprint.route("/cases/<reference>/take", methods=["GET", "POST"])
@least(Role.HANDLER)
def take(reference: str) -> Response:
    """One click, also where somebody else has the case: people fall ill."""
    seen, form = look(reference), CaseForm(request.form)
    attempt = Attempt(template="case/take", look=seen, form=form)
    if not posted():
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    return attempt.do(ProposedStep(step=Taken(handler=this_account().id)), told=TAKEN)


class GiveForm(CaseForm):
    handler = Choice(N_("Who answers the case from now on?"))

    def validate_handler(self, field: Field) -> None:
        among(field, N_("Choose a case handler."))


@blueprint.route("/cases/<reference>/give", methods=["GET", "POST"])
@least(Role.HANDLER)
def give(reference: str) -> Response:
    """Hand a case to a colleague who may answer it."""
    seen, form = look(reference), GiveForm(request.form)
    form.handler.choices = _handlers()
    attempt = Attempt(template="case/give", look=seen, form=form)
    if not posted():
        form.handler.data = seen.case.handler_id
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    return attempt.do(ProposedStep(step=Taken(handler=form.handler.data)), told=GIVEN)


def _handlers() -> dict[str, str]:
    with reading(parts().engine) as connection:
        gone = absences.lasting_until(connection, local_day(now()))
        return names_of(accounts.handlers(connection), gone, this_page())


class RightsForm(CaseForm):
    rights = Choices(
        N_("What is asked for?"),
        choices={right.value: label for right, label in RIGHTS.items()},
    )

    @property
    def chosen(self) -> tuple[Right, ...]:
        return tuple(
            right for right in Right if right.value in (self.rights.data or ())
        )

    def validate_rights(self, field: Field) -> None:
        del field
        if not self.chosen:
            raise ValidationError(N_("Choose what is asked for."))


@blueprint.route("/cases/<reference>/rights", methods=["GET", "POST"])
@least(Role.HANDLER)
def rights(reference: str) -> Response:
    """Settle what the person meant: no right need be named (EDPB 01/2022 ¶48, ¶50)."""
    seen, form = look(reference), RightsForm(request.form)
    attempt = Attempt(template="case/rights", look=seen, form=form)
    if not posted():
        form.rights.data = [right.value for right in seen.opened.rights]
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    return attempt.do(ProposedStep(step=RightsSettled(rights=form.chosen)))


class NoteForm(CaseForm):
    note = Lines(
        N_("Note"),
        description=N_(
            "Only what the case needs. The person may ask to see the notes about them."
        ),
        default="",
        validators=[required],
    )


@blueprint.route("/cases/<reference>/note", methods=["GET", "POST"])
@least(Role.HANDLER)
def note(reference: str) -> Response:
    form = NoteForm(request.form)
    attempt = Attempt(template="case/note", look=look(reference), form=form)
    if not posted():
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    return attempt.do(ProposedStep(step=Noted(), words={"note": form.note.data}))


class EndForm(CaseForm):
    note = Lines(N_("Note (optional)"), default="")


@blueprint.route("/cases/<reference>/close", methods=["GET", "POST"])
@least(Role.HANDLER)
def close(reference: str) -> Response:
    """Only a person closes a case; from then on the times of storage run."""
    seen, form = look(reference), EndForm(request.form)
    attempt = Attempt(template="case/close", look=seen, form=form)
    if not posted():
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    return attempt.do(
        ProposedStep(step=Closed(), words={"note": form.note.data}), told=CLOSED
    )


class ReopenForm(CaseForm):
    why = Lines(N_("Why?"), default="", validators=[required])


@blueprint.route("/cases/<reference>/reopen", methods=["GET", "POST"])
@least(Role.HANDLER)
def reopen(reference: str) -> Response:
    form = ReopenForm(request.form)
    attempt = Attempt(template="case/reopen", look=look(reference), form=form)
    if not posted():
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    return attempt.do(
        ProposedStep(step=Reopened(), words={"why": form.why.data}), told=REOPENED
    )
