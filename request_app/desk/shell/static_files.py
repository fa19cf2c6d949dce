"""The style sheets and the logo of the desk."""

from flask import Response

from request_app.desk.shell.access import blueprint, outside
from request_app.desk.shell.services import parts
from request_app.web import style_sheets

SHEETS = ("base.css", "form.css", "desk.css", "file.css")


@blueprint.get("/static/<name>")
@outside
def file(name: str) -> Response:
    content = parts().published.edition().content
    return style_sheets.answer(content, name, sheets=SHEETS)
