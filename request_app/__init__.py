"""Data protection requests: made with a public form, answered by the desk."""

import os
from collections.abc import Iterator, Mapping
from functools import partial
from http import HTTPStatus

import click
from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from request_app import commands, logs, settings
from request_app.desk.app import make_desk
from request_app.health import readiness, start
from request_app.health.findings import Finding
from request_app.public import (
    fetch_page,
    form_pages,
    identity_page,
    static_files,
    status_page,
)
from request_app.public.forms import most_bytes
from request_app.public.page import this_page
from request_app.public.services import NAME, FormServices
from request_app.published import Published
from request_app.store.database import open_database
from request_app.web import errors, headers, ready
from request_app.web.memory import InMemoryRequest

# Modules that add their pages to the blueprint.
FORM = (form_pages, status_page, fetch_page, identity_page, static_files)


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """Make the public form; `flask --app request_app` has the commands as well."""
    logs.set_up()
    chosen = settings.read(os.environ if environ is None else environ)
    app = Flask(__name__, static_folder=None, template_folder=None)
    with app.app_context():
        most = most_bytes()
    app.request_class = InMemoryRequest
    app.config.update(
        MAX_CONTENT_LENGTH=most,
        MAX_FORM_MEMORY_SIZE=most,
        TRUSTED_HOSTS=list(chosen.hosts),
    )
    app_services = FormServices(
        chosen, Published(chosen.content), open_database(chosen.database_url)
    )
    if not _is_command():
        start.form(chosen, app_services.published, app_services.engine)
    app.extensions[NAME] = app_services
    headers.set_up(app)
    errors.set_up(app, _error_page)
    app.register_blueprint(form_pages.blueprint)
    app.add_url_rule("/healthz", "healthz", _healthz)
    app.add_url_rule(
        ready.READY, "readyz", ready.view(partial(_readiness, app_services))
    )
    commands.add_to(app)
    return _behind_proxies(app, chosen)


def create_desk(environ: Mapping[str, str] | None = None) -> Flask:
    """Make the desk, where staff sign in: another program, run as another user."""
    logs.set_up()
    chosen = settings.read(os.environ if environ is None else environ)
    app = make_desk(chosen)
    start.desk(chosen, app.extensions[NAME].engine)
    return _behind_proxies(app, chosen)


def _is_command() -> bool:
    """Whether an operator's command is running, which reports errors itself."""
    return click.get_current_context(silent=True) is not None


def _readiness(app_services: FormServices) -> Iterator[Finding]:
    return readiness.form(
        app_services.settings, app_services.engine, app_services.published
    )


def _behind_proxies(app: Flask, chosen: settings.Settings) -> Flask:
    if chosen.proxies:
        count = chosen.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=0
        )
    return app


def _error_page(status: int, error_id: str | None) -> Response:
    known = HTTPStatus(status)
    posted = request.method == "POST"
    return this_page().answer(
        "error", known, status=known, error_id=error_id, posted=posted
    )


def _healthz() -> Response:
    return Response("ok", mimetype="text/plain")
