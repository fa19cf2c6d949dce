"""The page on which staff follow the delivery of an answer and deliver it again.

An answer that was not fetched does not count as delivered. It is delivered again with
a new code or through another channel; the earlier code stops working.
"""

from collections.abc import Iterable
from http import HTTPStatus

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.delivery import channels, delivery_code, send_answer
from request_app.cases.lifecycle.record import RefusedError
from request_app.cases.steps.assignment import Noted
from request_app.cases.steps.progress import DAYS_TO_FETCH
from request_app.cases.steps.step import ProposedStep
from request_app.desk.answer.channel_form import MeansForm, code_page
from request_app.desk.case.case_view import CaseView, open_case_view
from request_app.desk.case.step_page import CaseFormPage
from request_app.desk.shell import access, labels, services
from request_app.desk.shell.case_form import posted
from request_app.store import database, packages as stored
from request_app.store.values import Role
from request_app.web.fields import Line

NO_ANSWER = N_("The answer has not been sent yet.")
NOT_THERE = N_("There is no such delivery, or it is withdrawn already.")
AGAIN = N_("The answer was delivered again.")
WITHDRAWN = N_("The delivery was withdrawn.")


class DeliveryForm(MeansForm):
    why = Line(
        N_("Why is it withdrawn? (optional)"),
        description=N_("For the notes of the case."),
    )


@access.blueprint.route("/cases/<reference>/delivery", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def delivery(reference: str) -> Response:
    view = open_case_view(reference)
    form = DeliveryForm(request.form if posted() else None)
    form.offer(view)
    if not posted():
        form.begin(view)
    form_page = _form_page(view, form)
    if not posted():
        return form_page.show()
    form.validate()
    wanted, _, which = request.form.get("go", "").partition(":")
    if wanted == "withdraw":
        return _withdraw(form_page, form, which)
    if not view.progress.answered:
        return form_page.show(HTTPStatus.CONFLICT, [NO_ANSWER])
    return _again(form_page, form)


def _again(form_page: CaseFormPage, form: DeliveryForm) -> Response:
    """Deliver the same package again, with a new code or on paper."""
    form.check_means()
    if list(form.faults):
        return form_page.refuse()
    view = form_page.view
    wanted = form.sending(view.opened, view.today)
    reasons = list(channels.way_objections(view.opened, wanted))
    dispatched: list[send_answer.Dispatched] = []

    def also(action: Action) -> Iterable[ProposedStep]:
        if reasons:
            raise RefusedError(reasons)
        dispatched.append(send_answer.send_again(action, view.case, wanted))
        return dispatched[0].steps

    def then() -> Response:
        new_code = dispatched[0].new_code
        assert new_code is not None  # noqa: S101 - only a code has such a page
        return code_page(view, new_code, wanted)

    shows = wanted.means not in {*channels.WHOLE, channels.Means.EMAIL}
    return form_page.do(also=also, message=AGAIN, then=then if shows else None)


def _withdraw(form_page: CaseFormPage, form: DeliveryForm, which: str) -> Response:
    """Withdraw a delivery at once, and record it as a note."""
    view = form_page.view
    found = next((each for each in living(view) if each.delivery.id == which), None)

    def also(action: Action) -> Iterable[ProposedStep]:
        if found is None or not delivery_code.withdraw(
            action, view.case, found.delivery
        ):
            raise RefusedError([NOT_THERE])
        return [ProposedStep(step=Noted(), words={"note": form.why.data})]

    return form_page.do(also=also, message=WITHDRAWN)


def living(view: CaseView) -> list[delivery_code.DeliveryStatus]:
    """Deliveries that can still be fetched."""
    ended = {delivery_code.DeliveryStage.WITHDRAWN, delivery_code.DeliveryStage.HANDED}
    return [
        each
        for each in view.deliveries
        if each.standing not in ended and each.delivery.key_for_person
    ]


def _form_page(view: CaseView, form: DeliveryForm) -> CaseFormPage:
    with database.reading(services.current().engine) as connection:
        package = send_answer.delivered_package(connection, view.case)
        files = len(stored.files_of(connection, package.id)) if package else 0
    values: dict[str, object] = {
        "rights": labels.RIGHTS,
        "reaches": list(reversed(view.deliveries)),
        "living": {each.delivery.id for each in living(view)},
        "standings": labels.REACHED,
        "ways": labels.WAYS,
        "long": DAYS_TO_FETCH,
        "files": files,
        "can_go_again": files and view.progress.answered and not view.progress.closed,
    }
    return CaseFormPage(template="answer/delivery", view=view, form=form, values=values)
