"""The page for linking cases, such as those of one person (EDPB 01/2022 ¶187)."""

from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.languages import N_
from request_app.cases.action import Action
from request_app.desk.queue.lookup import address_of, find, known
from request_app.desk.shell import access, labels, services, session, transactions
from request_app.desk.shell.forms import Filled
from request_app.desk.shell.page import this_page
from request_app.store import cases, database, links as rows
from request_app.store.values import Role
from request_app.web.fields import Line

LINKED = N_("The requests are linked.")
UNLINKED = N_("The requests are no longer linked.")
ITSELF = N_("This is the same request.")
NONE_SUCH = N_(
    "There is no such request. Check the reference: two groups of four characters."
)


class LinkForm(Filled):
    other = Line(N_("Reference of the other request"))


@access.blueprint.route("/cases/<reference>/links", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def links(reference: str) -> AnyResponse:
    """Link with another case that the signed-in account may know of."""
    case, form = find(reference), LinkForm(request.form)
    if request.method == "GET":
        return _answer(case, form)
    with transactions.writing() as action:
        other = known(action.connection, form.other.data)
        fault = _fault(case, other)
        if other and not fault:
            _link(action, case, other)
    if fault:
        form.refuse("other", fault)
        return _answer(case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _changed(case, LINKED)


@access.blueprint.post("/cases/<reference>/links/<other>/remove")
@access.least(Role.HANDLER)
def unlink(reference: str, other: str) -> AnyResponse:
    case, linked = find(reference), find(other)
    with transactions.writing() as action:
        connection = action.connection
        if linked.id in {each.id for each in rows.of_case(connection, case.id)}:
            rows.remove(connection, case.id, linked.id)
            action.audit(case, "case.unlinked", {"other": linked.reference})
    return _changed(case, UNLINKED)


def _link(action: Action, case: cases.Case, other: cases.Case) -> None:
    if rows.add(action.connection, case.id, other.id, now=action.at):
        action.audit(case, "case.linked", {"other": other.reference})


def _fault(case: cases.Case, other: cases.Case | None) -> str | None:
    if other is None:
        return NONE_SUCH
    return ITSELF if other.id == case.id else None


def _answer(case: cases.Case, form: LinkForm, status: int = HTTPStatus.OK) -> Response:
    with database.reading(services.current().engine) as connection:
        linked = [
            each
            for each in rows.of_case(connection, case.id)
            if known(connection, each.reference)
        ]
    return this_page().answer(
        "intake/links",
        status,
        case=case,
        form=form,
        linked=linked,
        address_of=address_of,
        states=labels.STATES,
    )


def _changed(case: cases.Case, message: str) -> AnyResponse:
    session.flash(this_page().gettext(message))
    address = url_for("desk.links", reference=case.reference)
    return redirect(address, HTTPStatus.SEE_OTHER)
