"""Serving the style sheets and the logo of form and desk."""

from collections.abc import Collection
from http import HTTPStatus

from flask import Response, abort

from generator.content.reader import Content
from generator.theme import logo, logo_path, stylesheet

AN_HOUR = 60 * 60
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def answer(content: Content, name: str, *, sheets: Collection[str]) -> Response:
    """Respond with one of these style sheets or the logo, else 404."""
    if name in sheets:
        return _cached(stylesheet(content, name), "text/css")
    if content.site.theme.logo and name == logo_path(content).rpartition("/")[2]:
        return _cached(logo(content), PICTURES[name.rpartition(".")[2]])
    return abort(HTTPStatus.NOT_FOUND)


def _cached(content: bytes, kind: str) -> Response:
    response = Response(content, mimetype=kind)
    response.cache_control.public = True
    response.cache_control.max_age = AN_HOUR
    return response
