"""Access control of the desk; a page that declares no access is closed to everyone.

@blueprint.get("/cases/")
@least(Role.VIEWER)
def queue() -> Response: …
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from request_app.desk.shell import services, session
from request_app.store import audit, database
from request_app.store.values import Role

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

View = TypeVar("View", bound=Callable[..., object])
LOCAL = re.compile(r"/desk/[^\\\s\x00-\x1f\x7f]*")
SAFE = ("GET", "HEAD", "OPTIONS")
SAME_SITE = ("same-origin", "none")  # `none`: typed, or from a bookmark
MOST_FIELDS = 500
MOST_BYTES_OF_STRANGERS = 64 * 1024


class Access(NamedTuple):
    """What a page requires of its visitors."""

    role: Role | None = None
    proved: bool = False  # the password was given within ten minutes
    asks: bool = True  # who it is at all


def outside(view: View) -> View:
    """Open a page without a session: style sheets, health checks."""
    return _marked(view, Access(asks=False))


def anyone(view: View) -> View:
    """Open a page of the sign-in, before or after the password."""
    return _marked(view, Access())


def least(role: Role, *, proved: bool = False) -> Callable[[View], View]:
    """Require this role or a higher one; `proved` also requires a recent password."""

    def mark(view: View) -> View:
        return _marked(view, Access(role, proved=proved))

    return mark


def access_of(endpoint: str | None) -> Access | None:
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "access", None)


def guard() -> Response | None:
    """Check access before every page; this is the only place that does."""
    _refuse_other_sites()
    access = access_of(request.endpoint)
    if access and not access.asks:
        return None
    visit = session.find_visit()
    if visit is None or not visit.is_signed_in:
        request.max_content_length = MOST_BYTES_OF_STRANGERS
    if request.endpoint is None:
        return None  # there is no such page, or not with this method
    if access is None:
        abort(HTTPStatus.FORBIDDEN)
    _few_fields()
    if access.role is None:
        return None
    if visit is None or not visit.is_signed_in:
        return redirect(_sign_in(), HTTPStatus.SEE_OTHER)
    if not session.may(access.role):
        _refuse()
    if access.proved and not visit.is_proved(services.now()):
        address = url_for("desk.prove", next=_page_of_request())
        return redirect(address, HTTPStatus.SEE_OTHER)
    return None


def local(address: str | None) -> str:
    """The address if it is a page of the desk, else an empty text."""
    if address and LOCAL.fullmatch(address):
        return address
    return ""


def _marked(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def _sign_in() -> str:
    return url_for("desk.sign_in", next=local(_page_of_request()) or None)


def _page_of_request() -> str:
    """The requested page, or the page whose form was posted."""
    if request.method in SAFE:
        return request.full_path.removesuffix("?")
    return local(urlsplit(request.referrer or "").path)


def _refuse_other_sites() -> None:
    """Accept forms only from our own pages (OWASP ASVS 5.0, 3.5.1)."""
    if request.method in SAFE:
        return
    own = {_origin(request.host_url), _origin(services.current().settings.desk_url)}
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if (origin is not None and origin not in own) or site not in SAME_SITE:
        abort(HTTPStatus.FORBIDDEN)


def _origin(address: str) -> str:
    split = urlsplit(address)
    return f"{split.scheme}://{split.netloc}"


def _refuse() -> None:
    with database.writing(services.current().engine) as connection:
        facts = {"page": str(request.endpoint)}
        audit.append(
            connection,
            at=services.now(),
            actor=session.actor(),
            action="access.refused",
            facts=facts,
        )
    abort(HTTPStatus.FORBIDDEN)


def _few_fields() -> None:
    """Limit the number of fields; the framework does so for multipart forms only."""
    if request.method not in SAFE and len(list(request.form)) > MOST_FIELDS:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
