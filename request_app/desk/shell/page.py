"""Rendering a page of the desk in the language of the signed-in account."""

from typing import Any

from flask import request, url_for
from flask_wtf.csrf import generate_csrf

from generator.theme import logo_path
from request_app.desk.shell import services, session
from request_app.store.values import Role
from request_app.web.page import Page

ROOT = "/desk/"


class DeskPage(Page):
    """A page of the desk, which knows who is signed in."""

    folder = "desk"

    def context(self) -> dict[str, Any]:
        content, visit = self.content, session.this_session().visit
        signed_in = visit is not None and visit.is_signed_in
        return super().context() | {
            "account": visit.account if visit and signed_in else None,
            "may": session.may,
            "Role": Role,
            "trial": services.current().trial,
            "flashed": session.flashed() if signed_in else None,
            "here": request.path,
            "link": url_for,
            "root": ROOT,
            "logo": ROOT + logo_path(content) if content.site.theme.logo else None,
            "csrf_token": form_token,
        }


def this_page() -> DeskPage:
    """A page in the account’s language; before sign-in, in that of the URL."""
    content = services.current().published.edition().content
    visit = session.this_session().visit
    language = visit.account.language if visit else request.args.get("language")
    if language not in content.site.languages:
        language = content.site.default_language
    return DeskPage(content, language)


def form_token() -> str:
    """The CSRF token of a form; also sends the cookie from which it derives."""
    session.this_session().is_kept = True
    return str(generate_csrf())
