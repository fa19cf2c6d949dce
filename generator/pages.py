"""Renders all files of the site, as pairs of path and bytes; writes nothing."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from posixpath import relpath
from typing import Any
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from generator import statement_sections, theme
from generator.content.law import RightId
from generator.content.model import Register
from generator.content.reader import Content
from generator.languages import own_name
from generator.processing_table import rows
from generator.render import environment
from generator.resources import TRANSLATIONS
from generator.rights import rights
from generator.ways_to_ask import ways_to_ask

# With more registers than this, the front page is only an index of them.
WHOLE_UP_TO = 12

File = tuple[str, bytes]
Sections = tuple[statement_sections.StatementSection, ...]
Relative = Callable[[str], str]  # makes a path of the site relative to a page


def pages(content: Content, *, translations: Path = TRANSLATIONS) -> Iterator[File]:
    """Yield every file of the site."""
    for language in content.site.languages:
        yield from _Edition(content, language, translations).files()
    yield "static/base.css", theme.stylesheet(content)
    if content.site.theme.logo:
        yield theme.logo_path(content), theme.logo(content)
    yield "sitemap.xml", _sitemap(content, translations)
    sitemap = content.site.base_url + "sitemap.xml"
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n".encode()


def routes(content: Content) -> Iterator[str]:
    """Yield the path of every page in the default language."""
    yield ""
    yield "rights/"
    yield from (f"registers/{register.id}/" for register in content.registers)
    yield from (f"{name}/" for name in content.pages)


def count(content: Content) -> int:
    """Return about how many files there will be, for a progress bar."""
    return len(list(routes(content))) * len(content.site.languages)


class _Edition:
    """The pages in one language."""

    def __init__(self, content: Content, language: str, translations: Path) -> None:
        self.content = content
        self.site = content.site
        self.language = language
        self.templates = environment(language, translations)

    def files(self) -> Iterator[File]:
        registers = self.content.registers
        whole = registers if len(registers) <= WHOLE_UP_TO else ()
        yield self.page("", "front", statement_sections.WHOLE, registers=whole)
        yield self.page("rights/", "rights")
        for register in registers:
            route, own = f"registers/{register.id}/", [register]
            table = statement_sections.REGISTER
            yield self.page(route, "register", table, register=register, registers=own)
        for name, versions in self.content.pages.items():
            yield self.page(f"{name}/", "free", page=versions[self.language])
        yield self.missing()

    def page(
        self,
        route: str,
        template: str,
        table: Sections = (),
        **values: object,
    ) -> File:
        here = self.path(route)
        context = {**self.context(route, _relative(here)), **values}
        context["sections"] = self._sections(context, table)
        return f"{here}index.html", self.html(template, context)

    def missing(self) -> File:
        """Render the 404 page, whose links start at the root: it is shown anywhere."""
        root = urlsplit(self.site.base_url).path
        context = self.context(None, lambda path: root + path)
        return f"{self.path('')}404.html", self.html("missing", context)

    def html(self, template: str, context: dict[str, Any]) -> bytes:
        return (
            self.templates.get_template(f"site/{template}.html")
            .render(context)
            .encode()
        )

    def path(self, route: str, language: str | None = None) -> str:
        return path(self.content, route, language or self.language)

    def context(self, route: str | None, relative: Relative) -> dict[str, Any]:
        return {
            "content": self.content,
            "site": self.site,
            "law": self.content.law,
            "notice": self.content.notice,
            "organisation": self.content.organisation,
            "controller": self.content.organisation.controller,
            "all_registers": self.content.registers,
            "ways": list(ways_to_ask(self.content.organisation)),
            "route": route,
            "whole": route == "",
            "link": _Links(self.content, self.language, relative),
            "canonical": self._addresses(route),
            "own_name": own_name,
            "rights_of": partial(rights, law=self.content.law),
            "rows": rows,
        }

    def _sections(
        self,
        context: dict[str, Any],
        table: Sections,
    ) -> list[statement_sections.NumberedSection]:
        def body(key: str) -> Markup:
            template = self.templates.get_template(f"site/statement/{key}.html")
            return Markup(template.render(context).strip())  # noqa: S704 - autoescaped

        one_register = len(self.content.registers) == 1
        return list(statement_sections.numbered(table, body, one_register=one_register))

    def _addresses(self, route: str | None) -> dict[str, str]:
        if route is None:
            return {}
        return {
            language: self.site.base_url + self.path(route, language)
            for language in self.site.languages
        }


def path(content: Content, route: str, language: str) -> str:
    """Return the path of a page: other languages than the default are below /xx/."""
    at_top = language == content.site.default_language
    return route if at_top else f"{language}/{route}"


class _Links:
    """Links from one page."""

    def __init__(self, content: Content, language: str, relative: Relative) -> None:
        self.content = content
        self.language = language
        self.relative = relative

    def page(self, route: str, language: str | None = None) -> str:
        return self.relative(path(self.content, route, language or self.language))

    def file(self, name: str) -> str:
        return self.relative(name)

    def form(
        self, right: RightId | None = None, register: Register | None = None
    ) -> str:
        """Return the address of the form, with right and register filled in."""
        address = self.content.site.request_form or ""
        given = {"right": right, "register": register.id if register else None}
        query = urlencode({key: value for key, value in given.items() if value})
        place = address + path(self.content, "", self.language)
        return f"{place}?{query}" if query else place

    def logo(self) -> str:
        return self.file(theme.logo_path(self.content))


def _relative(here: str) -> Relative:
    def link(there: str) -> str:
        folder = there.endswith("/") or not there
        way = relpath(there or ".", here or ".")
        return f"{way}/" if folder else way

    return link


def _sitemap(content: Content, translations: Path) -> bytes:
    template = environment(content.site.default_language, translations).get_template(
        "site/sitemap.xml"
    )
    entries = [
        {
            language: content.site.base_url + path(content, route, language)
            for language in content.site.languages
        }
        for route in routes(content)
    ]
    return template.render(entries=entries).encode()
