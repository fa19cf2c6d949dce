"""Running site, form and desk on this machine without settings, for a trial only."""

import logging
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from werkzeug.security import safe_join
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from request_app.cases.records.deletion import check
from request_app.commands.failure import exit_on_failure, fail
from request_app.commands.init import RECOVERY_OF_TRIAL, set_up
from request_app.commands.work import loop, worker_of
from request_app.desk.account.trial_sign_in import add_link, make_account
from request_app.desk.app import make_desk
from request_app.desk.shell.page import ROOT as DESK_ROOT
from request_app.logs import LOGGER
from request_app.public import services
from request_app.public.page import ROOT

HOST = "127.0.0.1"
SECONDS_BETWEEN = 2.0
SITE = Path("var/site")  # a copy whose buttons lead to this form


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Log nothing: the form has its own log, and the site needs none."""


@click.command()
@click.option("--port", default=8000, show_default=True)
@with_appcontext
def serve(port: int) -> None:
    """Show site, form and desk on this machine, mails on the console. For a trial."""
    with exit_on_failure():
        set_up(services.current(), RECOVERY_OF_TRIAL)
        check(services.current().published)
        worker = worker_of(services.current())
    _build_site()
    LOGGER.setLevel(logging.ERROR)  # the console shows only mails and errors
    form: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001
    desk = make_desk(services.current().settings, trial=True)
    language = services.current().published.edition().content.site.default_language
    make_account(services.current().engine, language, now=services.now())
    link = add_link(desk)
    server = _server(_route(form.wsgi_app, desk.wsgi_app), port)
    stop = Event()
    sending = Thread(
        target=loop, args=(worker, stop), kwargs={"seconds": SECONDS_BETWEEN}
    )
    sending.start()
    click.echo(f"The site:  http://{HOST}:{server.port}/")
    click.echo(f"The form:  http://{HOST}:{server.port}{ROOT}")
    click.echo(f"The desk:  http://{HOST}:{server.port}{link.path}")
    click.echo("           (signs in once; restart for another link)")
    click.echo("For a trial on this machine. Mails are shown here. Stop with Ctrl+C.")
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    stop.set()
    sending.join()
    click.echo("Stopped.")


def _server(application: WSGIApplication, port: int) -> BaseWSGIServer:
    try:
        return make_server(
            HOST, port, application, threaded=True, request_handler=_Quiet
        )
    except (OSError, SystemExit):
        fail(f"Port {port} is in use. Choose another: --port {port + 1}")


def _build_site() -> None:
    root = services.current().settings.content
    command = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    command += ["--output", str(SITE), "--request-form", ROOT]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own program
        fail("The site was not built, so nothing is shown.")


def _route(form: WSGIApplication, desk: WSGIApplication) -> WSGIApplication:
    """Route requests to form and desk by their paths, all others to the site."""

    def answer(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(ROOT):
            return form(environ, start_response)
        if environ["PATH_INFO"].startswith(DESK_ROOT):
            return desk(environ, start_response)
        return _page(Request(environ))(environ, start_response)

    return answer


def _page(request: Request) -> Response:
    site = SITE.absolute()
    found = Path(safe_join(str(site), request.path.lstrip("/")) or site / "404.html")
    if found.is_dir():
        found /= "index.html"
    if not found.is_file():
        found = site / "404.html"
    response = send_file(found, request.environ)
    if found.name == "404.html":
        response.status_code = HTTPStatus.NOT_FOUND
    return response
