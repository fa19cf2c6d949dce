"""The page for the letter that notifies a recipient of all changes: GDPR Art. 19.

The letter is stored and the recipient counts as notified. Staff send it themselves.
"""

from collections.abc import Iterable
from datetime import date

from flask import request
from werkzeug.wrappers import Response
from wtforms import BooleanField

from generator.languages import N_, own_name
from request_app.cases.action import Action
from request_app.cases.decision import outcome, recipients
from request_app.cases.letters import archive, parts, recipient_letter
from request_app.cases.notice.plan import Recipient
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import case_view, step_page
from request_app.desk.recipients import recipients_page
from request_app.desk.shell import access, days, labels
from request_app.desk.shell.case_form import CaseForm, posted
from request_app.desk.shell.forms import Filled
from request_app.desk.shell.page import this_page
from request_app.store.values import Role, Way
from request_app.web.fields import Choice, Line, Lines

WAYS = {
    Way.LETTER.value: labels.WAYS[Way.LETTER],
    Way.EMAIL.value: N_("E-mail, from your own mailbox"),  # the desk sends none
    Way.BY_HAND.value: labels.WAYS[Way.BY_HAND],
    Way.PHONE.value: labels.WAYS[Way.PHONE],
}
NO_WAY = N_("Choose how the letter goes.")
NOTHING = N_("The letter tells of no change.")


class OneChange(Filled):
    """One change that the letter describes."""

    left_out = BooleanField(N_("It did not get these data: leave this out"))
    data = Lines(N_("Which data?"))
    old = Lines(N_("The data were"))
    new = Lines(N_("The data are now"))
    statement = Lines(N_("What the person says of the data"))

    def take(self, known: recipients.ChangeNotice) -> None:
        self.change, self.label = known.change, labels.CHANGES[known.change]
        if not posted():
            for name, text in known.words.items():
                self[name].data = text

    @property
    def news(self) -> recipients.ChangeNotice:
        names = ("data", "old", "new", "statement")
        return recipients.ChangeNotice(
            self.change, {name: self[name].data for name in names}
        )


class RecipientLetterForm(CaseForm):
    """The form of a letter to a recipient, with no more data than needed."""

    each: list[OneChange]
    person = Line(
        N_("By what does the recipient know the person?"),
        description=N_("For example a name, or a customer number that both have."),
    )
    language = Choice(N_("Language of the letter"))
    way = Choice(N_("How does it go?"), choices=WAYS, default=Way.LETTER.value)
    sent_on = Line(N_("Sent on"))

    @property
    def chosen(self) -> list[recipients.ChangeNotice]:
        return [one.news for one in self.each if not one.left_out.data]


@access.blueprint.route(
    "/cases/<reference>/recipients/<recipient>/letter", methods=["GET", "POST"]
)
@access.least(Role.HANDLER)
def letter_to(reference: str, recipient: str) -> Response:
    """Write to a recipient, store the letter and record the notification."""
    view, page = case_view.open_case_view(reference), this_page()
    to, done = recipients_page.found(view, recipient), outcome.handled(view.opened)
    form, name = _form(view, to, done), recipients.name_of_recipient(to, done)
    letter = recipient_letter.to_recipient(
        view.facts,
        name or page.gettext(N_("The recipient")),
        form.chosen,
        person=form.person.data,
        language=form.language.data,
    )
    values: dict[str, object] = {
        "name": name,
        "letter": parts.render(letter),
        "letter_language": letter.language,
    }
    form_page = step_page.CaseFormPage(
        template="recipients/letter-to", view=view, form=form, values=values
    )
    if not posted() or request.form.get("go") != "send":
        return form_page.show()
    on = days.read_day(form.sent_on.data)
    if on is None:
        form.refuse("sent_on", recipients_page.NO_DAY)
    elif recipients.changed_after(on, to, view.facts, done):
        form.refuse("sent_on", recipients_page.TOO_EARLY)
    if form.way.data not in WAYS:
        form.refuse("way", NO_WAY)
    lacks = [
        page.gettext(parts.MESSAGES[each.code]) % {"about": each.about}
        for each in parts.faults(letter)
    ]
    if not name:
        lacks.append(recipients_page.NAMELESS)
    if not form.chosen:
        lacks.append(NOTHING)
    if lacks or on is None or any(form.faults):
        return form_page.refuse(lacks)

    def keep(action: Action) -> Iterable[ProposedStep]:
        posting = archive.Posting(Way(form.way.data), on, to.id)
        archive.keep(action, view.case, letter, posting)
        return ()

    return form_page.do(_counts_as_told(to, name, on, done), also=keep)


def _form(
    view: case_view.CaseView, to: Recipient, done: outcome.Handled
) -> RecipientLetterForm:
    """The form, filled with the changes and their old and new data."""
    site = this_page().content.site
    typed = request.form if posted() else None
    form, form.each = RecipientLetterForm(typed), []
    for number, known in enumerate(
        recipients.change_notices(to, view.facts, done, site.default_language), 1
    ):
        form.each.append(OneChange(typed, prefix=f"change-{number}-"))
        form.each[-1].take(known)
    form.language.choices = {each: own_name(each) for each in site.languages}
    if form.language.data not in site.languages:
        form.language.data = site.default_language
    if not posted():
        form.sent_on.data = days.write_day(view.today)
        form.person.data = view.facts.whose or view.facts.name
    return form


def _counts_as_told(
    to: Recipient, name: str, on: date, done: outcome.Handled
) -> ProposedStep:
    _, before = done.recipients.get(to.id, (None, {}))
    words = {key: text for key, text in before.items() if key != "why"}
    step = RecipientSettled(recipient=to.id, got=True, told_on=on)
    return ProposedStep(step=step, words={**words, "name": name})
