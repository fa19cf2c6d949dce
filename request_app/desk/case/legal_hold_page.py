"""The page on which staff set or end a legal hold, which suspends deletion.

GDPR Art. 17(3)(e): data needed for a legal claim are kept past their period, but no
longer than the claim needs. Setting and ending a hold both require a reason.
"""

from generator.languages import N_
from request_app.cases.steps.closing import Held, Released
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.step_page import StepForm, step_page
from request_app.desk.shell.case_form import required
from request_app.web.fields import Lines


class HoldForm(StepForm):
    title = button = N_("Hold the case")
    lead = N_(
        "The program deletes a closed case when the times of the notice are over. Hold "
        "it where somebody claims or may claim something, so that nothing is deleted "
        "until you end the hold."
    )
    message = N_("The case is held. Nothing of it is deleted before it is released.")

    reason = Lines(
        N_("Why may nothing be deleted?"),
        description=N_(
            "Which claim or case, before whom. No more of it than is needed."
        ),
        validators=[required],
    )

    def offer(self) -> None:
        """If the case is on hold, offer to end the hold."""
        if self.view.progress.held:
            self.title = self.button = N_("End the hold")
            self.lead = N_(
                "Nothing of this case is deleted. Once the hold has ended, what is due "
                "is deleted at once."
            )
            self.message = N_("The hold has ended. What is due is deleted at its time.")
            self.reason.label.text = N_("Why need it not be held any longer?")
            self.reason.description = ""


@step_page("hold", HoldForm)
def hold(form: HoldForm) -> ProposedStep:
    """Put an open or closed case on hold, or end its hold."""
    step = Released() if form.view.progress.held else Held()
    return ProposedStep(step=step, words={"reason": form.reason.data})
