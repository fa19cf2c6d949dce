"""The queue: what is open, the request due first at the top."""

from flask import Response

from request_app.staff.access import blueprint, least
from request_app.staff.page import this_page
from request_app.store.values import Role


@blueprint.get("/")
@least(Role.VIEWER)
def start() -> Response:
    return this_page().answer("queue")
