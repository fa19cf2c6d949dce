"""The page on which staff write a note on a case."""

from generator.languages import N_
from request_app.cases.steps.assignment import Noted
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.step_page import StepForm, step_page
from request_app.desk.shell.case_form import required
from request_app.web.fields import Lines


class NoteForm(StepForm):
    title = N_("Write a note")

    note = Lines(
        N_("Note"),
        description=N_(
            "Only what the case needs. The person may ask to see the notes about them."
        ),
        validators=[required],
        render_kw={"rows": 5},
    )


@step_page("note", NoteForm)
def note(form: NoteForm) -> ProposedStep:
    return ProposedStep(step=Noted(), words={"note": form.note.data})
