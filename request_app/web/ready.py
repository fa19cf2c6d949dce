"""The readiness check for monitoring on this machine."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from ipaddress import ip_address

from flask import Response, abort, jsonify, request

from request_app.health.findings import Finding, Level

READY = "/readyz"


def view(
    examine: Callable[[], Iterable[Finding]],
) -> Callable[[], tuple[Response, int]]:
    """Make a view with the level of each check; `doctor` gives the details."""

    def readyz() -> tuple[Response, int]:
        if not _is_local():
            abort(HTTPStatus.NOT_FOUND)
        worst: dict[str, Level] = {}
        for finding in examine():
            worst[finding.about] = max(
                finding.level, worst.get(finding.about, Level.GOOD)
            )
        ready = Level.FAULT not in worst.values()
        levels = {about: level.name.lower() for about, level in worst.items()}
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return jsonify(ready=ready, checks=levels), status

    return readyz


def _is_local() -> bool:
    """Whether the request is from this machine and not through a proxy."""
    if "X-Forwarded-For" in request.headers:
        return False
    address = request.remote_addr
    return not address or ip_address(address).is_loopback  # none: a unix socket
