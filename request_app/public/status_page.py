"""The page that an access code opens: status, messages and cancelling."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from flask import Response, request
from sqlalchemy import Connection

from request_app.cases.action import PERSON
from request_app.cases.delivery.fetch import openable
from request_app.cases.intake.spam import FullError, try_reply
from request_app.cases.messages import conversation
from request_app.cases.records.deletion import kept_until
from request_app.deadlines import explain, local_day, time_limits
from request_app.public import services, submit
from request_app.public.form_pages import blueprint, later
from request_app.public.forms import AccessCodeForm
from request_app.public.page import FormPage, this_page
from request_app.sealing import read_code
from request_app.store import database, deliveries
from request_app.store.cases import Case
from request_app.store.values import Sender, State
from request_app.web import stamps

CODE_AGAIN = "code"  # in another language, with what was typed; it opens nothing


@blueprint.get("/status/")
@blueprint.get("/<string(length=2):language>/status/")
def ask_code() -> Response:
    return this_page().answer("code", form=AccessCodeForm(formdata=None), fault=None)


@blueprint.post("/status/")
@blueprint.post("/<string(length=2):language>/status/")
def show() -> Response:
    """Do what the button asks in the case that the code opens."""
    page, form = this_page(), AccessCodeForm(formdata=request.form)
    go = request.form.get("go", "")
    if go == CODE_AGAIN:
        return page.answer("code", form=form, fault=None)
    try:
        with submit.keeping():
            address = request.remote_addr or ""
            case = submit.case_of(
                services.current(), form.code.data, address, now=services.now()
            )
            if case is None:
                return _not_found(page, form)
            act = ACTS.get(go, _look)
            return act(page, form, case)
    except submit.ClosedError as error:
        closed = HTTPStatus.SERVICE_UNAVAILABLE
        return later(page.answer("code", closed, form=form, fault="closed"), error)
    except FullError as error:
        many = HTTPStatus.TOO_MANY_REQUESTS
        return later(page.answer("code", many, form=form, fault="many"), error)


@blueprint.route("/confirm/<string(length=32):mail_id>/", methods=["GET", "POST"])
@blueprint.route(
    "/<string(length=2):language>/confirm/<string(length=32):mail_id>/",
    methods=["GET", "POST"],
)
def confirm(mail_id: str) -> Response:
    """Confirm that the acknowledgement arrived; only the button has an effect."""
    page = this_page()
    if request.method == "GET":
        return page.answer("confirm", done=False, reference=None)
    try:
        with submit.keeping(), services.current().writing(PERSON) as action:
            reference = conversation.confirm(action, mail_id)
    except submit.ClosedError as error:
        return later(page.answer("closed", HTTPStatus.SERVICE_UNAVAILABLE), error)
    status = HTTPStatus.OK if reference else HTTPStatus.NOT_FOUND
    return page.answer("confirm", status, done=True, reference=reference)


def _look(page: FormPage, form: AccessCodeForm, case: Case) -> Response:
    return _status(page, form, case)


def _reply(page: FormPage, form: AccessCodeForm, case: Case) -> Response:
    """Store a message to the desk, sealed so that the form cannot read it again."""
    if not form.validate():
        return _status(page, form, case, HTTPStatus.UNPROCESSABLE_ENTITY)
    secret = services.current().secret()
    stamp = stamps.read(form.stamp.data, secret=secret) or stamps.new_stamp(
        services.now()
    )
    address = request.remote_addr or ""
    try:
        with services.current().writing(PERSON) as action:
            connection, text = action.connection, form.message.data
            try_reply(connection, case.id, address, secret=secret, now=action.at)
            conversation.write_to_desk(action, case, text, nonce=stamp.nonce)
    except FullError as error:
        many = HTTPStatus.TOO_MANY_REQUESTS
        return later(_status(page, form, case, many, outcome="many"), error)
    form.message.data = ""
    return _status(page, form, case, outcome="sent")


def _ask_cancel(page: FormPage, form: AccessCodeForm, case: Case) -> Response:
    if case.state == State.CLOSED:
        return _status(page, form, case)
    return page.answer("cancel", form=form, case=case)


def _cancel(page: FormPage, form: AccessCodeForm, case: Case) -> Response:
    with services.current().writing(PERSON) as action:
        is_new = conversation.cancel(action, case)
    return _status(page, form, case, outcome="cancelled" if is_new else None)


ACTS: dict[str, Callable[[FormPage, AccessCodeForm, Case], Response]] = {
    "reply": _reply,
    "ask-cancel": _ask_cancel,
    "cancel": _cancel,
}


def _status(
    page: FormPage,
    form: AccessCodeForm,
    case: Case,
    status: int = HTTPStatus.OK,
    outcome: str | None = None,
) -> Response:
    code = read_code(form.code.data)
    with database.reading(services.current().engine) as connection:
        letters = conversation.read_as_person(connection, case, code)
        newest = submit.again(connection, case)
        answer = openable(connection, case)
        until = _until(connection, newest, answer)
    stamp = stamps.new_stamp(services.now())
    form.stamp.data = stamps.sign(stamp, secret=services.current().secret())
    return page.answer(
        "status",
        status,
        form=form,
        case=newest,
        letters=letters,
        replied=bool(letters) and letters[-1].sender is Sender.PERSON,
        answer=answer,
        until=until,
        outcome=outcome,
        working=_working(page, case),
    )


def _until(
    connection: Connection, case: Case, answer: deliveries.Delivery | None
) -> date | None:
    """The day until which a fetched answer is kept, if it is known."""
    if answer is None or answer.fetched_at is None:
        return None
    fetched_on = local_day(answer.fetched_at)
    until = kept_until(connection, case, fetched_on, services.current().published)
    return until if until and until >= local_day(services.now()) else None


def _working(page: FormPage, case: Case) -> list[str]:
    """How the deadline was calculated, if today’s rules give the same day."""
    eves = services.current().settings.working_eves
    limits = time_limits(case.received_at, working_eves=eves)
    if limits.due != case.last_day:
        return []
    return explain(limits, gettext=page.gettext, show=page.day)


def _not_found(page: FormPage, form: AccessCodeForm) -> Response:
    unprocessable = HTTPStatus.UNPROCESSABLE_ENTITY
    return page.answer("code", unprocessable, form=form, fault="wrong")
