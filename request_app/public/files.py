"""The style sheets and the logo: the same as the site's, and the form's own."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Response, abort

from generator.content.reader import Content
from generator.style import logo, logo_path, style
from request_app.public.parts import parts
from request_app.public.views import blueprint

AN_HOUR = 60 * 60
SHEETS: Mapping[str, Callable[[Content], bytes]] = {
    "base.css": style,
    "form.css": lambda content: style(content, "form.css"),
}
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


@blueprint.get("/static/<name>")
def file(name: str) -> Response:
    content = parts().published.edition().content
    if name in SHEETS:
        return _kept_a_while(SHEETS[name](content), "text/css")
    if content.site.theme.logo and name == logo_path(content).rpartition("/")[2]:
        return _kept_a_while(logo(content), PICTURES[name.rpartition(".")[2]])
    return abort(HTTPStatus.NOT_FOUND)


def _kept_a_while(content: bytes, kind: str) -> Response:
    response = Response(content, mimetype=kind)
    response.cache_control.public = True
    response.cache_control.max_age = AN_HOUR
    return response
