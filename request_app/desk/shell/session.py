"""Sessions behind Flask’s interface: the cookie holds only a token.

Visitors who are not signed in have a token too, which is not stored: the CSRF token of
forms derives from it. So viewing a page writes nothing to the database, and a form left
open can still be sent.
"""

import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Request, Response, abort, g
from flask.globals import request_ctx
from flask.sessions import SessionInterface, SessionMixin

from request_app.auth import account_admin, visits
from request_app.desk.shell import services
from request_app.logs import log_error
from request_app.store import accounts, database, sessions as rows
from request_app.store.values import Role

COOKIE, TRIAL_COOKIE = "__Host-seloste", "seloste"  # the former wants https
FORM_TOKEN = "csrf_token"  # noqa: S105 - the name that Flask-WTF gives it
SELDOM = timedelta(minutes=1)  # not every look writes that it was one
UNAUTHORIZED = 401


class DeskSession(dict[str, Any], SessionMixin):
    """The notes of a session; the guard finds the account that it belongs to."""

    def __init__(self, token: str, secret: bytes) -> None:
        super().__init__()
        self.is_kept = False  # whether the cookie is to be sent
        self.is_over = False
        self.visit: visits.Visit | None = None
        self._secret = secret
        self._take(token)

    def start(self, begun: visits.NewVisit) -> None:
        """Start over with a new token; the former one is no longer valid."""
        self.clear()
        self._take(begun.token)
        self.belong_to(begun.visit)
        self.is_kept = True
        g.pop(FORM_TOKEN, None)

    def belong_to(self, visit: visits.Visit) -> None:
        self.visit = visit
        self.update(visit.session.notes)

    def end(self) -> None:
        self.clear()
        self.visit, self.is_over = None, True

    @property
    def notes(self) -> Mapping[str, str]:
        return {name: text for name, text in self.items() if name != FORM_TOKEN}

    def _take(self, token: str) -> None:
        self.token = token
        self[FORM_TOKEN] = hmac.digest(self._secret, token.encode(), "sha256").hex()


class Sessions(SessionInterface):
    """Flask’s session interface; it does not query the database, the guard does."""

    def open_session(self, app: Flask, request: Request) -> DeskSession:
        del app
        token = request.cookies.get(cookie_name())
        return DeskSession(token or visits.new_token(), services.current().secret)

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        del app
        held = cast("DeskSession", session)
        if held.is_over or held.is_kept:
            response.set_cookie(
                cookie_name(),
                "" if held.is_over else held.token,
                max_age=0 if held.is_over else None,
                path="/",
                secure=not services.current().trial,
                httponly=True,
                samesite="Strict",
            )
        if held.visit and held.notes != held.visit.session.notes:
            _keep_notes(held.visit, held.notes)


def cookie_name() -> str:
    return TRIAL_COOKIE if services.current().trial else COOKIE


def this_session() -> DeskSession:
    return cast("DeskSession", request_ctx.session)


def find_visit() -> visits.Visit | None:
    """Find the visit that this session belongs to, and record its use."""
    held = this_session()
    with database.reading(services.current().engine) as connection:
        visit = visits.find(connection, held.token, now=services.now())
    if visit:
        held.belong_to(visit)
        _touch(visit)
    return visit


def this_visit() -> visits.Visit:
    """The visit, on a page that requires sign-in."""
    return this_session().visit or abort(UNAUTHORIZED)


def this_account() -> accounts.Account:
    return this_visit().account


def actor() -> str:
    """The signed-in account as the audit trail names it."""
    return account_admin.actor_of(this_account())


def may(role: Role) -> bool:
    """Whether the signed-in account has this role or a higher one."""
    visit = this_session().visit
    if visit is None or not visit.is_signed_in:
        return False
    ranks = list(Role)
    return ranks.index(visit.account.role) >= ranks.index(role)


def flash(text: str) -> None:
    """A sentence for the next page, such as that something was saved. No names."""
    this_session()["told"] = text


def flashed() -> str | None:
    text = this_session().pop("told", None)
    return None if text is None else str(text)


def _touch(visit: visits.Visit) -> None:
    """Record the use of a session; a full database must not keep staff from reading."""
    if services.now() - visit.session.seen_at < SELDOM:
        return
    try:
        with database.writing(services.current().engine) as connection:
            rows.touch(connection, visit.session.id, now=services.now())
    except database.StoreError as error:
        log_error("session-not-kept", error)


def _keep_notes(visit: visits.Visit, notes: Mapping[str, str]) -> None:
    try:
        with database.writing(services.current().engine) as connection:
            rows.set_notes(connection, visit.session.id, notes)
    except database.StoreError as error:
        log_error("session-not-kept", error)
