"""The case file as a page to print and as a download for the authority.

A download asks for the password again (OWASP ASVS 5.0, 7.5.3).
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import Response, request
from markupsafe import Markup

from generator.content.reader import Content
from generator.languages import N_, catalogue, own_name
from generator.render import environment
from generator.theme import stylesheet
from request_app.cases.lifecycle.opened_case import open_case
from request_app.cases.records.case_file import FileData, Reader, casefile
from request_app.cases.steps import reader
from request_app.desk.queue.lookup import address_of, find
from request_app.desk.shell import access, labels, services, transactions
from request_app.desk.shell.page import DeskPage
from request_app.formatting import day, moment
from request_app.store.values import Channel, Right, Role, State
from request_app.web.request_questions import STAFF_READ, answered

PAGE, HTML, JSON = "page", "html", "json"

# The facts of steps; what was written at them has its words in the history.
LABELS: Mapping[str, str] = {
    **labels.WRITTEN,
    "on": N_("Day"),
    "to": N_("New last day"),
    "by": N_("Promised day"),
    "told_on": N_("Told on"),
    "ends": N_("Ends on"),
    "handler": N_("Case handler"),
    "owner": N_("Who searches"),
    "rights": N_("Asks for"),
    "right": N_("Right"),
    "group": N_("Data"),
    "outcome": N_("Result"),
    "ground": N_("Ground"),
    "method": N_("How it was settled who asks"),
    "mandate": N_("Acts for another by"),
    "way": N_("Way"),
    "enough": N_("It was enough"),
    "excused": N_("Asked late, with a reason"),
    "place": N_("Place"),
    "found": N_("Data were found"),
    "recipient": N_("Recipient"),
    "got": N_("Got the data"),
    "unchanged": N_("Got none of the data that changed"),
    "why_not": N_("Why not told"),
}
# What the codes of steps, letters and deliveries mean.
CODES: Mapping[str, str] = {
    **{
        code: text
        for words in (
            labels.RIGHTS,
            labels.OUTCOMES,
            labels.METHODS,
            labels.MANDATES,
            labels.QUESTIONS,
            labels.WHY_NOT_TOLD,
            labels.WAYS,
            labels.REACHED,
            labels.ACTORS,
        )
        for code, text in words.items()
    },
    "desk": N_("The desk"),
    "all": N_("All data"),
}
# Of these the value is a code; all else that was written stays as it is.
CODED = frozenset(
    {
        *("right", "rights", "outcome", "method", "mandate", "question", "way"),
        *("why_not", "group"),
    }
)


@access.blueprint.get("/cases/<reference>/file")
@access.least(Role.HANDLER)
def case_file(reference: str) -> Response:
    data, content = _read(reference, PAGE)
    page = DeskPage(content, data["language"])
    return page.answer(
        "case/file",
        **_values(data, content),
        one_language=True,
        languages=content.site.languages,
        own_name=own_name,
        case_page=address_of(data["reference"]),
    )


@access.blueprint.get("/cases/<reference>/file.html")
@access.least(Role.HANDLER, proved=True)
def case_file_html(reference: str) -> Response:
    data, content = _read(reference, HTML)
    return _download(html(data, content), data, HTML, "text/html")


@access.blueprint.get("/cases/<reference>/file.json")
@access.least(Role.HANDLER, proved=True)
def case_file_json(reference: str) -> Response:
    data, _ = _read(reference, JSON)
    return _download(as_json(data), data, JSON, "application/json")


def html(data: FileData, content: Content) -> str:
    """A self-contained HTML file that can be read offline for years."""
    sheets = [stylesheet(content, name).decode() for name in ("base.css", "file.css")]
    made = environment(data["language"]).get_template("desk/case/file-alone.html")
    css = Markup("\n".join(sheets))  # noqa: S704 - our own style sheets
    return made.render(css=css, **_values(data, content))


def as_json(data: FileData) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def language_of(wanted: str | None, content: Content) -> str:
    """The chosen language, or the notice’s default language."""
    site = content.site
    return wanted if wanted in site.languages else site.default_language


def sentence(kind: str) -> str:
    """The untranslated name of a kind of step."""
    return reader.LABELS.get(kind, kind)


def _read(reference: str, form: str) -> tuple[FileData, Content]:
    case, content = find(reference), services.current().published.edition().content
    language = language_of(request.args.get("language"), content)
    reader = Reader(language=language, form=form, content=content)
    with transactions.writing() as action:
        return casefile(action, open_case(action, case), reader), content


def _download(text: str, data: FileData, ending: str, kind: str) -> Response:
    name = f"{data['reference']}.{ending}"
    response = Response(text, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _values(data: FileData, content: Content) -> dict[str, Any]:
    """The values and functions that the template uses."""
    language = data["language"]
    gettext = catalogue(language).gettext

    def code(value: str) -> str:
        known = CODES.get(value)
        return gettext(known) if known else value.removeprefix("staff:")

    def label(name: str) -> str:
        return gettext(LABELS[name]) if name in LABELS else name

    def shown(name: str, value: object) -> str:
        """A value in words: a code, a day, yes or no, or a text as written."""
        if isinstance(value, bool):
            return gettext(N_("Yes")) if value else gettext(N_("No"))
        if isinstance(value, list):
            return ", ".join(shown(name, each) for each in value)
        text = str(value)
        if name in CODED:
            return code(text)
        return _day(text) if name in {"on", "to", "by", "told_on", "ends"} else text

    def _day(text: str) -> str:
        return day(date.fromisoformat(text), language=language)

    return {
        "file": data,
        "code": code,
        "label": label,
        "answered": lambda answers: answered(answers, STAFF_READ, gettext),
        "shown": shown,
        "said": lambda kind: gettext(sentence(kind)),
        "channel": lambda value: gettext(labels.CHANNELS[Channel(value)]),
        "state": lambda value: gettext(labels.STATES[State(value)]),
        "right": lambda value: gettext(labels.RIGHTS[Right(value)]),
        "on": _day,
        "at": partial(_moment, language=language),
        "law": content.law,
    }


def _moment(text: str, *, language: str) -> str:
    return moment(datetime.fromisoformat(text), language=language)
