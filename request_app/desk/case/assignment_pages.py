"""The pages on which a handler takes a case or gives it to a colleague."""

from wtforms import Field

from generator.languages import N_
from request_app.cases.steps.assignment import Taken
from request_app.cases.steps.step import ProposedStep
from request_app.deadlines import local_day
from request_app.desk.account.absence_page import names_of
from request_app.desk.case.step_page import StepForm, step_page
from request_app.desk.shell import services, session
from request_app.desk.shell.page import this_page
from request_app.store import absences, accounts, database
from request_app.web.fields import Choice, among


class TakeForm(StepForm):
    button = N_("I take this case")
    message = N_("The case is yours now.")


@step_page("take", TakeForm, "case/take")
def take(_form: TakeForm) -> ProposedStep:
    """Take a case in one click, even from another handler, who may have fallen ill."""
    return ProposedStep(step=Taken(handler=session.this_account().id))


class GiveForm(StepForm):
    title = N_("Give the case to a colleague")
    message = N_("The case has another handler now.")

    handler = Choice(N_("Who answers the case from now on?"))

    def offer(self) -> None:
        with database.reading(services.current().engine) as connection:
            away = absences.lasting_until(connection, local_day(services.now()))
            handlers = accounts.handlers(connection)
        self.handler.choices = names_of(handlers, away, this_page())

    def begin(self) -> None:
        self.handler.data = self.view.case.handler_id

    def validate_handler(self, field: Field) -> None:
        among(field, N_("Choose a case handler."))


@step_page("give", GiveForm)
def give(form: GiveForm) -> ProposedStep:
    """Give a case to a colleague who may answer it."""
    return ProposedStep(step=Taken(handler=form.handler.data))
