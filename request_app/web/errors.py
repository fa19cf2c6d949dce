"""Error pages, with an id that identifies the line in the log."""

import secrets
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from generator.content.problems import ContentError
from request_app.logs import log_error

ErrorPage = Callable[[int, str | None], Response]
LAST_RESORT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Something went wrong</title>
<h1>Something went wrong</h1>
<p>Try again later.</p>
<p>Error: {error_id}</p>
"""
# Without the notice, no language and no organisation are known for a page.
CLOSED = """<!doctype html>
<html lang="fi">
<meta charset="utf-8">
<title>Palvelu ei ole nyt käytössä</title>
<h1>Palvelu ei ole nyt käytössä</h1>
<p>Yritä myöhemmin uudelleen.</p>
<p lang="en">The service is not in use right now. Try again later.</p>
"""
FIVE_MINUTES = "300"  # seconds: somebody has to correct a file


def set_up(app: Flask, page: ErrorPage) -> None:
    """Respond to errors with `page`, or with a minimal page if that fails."""

    def known(error: HTTPException) -> ResponseReturnValue:
        code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if code < HTTPStatus.BAD_REQUEST:
            return error  # a redirect
        answer = _safely(page, code, None)
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                answer.headers[name] = value
        return answer

    def unknown(error: Exception) -> Response:
        error_id = secrets.token_hex(4)
        log_error("error", error, error_id=error_id)
        return _safely(page, HTTPStatus.INTERNAL_SERVER_ERROR, error_id)

    def closed(error: ContentError) -> Response:
        log_error("notice-unreadable", error)
        response = Response(CLOSED, HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = FIVE_MINUTES
        return response

    app.register_error_handler(ContentError, closed)
    app.register_error_handler(HTTPException, known)
    app.register_error_handler(Exception, unknown)


def _safely(page: ErrorPage, status: int, error_id: str | None) -> Response:
    try:
        return page(status, error_id)
    except Exception as error:  # noqa: BLE001 - an answer must always be sent
        log_error("error-page", error, error_id=error_id)
        text = LAST_RESORT.format(error_id=error_id or status)
        return Response(text, status, mimetype="text/html")
