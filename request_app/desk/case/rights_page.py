"""The page on which staff set the rights that a request invokes.

A request need not name any right (EDPB 01/2022 ¶48, ¶50).
"""

from wtforms import Field, ValidationError

from generator.languages import N_
from request_app.cases.steps.assignment import RightsSettled
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case.step_page import StepForm, step_page
from request_app.desk.shell.labels import RIGHTS
from request_app.store.values import Right
from request_app.web.fields import Choices


class RightsForm(StepForm):
    rights = Choices(
        N_("What is asked for?"),
        choices={right.value: label for right, label in RIGHTS.items()},
    )

    def begin(self) -> None:
        self.rights.data = [right.value for right in self.view.opened.rights]

    @property
    def chosen(self) -> tuple[Right, ...]:
        return tuple(
            right for right in Right if right.value in (self.rights.data or ())
        )

    def validate_rights(self, field: Field) -> None:
        del field
        if not self.chosen:
            raise ValidationError(N_("Choose what is asked for."))


@step_page("rights", RightsForm, "case/rights")
def rights(form: RightsForm) -> ProposedStep:
    """Record which rights the request invokes."""
    return ProposedStep(step=RightsSettled(rights=form.chosen))
