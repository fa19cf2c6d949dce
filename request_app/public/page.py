"""Rendering a page of the form in the language of its URL and the site’s style."""

from typing import Any

from flask import g, request

from generator.content import law, reader
from generator.content.model import Register
from generator.theme import logo_path
from generator.ways_to_ask import ways_to_ask
from request_app.public import services
from request_app.retention import own_register
from request_app.web.page import Page

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


class FormPage(Page):
    """A page of the form, whose links lead to the notice as well."""

    folder = "request"

    def context(self) -> dict[str, Any]:
        content = self.content
        site_url = services.current().settings.site_url
        return super().context() | {
            "ways": list(ways_to_ask(content.organisation)),
            "route": "",
            "canonical": {},
            "link": Links(content, self.language, site_url),
            "own_register": own_register(content.registers),
        }


def this_page() -> FormPage:
    """A page in the language of the URL."""
    content = services.current().published.edition().content
    language = g.get("language") or _first_of_path()
    known = language in content.site.languages
    return FormPage(content, language if known else content.site.default_language)


def _first_of_path() -> str:
    """The first part of the path, where the language is, even of an unknown URL."""
    return request.path.removeprefix(ROOT).partition("/")[0]
