"""The pages for making a request: rights, details, check and receipt."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, abort, g, request

from request_app.cases.intake import spam, submission
from request_app.deadlines import explain, time_limits
from request_app.public import services, submit
from request_app.public.forms import PublicForm
from request_app.public.page import FormPage, this_page
from request_app.store.values import AT_ONCE, Right
from request_app.web import clean, stamps
from request_app.web.request_questions import ALL, SOME, WHAT, answered

MOST_FIELDS = 200
blueprint = Blueprint("form", __name__, url_prefix="/request")


@blueprint.url_value_preprocessor
def _language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Read the language from the URL; URLs of the default language have none."""
    site = services.current().published.edition().content.site
    g.language = (values or {}).pop("language", None)
    others = set(site.languages) - {site.default_language}
    if g.language and g.language not in others:
        g.language = None
        abort(HTTPStatus.NOT_FOUND)


@blueprint.before_request
def _few_fields() -> None:
    """Limit the number of fields; the framework does so for multipart forms only."""
    if len(list(request.form.keys())) > MOST_FIELDS:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@blueprint.get("/")
@blueprint.get("/<string(length=2):language>/")
def start() -> Response:
    """The first page, prefilled from the link in the notice."""
    page = this_page()
    try:
        with submit.keeping():
            services.current().sealing_key()  # nothing is asked that could not be kept
            stamp = stamps.sign(
                stamps.new_stamp(services.now()), secret=services.current().secret()
            )
    except submit.ClosedError as error:
        return later(page.answer("closed", HTTPStatus.SERVICE_UNAVAILABLE), error)
    form = PublicForm(formdata=None, data=_prefilled(page) | {"stamp": stamp})
    form.offer(page.content, page.language, page.gettext)
    return page.answer("what", form=form, faults=[], came_from=form.registers.data)


@blueprint.post("/")
@blueprint.post("/<string(length=2):language>/")
def go_on() -> Response:
    """Show the page that the button asks for, or file the request."""
    page = this_page()
    form = PublicForm(formdata=clean.readable(request.form))
    form.offer(page.content, page.language, page.gettext)
    step = STEPS.get(request.form.get("go", ""), _details)
    return step(page, form)


def _what(page: FormPage, form: PublicForm) -> Response:
    return page.answer("what", form=form, faults=[])


def _details(page: FormPage, form: PublicForm) -> Response:
    """The second page; its missing answers are no faults on first view."""
    tried = PublicForm(formdata=clean.readable(request.form))
    tried.offer(page.content, page.language, page.gettext)
    tried.validate()
    if faults := list(tried.faults(WHAT)):
        unprocessable = HTTPStatus.UNPROCESSABLE_ENTITY
        return page.answer("what", unprocessable, form=tried, faults=faults)
    return page.answer("details", form=form, faults=[])


def _add_item(page: FormPage, form: PublicForm) -> Response:
    if len(form.items) < form.items.max_entries:
        form.items.append_entry()
    return page.answer("details", form=form, faults=[])


def _check(page: FormPage, form: PublicForm) -> Response:
    return _faults(page, form) or _checked(page, form)


def _send(page: FormPage, form: PublicForm) -> Response:
    """File the request and respond with the receipt, which has no URL."""
    faults = _faults(page, form)
    if faults:
        return faults
    try:
        with submit.keeping():
            stamp = stamps.read(form.stamp.data, secret=services.current().secret())
            if stamp is None:
                return _stamped_again(page, form)
            trap = bool(form.website.data)
            signs = submit.signs(request, stamp, trap=trap, now=services.now())
            sent = submit.Sent(form.submission(), stamp, signs)
            receipt = submit.file(services.current(), sent)
    except submit.ClosedError as error:
        closed = HTTPStatus.SERVICE_UNAVAILABLE
        return later(_checked(page, form, closed, trouble="closed"), error)
    except spam.FullError as error:
        many = HTTPStatus.TOO_MANY_REQUESTS
        return later(_checked(page, form, many, trouble="many"), error)
    return _receipt(page, form, receipt)


STEPS: dict[str, Callable[[FormPage, PublicForm], Response]] = {
    "what": _what,
    "details": _details,
    "add": _add_item,
    "check": _check,
    "send": _send,
}


def _faults(page: FormPage, form: PublicForm) -> Response | None:
    """The first page that has faults, with everything typed, or none."""
    form.validate()
    unprocessable = HTTPStatus.UNPROCESSABLE_ENTITY
    if faults := list(form.faults(WHAT)):
        return page.answer("what", unprocessable, form=form, faults=faults)
    if faults := list(form.faults()):
        return page.answer("details", unprocessable, form=form, faults=faults)
    return None


def _checked(
    page: FormPage,
    form: PublicForm,
    status: int = HTTPStatus.OK,
    trouble: str | None = None,
) -> Response:
    written = form.submission().parts
    return page.answer(
        "check",
        status,
        form=form,
        details=list(answered(written["request"], form.words, page.gettext)),
        person=list(answered(written["person"], form.words, page.gettext)),
        trouble=trouble,
    )


def _stamped_again(page: FormPage, form: PublicForm) -> Response:
    """Show the check again with a new stamp after the secret has changed.

    The stamp is backdated, so that sending at once does not count as too fast.
    """
    new = stamps.new_stamp(services.now() - spam.SECONDS_TO_FILL)
    form.stamp.data = stamps.sign(new, secret=services.current().secret())
    return _checked(page, form, HTTPStatus.UNPROCESSABLE_ENTITY, trouble="stamp")


def _receipt(page: FormPage, form: PublicForm, receipt: submission.Receipt) -> Response:
    return page.answer(
        "receipt",
        receipt=receipt,
        working=working(page, receipt, services.current()),
        at_once=bool(AT_ONCE & set(form.asked)),
        mailed=bool(form.submission().email) and not receipt.put_aside,
    )


def working(
    page: FormPage, receipt: submission.Receipt, app_services: services.FormServices
) -> list[str]:
    limits = time_limits(
        receipt.received_at, working_eves=app_services.settings.working_eves
    )
    return explain(limits, gettext=page.gettext, show=page.day)


def _prefilled(page: FormPage) -> dict[str, object]:
    """The right and register that the link names, if the notice has them."""
    right, register = request.args.get("right"), request.args.get("register")
    known = {each.id for each in page.content.registers}
    return {
        "rights": [right] if right in set(Right) else [],
        "scope": SOME if register in known else ALL,
        "registers": [register] if register in known else [],
    }


def later(response: Response, error: submit.ClosedError | spam.FullError) -> Response:
    response.headers["Retry-After"] = str(int(error.wait.total_seconds()) + 1)
    return response
