"""The pages on which staff close a case or reopen it."""

from generator.languages import N_
from request_app.cases.steps.closing import Closed, Reopened
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.step_page import StepForm, step_page
from request_app.desk.shell.case_form import required
from request_app.web.fields import Lines

CLOSE_SPAM = N_(
    "Close it only if it is surely no request, for it is not answered then. Where you "
    "are in doubt, let it in. Write below how you know."
)


class CloseForm(StepForm):
    title = button = N_("Close the case")
    lead = N_(
        "Close it when the answer has reached the person, or when the person has "
        "cancelled. From that day the times of storage run, and then the program "
        "erases the case."
    )
    message = N_("The case is closed.")

    note = Lines(N_("Note (optional)"))

    def offer(self) -> None:
        if self.view.case.suspicion:
            self.lead = CLOSE_SPAM


@step_page("close", CloseForm)
def close(form: CloseForm) -> ProposedStep:
    """Close a case by hand, never automatically; retention periods start then."""
    return ProposedStep(step=Closed(), words={"note": form.note.data})


class ReopenForm(StepForm):
    title = button = N_("Open the case again")
    lead = N_(
        "For example because something was left out of the answer. A new answer is "
        "then sent."
    )
    message = N_("The case is open again.")

    why = Lines(N_("Why?"), validators=[required])


@step_page("reopen", ReopenForm)
def reopen(form: ReopenForm) -> ProposedStep:
    return ProposedStep(step=Reopened(), words={"why": form.why.data})
