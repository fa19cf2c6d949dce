"""The file of a case as a page to print, and as a file to hand to the authority.

Where it leaves the desk, the password is asked for again (OWASP ASVS 5.0, 7.5.3).
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import Response, request
from markupsafe import Markup
from wtforms.fields.core import UnboundField

from generator.content.reader import Content
from generator.languages import N_, catalogue, own_name
from generator.render import environment
from generator.style import style
from request_app.cases.lifecycle.opened import open_case
from request_app.cases.records.case_file import Reader, Told, casefile
from request_app.desk.case import timeline
from request_app.desk.case.case_view import by
from request_app.desk.intake.entry_form import EntryForm
from request_app.desk.queue.lookup import address_of, find
from request_app.desk.shell import labels
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.page import DeskPage
from request_app.desk.shell.services import parts
from request_app.store.database import writing
from request_app.store.values import Channel, Right, Role, State
from request_app.web.questions import Item
from request_app.words import day, moment

PAGE, HTML, JSON = "page", "html", "json"

# The facts of steps; what was written at them has its words in the history.
LABELS: Mapping[str, str] = {
    **timeline.WRITTEN,
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
        each.value: text
        for words in (
            labels.RIGHTS,
            timeline.OUTCOMES,
            timeline.METHODS,
            timeline.MANDATES,
            timeline.QUESTIONS,
            timeline.WHY_NOT_TOLD,
            timeline.WAYS,
        )
        for each, text in words.items()
    },
    **timeline.ACTORS,
    "waiting": N_("The mail has not gone out yet"),
    "sent": N_("Sent, not fetched yet"),
    "mail-failed": N_("The mail failed"),
    "fetched": N_("Fetched"),
    "handed": N_("Handed over"),
    "withdrawn": N_("No longer valid"),
    "desk": N_("The desk"),
    "all": N_("All data"),
    "electronic": N_("Electronically"),
    "paper": N_("On paper"),
    "own": N_("The person’s own"),
    "child": N_("A child in the person’s custody"),
    "guardian": N_("Somebody whose guardian the person is"),
    "authorised": N_("Somebody who has authorised the person"),
}
ASKED: Mapping[str, str] = {  # the questions, as the desk asks them
    name: field.args[0]
    for form in (Item, EntryForm)
    for name, field in vars(form).items()
    if isinstance(field, UnboundField) and field.args
}
# Of these the value is a code; all else that was written stays as it is.
CODED = frozenset(
    {
        *("right", "rights", "outcome", "method", "mandate", "question", "way"),
        *("why_not", "group", "whose", "access_form", "reach"),
    }
)


@blueprint.get("/cases/<reference>/file")
@least(Role.HANDLER)
def case_file(reference: str) -> Response:
    told, content = _told(reference, PAGE)
    page = DeskPage(content, told["language"])
    return page.answer(
        "case/file",
        **_values(told, content),
        one_language=True,
        languages=content.site.languages,
        own_name=own_name,
        case_page=address_of(told["reference"]),
    )


@blueprint.get("/cases/<reference>/file.html")
@least(Role.HANDLER, proved=True)
def case_file_html(reference: str) -> Response:
    told, content = _told(reference, HTML)
    return _download(html(told, content), told, HTML, "text/html")


@blueprint.get("/cases/<reference>/file.json")
@least(Role.HANDLER, proved=True)
def case_file_json(reference: str) -> Response:
    told, _ = _told(reference, JSON)
    return _download(as_json(told), told, JSON, "application/json")


def html(told: Told, content: Content) -> str:
    """One file that needs no other, nor a network; it is the same for years."""
    sheets = [style(content, name).decode() for name in ("base.css", "file.css")]
    made = environment(told["language"]).get_template("desk/case/file-alone.html")
    css = Markup("\n".join(sheets))  # noqa: S704 - our own style sheets
    return made.render(css=css, **_values(told, content))


def as_json(told: Told) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def language_of(wanted: str | None, content: Content) -> str:
    """The language that was chosen, or that of the notice."""
    site = content.site
    return wanted if wanted in site.languages else site.default_language


def sentence(kind: str) -> str:
    """What a step was, to be translated; its facts stand beside it."""
    return timeline.KINDS.get(kind, kind)


def _told(reference: str, form: str) -> tuple[Told, Content]:
    case, content = find(reference), parts().published.edition().content
    language = language_of(request.args.get("language"), content)
    reader = Reader(by=by(), language=language, form=form, content=content)
    ring, intake = parts().keyring(), parts().intake()
    with writing(parts().engine) as connection:
        opened = open_case(connection, case, ring, intake=intake, by=reader.by)
        return casefile(connection, opened, ring, reader), content


def _download(text: str, told: Told, ending: str, kind: str) -> Response:
    name = f"{told['reference']}.{ending}"
    response = Response(text, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _values(told: Told, content: Content) -> dict[str, Any]:
    """What the template says it with."""
    language = told["language"]
    gettext = catalogue(language).gettext

    def code(value: str) -> str:
        known = CODES.get(value)
        return gettext(known) if known else value.removeprefix("staff:")

    def label(name: str) -> str:
        return gettext(LABELS[name]) if name in LABELS else name

    def question(name: str) -> str:
        return gettext(ASKED[name]) if name in ASKED else name

    def shown(name: str, value: object) -> str:
        """A value of a fact in words: a code, a day, yes or no, or what was written."""
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
        "file": told,
        "code": code,
        "label": label,
        "question": question,
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
