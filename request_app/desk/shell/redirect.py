"""Redirects within the desk, never to another site."""

from http import HTTPStatus

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from request_app.desk.shell import access


def go(address: str) -> AnyResponse:
    """Redirect to a page of the desk, or to the start page for any other address."""
    return redirect(
        access.local(address) or url_for("desk.start"), HTTPStatus.SEE_OTHER
    )
