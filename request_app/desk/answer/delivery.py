"""How the answer reached the person, and what to do where it did not.

Not fetched is not delivered: it is delivered again with another code, or goes some
other way. The code before it opens nothing any more.
"""

from collections.abc import Iterable
from http import HTTPStatus

from flask import request
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.delivery import dispatch
from request_app.cases.delivery.deliver import Reach, Standing, withdraw
from request_app.cases.lifecycle.record import RefusedError
from request_app.cases.steps.assignment import Noted
from request_app.cases.steps.progress import DAYS_TO_FETCH
from request_app.cases.steps.step import ProposedStep
from request_app.desk.answer.channel import MeansForm, code_page
from request_app.desk.case.case_view import Look, look
from request_app.desk.case.step_page import Attempt
from request_app.desk.shell import labels
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.case_form import posted
from request_app.desk.shell.services import parts
from request_app.store import packages as stored
from request_app.store.database import reading
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
        default="",
    )


@blueprint.route("/cases/<reference>/delivery", methods=["GET", "POST"])
@least(Role.HANDLER)
def delivery(reference: str) -> Response:
    seen = look(reference)
    form = DeliveryForm(request.form if posted() else None)
    form.offer(seen)
    if not posted():
        form.begin(seen)
    attempt = _attempt(seen, form)
    if not posted():
        return attempt.show()
    form.validate()
    wanted, _, which = request.form.get("go", "").partition(":")
    if wanted == "withdraw":
        return _withdraw(attempt, form, which)
    if not seen.progress.answered:
        return attempt.show(HTTPStatus.CONFLICT, [NO_ANSWER])
    return _again(attempt, form)


def _again(attempt: Attempt, form: DeliveryForm) -> Response:
    """The same package, with another code or on paper."""
    form.check_means()
    if list(form.faults):
        return attempt.refuse()
    seen = attempt.look
    wanted = form.sending(seen.opened, seen.today)
    reasons = list(dispatch.way_objections(seen.opened, wanted))
    gone: list[dispatch.Gone] = []

    def besides(action: Action) -> Iterable[ProposedStep]:
        if reasons:
            raise RefusedError(reasons)
        gone.append(dispatch.send_again(action, seen.case, wanted))
        return gone[0].acts

    def then() -> Response:
        handed = gone[0].handed
        assert handed is not None  # noqa: S101 - only a code has such a page
        return code_page(seen, handed, wanted)

    shows = wanted.means not in {*dispatch.WHOLE, dispatch.Means.EMAIL}
    return attempt.do(besides=besides, told=AGAIN, then=then if shows else None)


def _withdraw(attempt: Attempt, form: DeliveryForm, which: str) -> Response:
    """End a delivery at once; that it was done stays among the notes."""
    seen = attempt.look
    found = next((each for each in living(seen) if each.delivery.id == which), None)

    def besides(action: Action) -> Iterable[ProposedStep]:
        if found is None or not withdraw(action, seen.case, found.delivery):
            raise RefusedError([NOT_THERE])
        return [ProposedStep(step=Noted(), words={"note": form.why.data})]

    return attempt.do(besides=besides, told=WITHDRAWN)


def living(seen: Look) -> list[Reach]:
    """Deliveries that can still be fetched."""
    ended = {Standing.WITHDRAWN, Standing.HANDED}
    return [
        each
        for each in seen.deliveries
        if each.standing not in ended and each.delivery.key_for_person
    ]


def _attempt(seen: Look, form: DeliveryForm) -> Attempt:
    with reading(parts().engine) as connection:
        package = dispatch.delivered_package(connection, seen.case)
        files = len(stored.files_of(connection, package.id)) if package else 0
    values: dict[str, object] = {
        "rights": labels.RIGHTS,
        "reaches": list(reversed(seen.deliveries)),
        "living": {each.delivery.id for each in living(seen)},
        "standings": labels.REACHED,
        "ways": labels.WAYS,
        "long": DAYS_TO_FETCH,
        "files": files,
        "can_go_again": files and seen.progress.answered and not seen.progress.closed,
    }
    return Attempt(template="delivery", look=seen, form=form, values=values)
