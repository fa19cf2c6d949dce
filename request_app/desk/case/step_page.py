"""Pages with a form that takes steps in a case, with conflict detection.

Every form carries the version of the case that was shown and its number of steps, since
flags and readers change a case without a step. If somebody else has changed the case
meanwhile, or a rule refuses the step, the page shows again what was typed (409).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import Self, TypeVar
from urllib.parse import urljoin

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.delivery import answer_package, delivery_code
from request_app.cases.lifecycle import record
from request_app.cases.steps.progress import Progress
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import navigation, timeline
from request_app.desk.case.case_view import CaseView, open_case_view, speaker
from request_app.desk.queue.lookup import address_of
from request_app.desk.shell import access, redirect, session, transactions
from request_app.desk.shell.case_form import CaseForm, posted
from request_app.desk.shell.page import this_page
from request_app.store.values import Role

CHANGED = N_(
    "Somebody else has changed the case meanwhile. What they did stands below; what "
    "you typed is still here. Look at both, then send again."
)
DONE = N_("Saved.")
UNPROCESSABLE, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT

# What else is done in the transaction of the steps, such as sending a letter; it may
# give further steps, such as a delivery that it made.
Also = Callable[[Action], Iterable[ProposedStep]]


class StepForm(CaseForm):
    """The form of a page that takes one step, with the texts of that page."""

    title = lead = ""  # where the page has no template of its own
    button, message = N_("Save"), DONE
    view: CaseView

    @classmethod
    def of(cls, view: CaseView) -> Self:
        """The form for this case, filled with what was posted, if anything."""
        form = cls(request.form)
        form.view = view
        form.offer()
        return form

    def offer(self) -> None:
        """Set the choices for this case, before validation."""

    def begin(self) -> None:
        """Fill in known values when the page is first shown."""

    def values(self) -> dict[str, object]:
        """The values of the template besides the form."""
        return {}


Form = TypeVar("Form", bound=StepForm)
StepOf = Callable[[Form], ProposedStep]


def step_page(
    page: str, form_class: type[Form], template: str = "case/step"
) -> Callable[[StepOf[Form]], StepOf[Form]]:
    """Register a page for a step; the function makes the step from a valid form.

    The function’s name is the endpoint. Only handlers may take steps.
    """

    def add(step_of: StepOf[Form]) -> StepOf[Form]:
        @access.least(Role.HANDLER)
        def open_page(reference: str) -> Response:
            form = form_class.of(open_case_view(reference))
            form_page = form_page_of(form, template)
            if not posted():
                form.begin()
                return form_page.show()
            if not form.validate():
                return form_page.refuse()
            return form_page.do(step_of(form), message=form.message)

        access.blueprint.add_url_rule(
            f"/cases/<reference>/{page}",
            endpoint=step_of.__name__,
            view_func=open_page,
            methods=["GET", "POST"],
        )
        return step_of

    return add


@dataclass(frozen=True, kw_only=True)
class CaseFormPage:
    """A page of a case with a form: how it is shown, and how its steps are taken."""

    template: str
    view: CaseView
    form: CaseForm
    values: dict[str, object] = field(default_factory=dict)  # for the template

    def show(
        self, status: int = HTTPStatus.OK, reasons: Iterable[str] = ()
    ) -> Response:
        """The page, with the reasons why the step was refused."""
        page, meanwhile = this_page(), []
        if status == CONFLICT:
            meanwhile = self.view.opened.history[self.form.steps.data or 0 :]
        # who has not been shown what others did keeps the version they looked at
        if status == CONFLICT or not self.form.version.data:
            self.form.see(self.view.case.version, self.view.progress.steps)
        return page.answer(
            self.template,
            status,
            view=self.view,
            form=self.form,
            reasons=[page.gettext(reason) for reason in reasons],
            meanwhile=meanwhile,
            event_of=partial(timeline.event, speaker=speaker(self.view, page)),
            stages=navigation.stages(self.view.items, self.view.case.reference),
            **self.values,
        )

    def refuse(self, reasons: Iterable[str] = ()) -> Response:
        """Show the form again with its faults (422)."""
        return self.show(UNPROCESSABLE, reasons)

    def do(
        self,
        *steps: ProposedStep,
        also: Also | None = None,
        message: str = DONE,
        then: Callable[[], Response] | None = None,
    ) -> Response:
        """Take the steps and `also` in one transaction, then redirect.

        The page of the next task follows; `then` returns another response, such as one
        that shows a code.
        """
        case, seen = self.view.case, self.form.version.data or 0
        try:
            with transactions.writing() as action:
                every = [*steps, *(also(action) if also else ())]
                progress = record.take_steps(action, case.id, every, version=seen)
        except record.ChangedMeanwhileError:
            return self._again([CHANGED])
        except record.RefusedError as error:
            return self._again(error.reasons)
        except (
            delivery_code.DeliveryRefusedError,
            answer_package.PackageError,
        ) as error:
            return self._again([str(error)])
        if then:
            return then()
        session.flash(this_page().gettext(message))
        return redirect.go(_onwards(self.view, progress))

    def _again(self, reasons: Iterable[str]) -> Response:
        newest = open_case_view(self.view.case.reference)
        again = CaseFormPage(
            template=self.template, view=newest, form=self.form, values=self.values
        )
        return again.show(CONFLICT, reasons)


def form_page_of(form: StepForm, template: str) -> CaseFormPage:
    return CaseFormPage(
        template=template, view=form.view, form=form, values=form.values()
    )


def _onwards(before: CaseView, progress: Progress) -> str:
    """The page of the next task after a task; otherwise the page of the case."""
    after = replace(before, opened=before.opened._replace(progress=progress))
    case = address_of(before.case.reference)
    listed = request.endpoint in {*navigation.PAGES.values(), *navigation.BESIDE}
    if after.next is None or not listed:
        return case
    page = navigation.page_of(after.next, before.case.reference)
    return urljoin(case, page) if page and page != request.path else case
