"""Rendering the pages of form and desk in one language."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Response

from generator.content.reader import Content
from generator.languages import catalogue, own_name
from generator.render import environment
from request_app.formatting import day, moment


class Page:
    """Renders the templates of one folder, each with what every page knows."""

    folder: str

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
        made = self._templates.get_template(f"{self.folder}/{template}.html")
        return made.render(self.context() | values)

    def context(self) -> dict[str, Any]:
        """The values that every page has."""
        content = self.content
        return {
            "content": content,
            "site": content.site,
            "law": content.law,
            "notice": content.notice,
            "organisation": content.organisation,
            "controller": content.organisation.controller,
            "own_name": own_name,
            "day": self.day,
            "moment": self.moment,
        }
