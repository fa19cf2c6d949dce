"""Redirects to pages of the desk, never to another site."""

from http import HTTPStatus

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from request_app.desk.shell import access


def go(address: str) -> AnyResponse:
    """Redirect to a page of the desk; to the first one if none is given."""
    return redirect(
        access.local(address) or url_for("desk.start"), HTTPStatus.SEE_OTHER
    )
