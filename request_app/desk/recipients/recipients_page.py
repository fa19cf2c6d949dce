"""The page that records who received the data and who was notified: GDPR Art. 19.

The notice describes everybody’s data; here staff record the recipients of this person’s
data, by name (C-154/21).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from generator.languages import N_
from request_app.cases.decision.outcome import handled
from request_app.cases.decision.recipients import (
    NOBODY_ELSE,
    changed_after,
    silent_registers,
    to_notify_again,
)
from request_app.cases.notice.plan import Recipient
from request_app.cases.notice.wording import name_of
from request_app.cases.steps.facts import RecipientStatus, WhyNotTold, Words
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import case_view, step_page
from request_app.desk.shell import access, days, labels, redirect
from request_app.desk.shell.case_form import CaseForm, posted
from request_app.desk.shell.forms import Filled
from request_app.desk.shell.page import this_page
from request_app.store.values import Right, Role
from request_app.web.fields import Choice, Line, Lines

NO, OTHERS, YES = "no", "others", "yes"
ANOTHER, NOBODY, LETTER = "another", "nobody", "letter"
OWN = re.compile(r"own-[1-9][0-9]?")
NO_DAY = N_("Write the day in the form 20.11.2026.")
TOO_EARLY = N_(
    "Data changed after that day. Write the day on which it was told of that change."
)
NAMELESS = N_("Write the name of this recipient.")
WHY = N_("Write why this recipient was not told.")
GOT_WHAT = N_("Say whether this recipient got data of this person.")

# With a change there are three answers: told are those who got what changed.
GOT: Mapping[str, str] = {
    NO: N_("It did not get data of this person"),
    YES: N_("It got data of this person"),
}
GOT_CHANGED: Mapping[str, str] = {
    NO: N_("It did not get data of this person"),
    OTHERS: N_("It got data, but none that changed – nothing to tell"),
    YES: N_("It got data that changed – tell it of the change"),
}


Settled = Mapping[str, tuple[RecipientStatus, Words]]


class RecipientForm(Filled):
    """The form of one recipient: whether it got data and was notified."""

    name = Line(
        N_("Name of the recipient"),
        description=N_("The person has a right to know the name."),
    )
    got = Choice(
        N_("Did this recipient get data of this person?"), choices=GOT, default=""
    )
    told_on = Line(N_("Told of the change on"))
    why_not = Choice(
        N_("If not told, why not?"), choices=labels.WHY_NOT_TOLD, default=""
    )
    why = Lines(N_("Why, in the facts of this case"))

    def take(
        self,
        recipient: Recipient,
        asks: "Asks",
        before: tuple[RecipientStatus, Words] | None,
    ) -> None:
        self.recipient, self.asks, self.before = recipient, asks, before
        self.got.choices = GOT_CHANGED if asks.change else GOT
        always = asks.names or self.is_own
        self.named_if = {YES, OTHERS} if always else {YES}

    def fill(self) -> None:
        if self.before is None:
            return
        step, words = self.before
        knows = OTHERS if step.unchanged and OTHERS in self.got.choices else YES
        self.got.data = knows if step.got else NO
        self.told_on.data = days.write_day(step.told_on) if step.told_on else ""
        self.why_not.data = step.why_not.value if step.why_not else ""
        self.name.data, self.why.data = words.get("name", ""), words.get("why", "")

    @property
    def is_open(self) -> bool:
        return self.got.data not in self.got.choices

    @property
    def is_blank(self) -> bool:
        return not any(field.data for field in self)

    @property
    def is_own(self) -> bool:
        """Whether staff added this recipient; without a name it does not count."""
        return not self.recipient.label

    @property
    def is_nobody(self) -> bool:
        unnamed = self.is_own and not self.name.data
        return unnamed and not self.before and self.got.data not in self.named_if

    def check(self, is_early: Callable[[date], bool]) -> None:
        self.validate()
        if self.is_nobody:
            return
        if self.is_open and not self.is_blank:
            self.refuse("got", GOT_WHAT)
        if self.got.data in self.named_if:
            self._check_name()
        if self.got.data == YES:
            self._check_telling(is_early)

    def settled(self) -> tuple[RecipientSettled, Words] | None:
        """The chosen answer; fields of other choices are left out.

        What the page did not ask stays as it was said before.
        """
        if self.is_open or self.is_nobody:
            return None
        step = self._step()
        _, words = self.before or (None, {})
        stays = self.got.data != NO and self._stays is not None
        named = words.get("name", "") if self.recipient.named else self.name.data
        why = (
            words.get("why", "")
            if stays
            else self.why.data
            if step.needs_notice
            else ""
        )
        said = {"name": named, "why": why}
        return step, {name: text for name, text in said.items() if text}

    @property
    def _stays(self) -> RecipientSettled | None:
        """The earlier step, kept where the page did not ask about notification."""
        step = self.before[0] if self.before else None
        stays = step and step.got and not self.asks.change
        return RecipientSettled(**step.model_dump()) if step and stays else None

    def _step(self) -> RecipientSettled:
        got_change = self.got.data == YES
        if self.got.data != NO and self._stays:
            return self._stays
        return RecipientSettled(
            recipient=self.recipient.id,
            got=self.got.data != NO,
            unchanged=self.got.data == OTHERS,
            told_on=days.read_day(self.told_on.data) if got_change else None,
            why_not=self._why_not() if got_change else None,
        )

    def _check_name(self) -> None:
        if not self.recipient.named and not self.name.data:
            self.refuse("name", NAMELESS)

    def _check_telling(self, is_early: Callable[[date], bool]) -> None:
        told_on = days.read_day(self.told_on.data)
        if self.told_on.data and told_on is None:
            self.refuse("told_on", NO_DAY)
        if told_on and is_early(told_on):
            self.refuse("told_on", TOO_EARLY)
        if self.why_not.data and not self.why.data:
            self.refuse("why", WHY)

    def _why_not(self) -> WhyNotTold | None:
        chosen = self.why_not.data
        return WhyNotTold(chosen) if chosen in labels.WHY_NOT_TOLD else None


class Asks(NamedTuple):
    """What a case needs to know of each recipient."""

    change: bool  # something changed, of which they are told: Art. 19
    names: bool  # of everyone who got anything: Art. 15(1)(c)


class RecipientsForm(CaseForm):
    """The forms of all recipients, whose faults are listed at the top of the page."""

    each: list[RecipientForm]

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        for one in self.each:
            yield from one.faults


@access.blueprint.route("/cases/<reference>/recipients", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def recipients(reference: str) -> Response:
    view = case_view.open_case_view(reference)
    done = handled(view.opened)
    asks = Asks(change=done.has_changes, names=Right.ACCESS in view.progress.rights)
    form = RecipientsForm(request.form if posted() else None)
    form.each = [_one(each, asks, done.recipients) for each in everyone(view)]
    silent = silent_registers(view.facts, done)
    values: dict[str, object] = {
        "asks": asks,
        "silent": [name_of(each, this_page().language) for each in silent],
        "settled": done.recipients,
        "again": to_notify_again(view.opened),
    }
    form_page = step_page.CaseFormPage(
        template="recipients/recipients", view=view, form=form, values=values
    )
    pressed, _, recipient = request.form.get("go", "").partition(":")
    if not posted() or pressed == ANOTHER:
        return form_page.show()
    if pressed == NOBODY:
        _close_the_open(form)
    for one in form.each:
        one.check(
            partial(
                changed_after, recipient=one.recipient, facts=view.facts, handled=done
            )
        )
    if list(form.faults):
        return form_page.refuse()
    acts = _news(form)
    if pressed == NOBODY and silent:
        acts.append(_nobody_else())
    if pressed != LETTER:
        return form_page.do(*acts)
    to = found(view, recipient).id
    letter = url_for("desk.letter_to", reference=view.case.reference, recipient=to)
    return form_page.do(*acts, then=lambda: redirect.go(letter))


def everyone(view: case_view.CaseView) -> list[Recipient]:
    """The notice’s recipients, those that staff added, and a blank one if wanted."""
    known = {each.id: each for each in view.plan.recipients}
    settled = [each for each in handled(view.opened).recipients if each != NOBODY_ELSE]
    own = [each for each in settled if each not in known]
    shown = [each for each in request.form.getlist("shown") if OWN.fullmatch(each)]
    wanted = dict.fromkeys([*own, *shown])
    if request.form.get("go") == ANOTHER:
        number = next(n for n in range(1, 100) if f"own-{n}" not in wanted)
        wanted[f"own-{number}"] = None
    return [*known.values(), *map(_own, wanted)]


def _own(recipient: str) -> Recipient:
    return Recipient(recipient, "", False, None, (), ())


def found(view: case_view.CaseView, recipient: str) -> Recipient:
    """The recipient with this id, from the notice or added in this case."""
    known = {each.id: each for each in everyone(view)}
    if OWN.fullmatch(recipient):
        return known.get(recipient) or _own(recipient)
    return known.get(recipient) or abort(HTTPStatus.NOT_FOUND)


def _one(recipient: Recipient, asks: Asks, settled: Settled) -> RecipientForm:
    was_shown = recipient.id in request.form.getlist("shown")
    one = RecipientForm(request.form if was_shown else None, prefix=f"{recipient.id}-")
    one.take(recipient, asks, settled.get(recipient.id))
    if not was_shown:
        one.fill()
    return one


def _close_the_open(form: RecipientsForm) -> None:
    """Mark every recipient without an answer as one that got no data."""
    for one in form.each:
        if one.is_open and one.is_blank and not one.is_own:
            one.got.data = NO


def _nobody_else() -> ProposedStep:
    """Record that where the notice lists no recipients, there were none."""
    step = RecipientSettled(recipient=NOBODY_ELSE, got=False)
    return ProposedStep(
        step=step, words={"name": this_page().gettext(N_("nobody else"))}
    )


def _news(form: RecipientsForm) -> list[ProposedStep]:
    """A step for each recipient whose answer changed."""
    acts = []
    for one in form.each:
        now = one.settled()
        if now and now != one.before:
            acts.append(ProposedStep(step=now[0], words=now[1]))
    return acts
