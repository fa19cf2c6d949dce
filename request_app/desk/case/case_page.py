"""The page of a case: the request, its deadline, next steps and history."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.languages import N_
from request_app.cases.letters import archive, parts
from request_app.cases.letters.short_letters import message
from request_app.cases.lifecycle.next_steps import Item
from request_app.cases.notice import hints, plan
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import (
    case_view,
    deadline_clock,
    letter_step,
    navigation,
    request_summary,
    timeline,
)
from request_app.desk.queue.lookup import address_of, find
from request_app.desk.shell import (
    access,
    labels,
    redirect,
    services,
    session,
    transactions,
)
from request_app.desk.shell.case_form import required
from request_app.desk.shell.page import DeskPage, this_page
from request_app.store import messages
from request_app.store.values import Right, Role, Sender
from request_app.web.fields import Lines

READ = N_("The messages are marked as read.")

# What can be done besides what the list says, while a case is open.
OTHER_STEPS = {
    "desk.ask": N_("Ask the person something"),
    "desk.note": N_("Write a note"),
    "desk.rights": N_("Settle what is asked for"),
    "desk.restriction": N_("Restriction of use"),
    "desk.extend": N_("More time"),
    "desk.give": N_("Give the case to a colleague"),
    "desk.people": N_("Person and readers"),
    "desk.links": N_("Link with another request"),
    "desk.case_file": N_("Show the whole file of the case"),
    "desk.hold": N_("Hold: nothing of it is deleted"),
}


@access.blueprint.get("/cases/<reference>/")
@access.least(Role.VIEWER)
def case(reference: str) -> Response:
    view, page = case_view.open_case_view(reference), this_page()
    return page.answer("case/overview", **_values(view, page))


@access.blueprint.post("/cases/<reference>/read")
@access.least(Role.HANDLER)
def read(reference: str) -> AnyResponse:
    """Mark the messages that the page showed as read; later ones stay new."""
    found = find(reference)
    with transactions.writing() as action:
        messages.mark_read(
            action.connection,
            found.id,
            sender=Sender.PERSON,
            now=action.at,
            until=_moment(request.form.get("until", "")),
        )
        action.audit(found, "messages.read")
    session.flash(this_page().gettext(READ))
    return redirect.go(url_for("desk.case", reference=found.reference))


class MessageForm(letter_step.LetterStepForm):
    title, message = N_("Write to the person"), N_("The message was sent.")

    text = Lines(N_("Message"), validators=[required], render_kw={"rows": 8})

    def letter(self) -> parts.Letter:
        return message(self.view.facts, words={"text": self.text.data})

    def proposed_steps(self, edited: Mapping[str, str]) -> list[ProposedStep]:
        """None: the letter itself is the record."""
        del edited
        return []


@access.blueprint.route("/cases/<reference>/message", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def write(reference: str) -> AnyResponse:
    return letter_step.send_with_letter(
        MessageForm.of(case_view.open_case_view(reference))
    )


@access.blueprint.get("/cases/<reference>/letters/<string(length=32):letter_id>")
@access.least(Role.VIEWER)
def letter(reference: str, letter_id: str) -> Response:
    """A sent letter, to be read and printed."""
    view, page = case_view.open_case_view(reference), this_page()
    found = next((each for each in view.letters if each.id == letter_id), None)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    with transactions.reading() as action:
        words = archive.words_of(action, found)
    return page.answer(
        "case/letter",
        view=view,
        letter=found,
        words=words,
        kinds=labels.LETTERS,
        ways=labels.WAYS,
    )


def _values(view: case_view.CaseView, page: DeskPage) -> dict[str, object]:
    """The values of the template."""
    opened, items = view.opened, view.items
    speaks = case_view.speaker(view, page)
    form = MessageForm.of(view)
    form.see(view.case.version, view.progress.steps)
    return {
        "view": view,
        "form": form,
        "items": [(item, page_for(item, view)) for item in items],
        "next": view.next,
        "next_page": page_for(view.next, view) if view.next else None,
        "says": navigation.SAYS,
        "standings": navigation.STANDINGS,
        "rights_words": labels.RIGHTS,
        "asks": request_summary.rights_in_words(opened.rights, page.gettext),
        "came": labels.CAME[view.case.channel],
        "states": labels.STATES,
        "why_aside": labels.why(view.case.suspicion),
        "clock": deadline_clock.clock(
            view.progress, today=view.today, gettext=page.gettext, show=page.day
        ),
        "questions": labels.QUESTIONS,
        "methods": labels.METHODS,
        "asked_rows": list(request_summary.asked_rows(opened, page.gettext)),
        "corrections": request_summary.corrections(opened),
        "person_rows": list(request_summary.person_rows(opened, page.gettext)),
        "registers": _registers(view, page),
        "kinds": labels.LETTERS,
        "ways": labels.WAYS,
        "reached": labels.REACHED,
        "recipients": speaks.recipients,
        "names": view.names,
        "who": speaks.actor,
        "events": [timeline.event(each, speaks) for each in reversed(opened.history)],
        "hints": _hints(view),
        "other_steps": _other_steps(view),
        "address_of": address_of,
        "can_release": navigation.is_there("desk.release"),
    }


def page_for(item: Item, view: case_view.CaseView) -> str | None:
    return navigation.page_of(item, view.case.reference)


def _registers(view: case_view.CaseView, page: DeskPage) -> list[str]:
    """The registers that the person named; an empty list means all data."""
    if view.case.all_data:
        return []
    kept, named = view.kept, sorted(view.opened.registers)
    return [plan.place_name(each, kept, page.language) for each in named]


def _hints(
    view: case_view.CaseView,
) -> list[tuple[Right, list[tuple[hints.Hint, str | None]]]]:
    """The hints of the notice by right, each with its register."""
    labels = {each.id: each.label for each in view.plan.tasks}
    by_right: dict[Right, list[tuple[hints.Hint, str | None]]] = {}
    for hint in view.plan.hints:
        of_right = by_right.setdefault(hint.right, [])
        of_right.append((hint, labels.get(hint.register or "")))
    return list(by_right.items())


def _other_steps(view: case_view.CaseView) -> list[tuple[str, str]]:
    """Addresses and names of the other steps that are possible now."""
    if view.progress.closed:
        names = ["desk.note", "desk.case_file", "desk.hold", "desk.reopen"]
    elif view.case.suspicion:
        names = ["desk.note", "desk.case_file", "desk.close"]
    else:
        names = list(OTHER_STEPS)
    labels = OTHER_STEPS | {
        "desk.reopen": N_("Open the case again"),
        "desk.close": N_("Close it as spam"),
    }
    if view.progress.held:
        labels["desk.hold"] = N_("End the hold")
    return [
        (url_for(name, reference=view.case.reference), labels[name])
        for name in names
        if navigation.is_there(name)
    ]


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo and found <= services.now() else None
