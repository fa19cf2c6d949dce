"""The one-time link of a trial, which signs an account in without a password.

Its page is added to the app of a trial only; a production desk has no such address.
"""

import secrets
from datetime import datetime
from hmac import compare_digest
from http import HTTPStatus
from threading import Lock

from flask import Flask, abort, current_app, request
from sqlalchemy import Engine
from werkzeug.wrappers import Response

from request_app.auth import account_admin, visits
from request_app.desk.shell import access, redirect, session
from request_app.desk.shell.page import ROOT
from request_app.desk.shell.services import current, now
from request_app.desk.shell.user_agents import browser_of
from request_app.store import accounts, audit, database
from request_app.store.values import Role

NAME = "trial"
LINK = "trial-link"


class Link:
    """A link that opens once."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(24)
        self._is_unused = True
        self._lock = Lock()

    @property
    def path(self) -> str:
        return f"{ROOT}trial/{self.token}"

    def use(self, token: str) -> bool:
        with self._lock:
            opens = self._is_unused and compare_digest(token, self.token)
            if opens:
                self._is_unused = False
        return opens


def add_link(app: Flask) -> Link:
    """Add the page of the link to the desk of a trial."""
    link = app.extensions[LINK] = Link()
    app.add_url_rule(f"{ROOT}trial/<token>", "trial", _sign_in)
    return link


@access.anyone
def _sign_in(token: str) -> Response:
    if session.this_session().visit:
        return redirect.go(ROOT)  # the link was opened again
    if not current_app.extensions[LINK].use(token):
        abort(HTTPStatus.NOT_FOUND)
    browser = browser_of(request.user_agent.string)
    with database.writing(current().engine) as connection:
        account = accounts.by_name(connection, NAME) or abort(HTTPStatus.NOT_FOUND)
        begun = visits.begin(connection, account, browser=browser, now=now(), notes={})
        begun = visits.renew(connection, begun.visit, now=now(), notes={})
        actor = account_admin.actor_of(account)
        audit.append(connection, at=now(), actor=actor, action="staff.trial-signed-in")
    session.this_session().start(begun)
    return redirect.go(ROOT)


def make_account(engine: Engine, language: str, *, now: datetime) -> None:
    """Create the trial’s account if missing: an administrator without a password."""
    with database.writing(engine) as connection:
        if accounts.by_name(connection, NAME) is None:
            account = accounts.Account(
                id=secrets.token_hex(16),
                name=NAME,
                role=Role.ADMIN,
                language=language,
                created_at=now,
            )
            accounts.add(connection, account)
            actor = "command:serve"
            audit.append(connection, at=now, actor=actor, action="staff.trial-added")
