"""Whether the program can work, for who watches it on this machine."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from ipaddress import ip_address

from flask import Response, abort, jsonify, request

from request_app.health.findings import Finding, Level

READY = "/readyz"


def view(
    examine: Callable[[], Iterable[Finding]],
) -> Callable[[], tuple[Response, int]]:
    """Tell what is good and what is not, and no more; sentences are for `doctor`."""

    def readyz() -> tuple[Response, int]:
        if not _asked_here():
            abort(HTTPStatus.NOT_FOUND)
        worst: dict[str, Level] = {}
        for finding in examine():
            worst[finding.about] = max(
                finding.level, worst.get(finding.about, Level.GOOD)
            )
        ready = Level.FAULT not in worst.values()
        told = {about: level.name.lower() for about, level in worst.items()}
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return jsonify(ready=ready, checks=told), status

    return readyz


def _asked_here() -> bool:
    """From this machine and not through a proxy; a unix socket has no address."""
    if "X-Forwarded-For" in request.headers:
        return False
    address = request.remote_addr
    return not address or ip_address(address).is_loopback
