"""Making the desk’s Flask app: one guard for all pages, uploads kept in memory."""

from collections.abc import Iterator
from http import HTTPStatus

from flask import Flask, Response, request
from flask_wtf import CSRFProtect

from request_app.auth.throttle import TooEarlyError
from request_app.cases.records.deletion import check
from request_app.desk.account import absence_page, account_page, sign_in_pages
from request_app.desk.answer import answer_page, delivery_page
from request_app.desk.case import (
    assignment_pages,
    case_page,
    closing_pages,
    file_page,
    legal_hold_page,
    note_page,
    rights_page,
)
from request_app.desk.deadline import extension_pages
from request_app.desk.decision import decision_page, restriction_page
from request_app.desk.identity import question_pages, verification_pages
from request_app.desk.intake import case_access_page, entry_page, linked_cases_page
from request_app.desk.queue import queue_page, report_page
from request_app.desk.recipients import recipient_letter_page, recipients_page
from request_app.desk.search import search_page
from request_app.desk.shell import services, static_files
from request_app.desk.shell.access import blueprint, guard, outside
from request_app.desk.shell.page import this_page
from request_app.desk.shell.session import Sessions
from request_app.health import findings, readiness
from request_app.logs import log_error
from request_app.published import Published
from request_app.sealing import SealingError, keyfiles
from request_app.settings import Settings
from request_app.store.database import StoreUnavailableError, open_database
from request_app.web import errors, headers, memory, ready

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_BYTES_OF_TEXT = 2 * MEGABYTE


def make_desk(settings: Settings, *, trial: bool = False) -> Flask:
    """Make the desk; fail without its secret or with wrong periods in the notice."""
    app = Flask("request_app", static_folder=None, template_folder=None)
    app.request_class = memory.InMemoryRequest
    secret = keyfiles.read_desk_secret(settings.desk_keys)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES_OF_TEXT,
        TRUSTED_HOSTS=list(settings.desk_hosts),
        SECRET_KEY=secret,
        WTF_CSRF_TIME_LIMIT=None,  # it holds as long as the session
        WTF_CSRF_SSL_STRICT=False,  # the guard looks at the origin itself
    )
    published = Published(settings.content)
    check(published)
    app.extensions[services.NAME] = services.DeskServices(
        settings, published, open_database(settings.database_url), secret, trial
    )
    app.session_interface = Sessions()
    headers.set_up(app)
    app.before_request(guard)
    CSRFProtect(app)  # after the guard: who may not come in is told so first
    errors.set_up(app, _error_page)
    _set_up_troubles(app)
    app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "healthz", _healthz)
    app.add_url_rule(ready.READY, "readyz", outside(ready.view(_readiness)))
    return app


def _set_up_troubles(app: Flask) -> None:
    """Answer outages and too early tries with 503 and 429 instead of 500."""

    def away(error: Exception) -> Response:
        log_error("desk-away", error)
        return _error_page(HTTPStatus.SERVICE_UNAVAILABLE, None)

    def too_early(error: TooEarlyError) -> Response:
        response = _error_page(HTTPStatus.TOO_MANY_REQUESTS, None)
        response.headers["Retry-After"] = str(int(error.wait.total_seconds()) + 1)
        return response

    for kind in (StoreUnavailableError, SealingError):
        app.register_error_handler(kind, away)
    app.register_error_handler(TooEarlyError, too_early)


def _error_page(status: int, error_id: str | None) -> Response:
    known = HTTPStatus(status)
    posted = request.method == "POST"
    return this_page().answer(
        "shell/error", known, status=known, error_id=error_id, posted=posted
    )


def _readiness() -> Iterator[findings.Finding]:
    app_services = services.current()
    return readiness.desk(
        app_services.settings, app_services.engine, app_services.published
    )


@outside
def _healthz() -> Response:
    return Response("ok", mimetype="text/plain")
