"""Serving the style sheets and the logo of the form."""

from flask import Response

from request_app.public import services
from request_app.public.form_pages import blueprint
from request_app.web import style_sheets


@blueprint.get("/static/<name>")
def file(name: str) -> Response:
    content = services.current().published.edition().content
    return style_sheets.answer(content, name, sheets=("base.css", "form.css"))
