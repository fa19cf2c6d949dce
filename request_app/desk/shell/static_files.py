"""The style sheets and the logo of the desk."""

from flask import Response

from request_app.desk.shell import access, services
from request_app.web import style_sheets

SHEETS = ("base.css", "form.css", "desk.css", "file.css")


@access.blueprint.get("/static/<name>")
@access.outside
def file(name: str) -> Response:
    content = services.current().published.edition().content
    return style_sheets.answer(content, name, sheets=SHEETS)
