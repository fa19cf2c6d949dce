"""The security headers of every response, and its line in the log."""

from time import monotonic

from flask import Flask, Response, g, request

from request_app.logs import log_event

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR = 365 * 24 * 60 * 60


def set_up(app: Flask) -> None:
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = monotonic()


def _finish(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    started = g.get("started")
    log_event(
        "request",
        endpoint=request.endpoint,
        method=request.method,
        status=response.status_code,
        milliseconds=None if started is None else round((monotonic() - started) * 1000),
    )
    return response
