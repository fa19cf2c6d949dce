"""The page for the named readers of a case and the flags of its person."""

from http import HTTPStatus

from flask import Response, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.intake.manual_entry import name_readers
from request_app.cases.lifecycle import opened_case, protection, record
from request_app.desk.intake.protection_forms import FlagsForm, ReadersForm
from request_app.desk.queue.lookup import address_of, find, find_named, readable
from request_app.desk.shell import access, services, session, transactions
from request_app.desk.shell.case_form import CaseForm
from request_app.desk.shell.page import this_page
from request_app.store import accounts, cases, database, readers
from request_app.store.values import Role

SAVED = N_("It was saved.")


@access.blueprint.get("/cases/<reference>/people")
@access.least(Role.HANDLER)
def people(reference: str) -> Response:
    return _as_it_is(reference, HTTPStatus.OK)


@access.blueprint.post("/cases/<reference>/flags")
@access.least(Role.HANDLER)
def flags(reference: str) -> AnyResponse:
    """Store the flags sealed; the audit trail records only that they changed."""
    case, form = find(reference), FlagsForm(request.form)
    try:
        with transactions.writing() as action:
            _change(action, case, form)
            protection.put_flags(action, case, form.flags())
            action.audit(case, "case.flags")
    except record.ChangedMeanwhileError:
        return _as_it_is(reference)
    return _saved(url_for("desk.people", reference=case.reference))


@access.blueprint.post("/cases/<reference>/readers")
@access.least(Role.HANDLER)
def name(reference: str) -> AnyResponse:
    """Set the named readers; those who remove themselves return to the queue."""
    case = find_named(reference)
    with database.reading(services.current().engine) as connection:
        form = _readers_form(connection, case)
    if not form.validate():
        return _answer(case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transactions.writing() as action:
            _change(action, case, form)
            if form.named != readers.of_case(action.connection, case.id):
                name_readers(action, case, form.named)
    except record.ChangedMeanwhileError:
        return _as_it_is(reference)
    stays = (
        not form.named
        or session.this_account().id in form.named
        or session.may(Role.ADMIN)
    )
    page = url_for("desk.people", reference=case.reference)
    return _saved(page if stays else url_for("desk.start"))


def _change(action: Action, case: cases.Case, form: CaseForm) -> None:
    """Raise the version of a case; refuse if somebody has changed it meanwhile."""
    record.take_steps(action, case.id, (), version=form.version.data or 0)


def _as_it_is(reference: str, status: int = HTTPStatus.CONFLICT) -> Response:
    """The page with the present case; after a conflict nothing was saved."""
    case = find_named(reference)
    with database.reading(services.current().engine) as connection:
        form = _readers_form(connection, case)
        form.readers.data = list(readers.of_case(connection, case.id))
    form.version.data = case.version
    return _answer(case, form, status)


def _readers_form(connection: Connection, case: cases.Case) -> ReadersForm:
    """A form with all staff to choose from and the present readers chosen."""
    named = readers.of_case(connection, case.id)
    form = ReadersForm(request.form)
    form.offer_readers(
        each
        for each in accounts.everyone(connection)
        if each.disabled_at is None or each.id in named
    )
    return form


def _answer(
    case: cases.Case, form: ReadersForm, status: int = HTTPStatus.OK
) -> Response:
    with transactions.writing() as action:
        opens = readable(action.connection, case)
        flags_form = _flags_form(action, case) if opens else None
    return this_page().answer(
        "intake/people",
        status,
        case=case,
        form=form,
        meanwhile=status == HTTPStatus.CONFLICT,
        flags=flags_form,
        address=address_of(case.reference) if opens else None,
    )


def _flags_form(action: Action, case: cases.Case) -> FlagsForm:
    """The present flags; reading them counts as opening the case."""
    return FlagsForm(obj=opened_case.open_case(action, case).flags)


def _saved(address: str) -> AnyResponse:
    session.flash(this_page().gettext(SAVED))
    return redirect(address, HTTPStatus.SEE_OTHER)
