"""The page on which a person fetches the answer with one or two codes.

Codes are sent in a form’s body, never in a URL; files are downloads, never displayed.
"""

from http import HTTPStatus
from io import BytesIO

from flask import Response, abort, request, send_file
from flask_wtf import FlaskForm
from wtforms import StringField

from generator.languages import N_
from request_app.cases.action import PERSON
from request_app.cases.delivery.answer_package import Named, open_file
from request_app.cases.delivery.fetch import (
    CannotOpenError,
    Fetched,
    WhyNotOpened,
    fetch,
)
from request_app.cases.intake.spam import FullError, try_code
from request_app.formatting import file_size
from request_app.public import services, submit
from request_app.public.form_pages import blueprint, later
from request_app.public.page import FormPage, this_page
from request_app.sealing import AccessCode, CodeMistypedError, read_code
from request_app.store.database import reading, writing
from request_app.web import clean

ASK = "ask"  # the codes once more, with what was typed; it opens nothing
STATUS = {WhyNotOpened.REMOVED: HTTPStatus.GONE}


class Codes(FlaskForm):
    """The form for the codes that open an answer."""

    class Meta:
        csrf = False  # the codes themselves are what another site does not have

    delivery = StringField(
        N_("Delivery code"),
        description=N_("It is in our mail or letter."),
        filters=[clean.line],
        default="",
    )
    access = StringField(
        N_("Access code"),
        description=N_(
            "It is on your receipt. You need it if the delivery code came by e-mail."
        ),
        filters=[clean.line],
        default="",
    )


@blueprint.get("/answer/")
@blueprint.get("/<string(length=2):language>/answer/")
def ask_codes() -> Response:
    return this_page().answer("fetch", form=Codes(formdata=None), fault=None)


@blueprint.post("/answer/")
@blueprint.post("/<string(length=2):language>/answer/")
def open_answer() -> Response:
    """Show the answer that the codes open, or download one of its files."""
    page, form = this_page(), Codes(formdata=request.form)
    if request.form.get("go") == ASK:
        return page.answer("fetch", form=form, fault=None)
    try:
        with submit.keeping():
            found = _fetched(form)
            if "file" in request.form:
                return _file(found, request.form["file"])
            return _answer(page, form, found)
    except CannotOpenError as error:
        status = STATUS.get(error.why, HTTPStatus.UNPROCESSABLE_ENTITY)
        return page.answer("fetch", status, form=form, fault=error.why)
    except submit.ClosedError as error:
        closed = HTTPStatus.SERVICE_UNAVAILABLE
        return later(page.answer("fetch", closed, form=form, fault="closed"), error)
    except FullError as error:
        many = HTTPStatus.TOO_MANY_REQUESTS
        return later(page.answer("fetch", many, form=form, fault="many"), error)


def _fetched(form: Codes) -> Fetched:
    """Open the answer; wrong codes count towards the limit on wrong access codes."""
    try:
        return _opened(form)
    except (CannotOpenError, CodeMistypedError) as error:
        why = error.why if isinstance(error, CannotOpenError) else WhyNotOpened.UNKNOWN
    if why is WhyNotOpened.UNKNOWN:
        address = request.remote_addr or ""
        with writing(services.current().engine) as connection:
            try_code(
                connection,
                address,
                secret=services.current().secret(),
                now=services.now(),
            )
    raise CannotOpenError(why)


def _opened(form: Codes) -> Fetched:
    """Open the answer with the codes in either order, as they look alike."""
    code = read_code(form.delivery.data)
    access = read_code(form.access.data) if form.access.data else None
    try:
        return _open(code, access)
    except CannotOpenError as error:
        if error.why is not WhyNotOpened.UNKNOWN or access is None:
            raise
    return _open(access, code)


def _open(code: AccessCode, access: AccessCode | None) -> Fetched:
    with services.current().writing(PERSON) as action:
        return fetch(action, code, access)


def _answer(page: FormPage, form: Codes, found: Fetched) -> Response:
    files = [
        (file, file_size(file.size, language=page.language)) for file in found.files
    ]
    return page.answer("answer", form=form, found=found, files=files)


def _file(found: Fetched, file_id: str) -> Response:
    """One file as a download that browsers neither display nor cache."""
    for file in found.files:
        if file.id == file_id:
            return _saved(file, found)
    return abort(HTTPStatus.NOT_FOUND)


def _saved(file: Named, found: Fetched) -> Response:
    with reading(services.current().engine) as connection:
        content = open_file(connection, file, found.ring)
    response = send_file(
        BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=file.name,
        etag=False,
        conditional=False,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
