"""Rendering a page of the form in the language of its URL and the site’s style."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Response, g, request

from generator.content import law, reader
from generator.content.model import Register
from generator.languages import catalogue, own_name
from generator.render import environment
from generator.theme import logo_path
from generator.ways_to_ask import ways_to_ask
from request_app.formatting import day, moment
from request_app.public import services
from request_app.retention import own_register

ROOT = "/request/"


class Links:
    """URLs for the form’s templates; the site may be on another host."""

    def __init__(self, content: reader.Content, language: str, site_url: str) -> None:
        self._content = content
        self._language = language
        self._site = site_url or content.site.base_url

    def page(self, route: str, language: str | None = None) -> str:
        return self._site + self._path(route, language)

    def here(self, route: str = "", language: str | None = None) -> str:
        return ROOT + self._path(route, language)

    def form(
        self, right: law.RightId | None = None, register: Register | None = None
    ) -> str:
        del right, register
        return self.here()

    def file(self, name: str) -> str:
        return ROOT + name

    def logo(self) -> str:
        return self.file(logo_path(self._content))

    def _path(self, route: str, language: str | None) -> str:
        at_top = (language or self._language) == self._content.site.default_language
        return route if at_top else f"{language or self._language}/{route}"


class Page:
    """Renders templates in one language."""

    def __init__(self, content: reader.Content, language: str) -> None:
        self.content = content
        self.language = language
        self.gettext = catalogue(language).gettext
        self.day = partial(day, language=language)
        self._templates = environment(language)

    def answer(
        self, template: str, status: int = HTTPStatus.OK, /, **values: object
    ) -> Response:
        html = self.html(template, **values)
        return Response(html, status, mimetype="text/html")

    def html(self, template: str, **values: object) -> str:
        made = self._templates.get_template(f"request/{template}.html")
        return made.render(self._context() | values)

    def _context(self) -> dict[str, Any]:
        content = self.content
        site_url = services.current().settings.site_url
        return {
            "content": content,
            "site": content.site,
            "law": content.law,
            "notice": content.notice,
            "organisation": content.organisation,
            "controller": content.organisation.controller,
            "ways": list(ways_to_ask(content.organisation)),
            "route": "",
            "canonical": {},
            "link": Links(content, self.language, site_url),
            "own_name": own_name,
            "own_register": own_register(content.registers),
            "day": self.day,
            "moment": partial(moment, language=self.language),
        }


def this_page() -> Page:
    """A page in the language of the URL."""
    content = services.current().published.edition().content
    language = g.get("language") or _first_of_path()
    known = language in content.site.languages
    return Page(content, language if known else content.site.default_language)


def _first_of_path() -> str:
    """The first part of the path, where the language is, even of an unknown URL."""
    return request.path.removeprefix(ROOT).partition("/")[0]
