"""Rendering a page of the desk in the language of the signed-in account."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for
from flask_wtf.csrf import generate_csrf

from generator.content.reader import Content
from generator.languages import catalogue, own_name
from generator.render import environment
from generator.theme import logo_path
from request_app.desk.shell import services, session
from request_app.formatting import day, moment
from request_app.store.values import Role

ROOT = "/desk/"


class DeskPage:
    """Renders templates/desk in one language."""

    def __init__(self, content: Content, language: str) -> None:
        self.content = content
        self.language = language
        self.gettext = catalogue(language).gettext
        self.day = partial(day, language=language)
        self.moment = partial(moment, language=language)
        self._templates = environment(language)

    def answer(
        self, template: str, status: int = HTTPStatus.OK, /, **values: object
    ) -> Response:
        html = self.html(template, **values)
        return Response(html, status, mimetype="text/html")

    def html(self, template: str, **values: object) -> str:
        made = self._templates.get_template(f"desk/{template}.html")
        return made.render(self._context() | values)

    def _context(self) -> dict[str, Any]:
        content, visit = self.content, session.this_session().visit
        signed_in = visit is not None and visit.is_signed_in
        return {
            "content": content,
            "site": content.site,
            "law": content.law,
            "notice": content.notice,
            "organisation": content.organisation,
            "controller": content.organisation.controller,
            "account": visit.account if visit and signed_in else None,
            "may": session.may,
            "Role": Role,
            "trial": services.current().trial,
            "told": session.told_once() if signed_in else None,
            "here": request.path,
            "link": url_for,
            "root": ROOT,
            "logo": ROOT + logo_path(content) if content.site.theme.logo else None,
            "csrf_token": form_token,
            "own_name": own_name,
            "day": self.day,
            "moment": self.moment,
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
