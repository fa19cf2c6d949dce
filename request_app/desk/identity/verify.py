"""How it is known who asks, and by what somebody acts for another.

No more is asked than is needed, and often nothing: GDPR Art. 12(6), EDPB 01/2022
¶58–79. Of a document it is noted that it was seen; no copy is asked for or kept.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from email_validator import EmailNotValidError
from flask import request
from werkzeug.wrappers import Response
from wtforms import Field, ValidationError

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.identity import email_confirmation
from request_app.cases.letters import short_letters
from request_app.cases.steps.questions import Asked
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.values import IdentityMethod, Mandate
from request_app.cases.steps.verification import IdentitySettled, MandateSettled
from request_app.deadlines import PauseKind
from request_app.desk.case.case_view import Look, look
from request_app.desk.case.deadline_clock import reply_by, stops
from request_app.desk.case.letter_step import by_letter
from request_app.desk.case.step_page import Attempt
from request_app.desk.identity.questions import QuestionForm, excuse
from request_app.desk.shell import labels
from request_app.desk.shell.access import blueprint, least
from request_app.desk.shell.case_form import CaseForm, posted, required
from request_app.desk.shell.days import DayField, read_day, start
from request_app.desk.shell.services import parts
from request_app.store.database import reading
from request_app.store.values import Role, Way
from request_app.web import clean
from request_app.web.fields import Choice, Line, Lines, among

# The ladder of ways, least asked first, each in a sentence.
LADDER: Mapping[IdentityMethod, str] = {
    IdentityMethod.NO_DOUBT: N_(
        "Nothing suggests that somebody else asks. Then nothing more is asked."
    ),
    IdentityMethod.KNOWN_ADDRESS: N_(
        "The e-mail, letter or call came from an address or number in your register."
    ),
    IdentityMethod.CONFIRMED: N_(
        "You sent a message to an address in your register, and it was confirmed."
    ),
    IdentityMethod.KNOWN_FACTS: N_(
        "For example a customer number or the date of the last order. An identity "
        "code, or a name with it, is not enough."
    ),
    IdentityMethod.IN_PERSON: N_("You met, and you know them or talked it over."),
    IdentityMethod.STRONG: N_(
        "Online banking codes or a mobile certificate, where your service has them."
    ),
    IdentityMethod.DOCUMENT_SEEN: N_(
        "Only when nothing else will do. Look at it; copy nothing, keep nothing."
    ),
}
# The same as a request to the person.
ENOUGH: Mapping[IdentityMethod, str] = {
    IdentityMethod.CONFIRMED: N_(
        "They confirm by a mail that we send to an address in our register"
    ),
    IdentityMethod.KNOWN_ADDRESS: N_(
        "They write from an address that we have, or we call a number that we have"
    ),
    IdentityMethod.KNOWN_FACTS: N_("They tell something that we know already"),
    IdentityMethod.IN_PERSON: N_("They come to see us"),
    IdentityMethod.STRONG: N_("They use strong electronic identification"),
    IdentityMethod.DOCUMENT_SEEN: N_(
        "They show a document on the spot; only when nothing else will do"
    ),
}
ASKED = N_("The question was sent.")


class IdentityForm(CaseForm):
    method = Choice(
        N_("How do you know who asks?"),
        choices={each.value: labels.METHODS[each] for each in LADDER},
    )
    checked = Lines(
        N_("What did you check? (optional)"),
        description=N_("In a few words. No identity code, no number of a document."),
        default="",
    )
    on = DayField(N_("On which day?"))
    why_sure = Lines(N_("Why are you sure all the same?"), default="")

    def validate_method(self, field: Field) -> None:
        among(field, N_("Choose how you know who asks."))


@blueprint.route("/cases/<reference>/identity", methods=["GET", "POST"])
@least(Role.HANDLER)
def identity(reference: str) -> Response:
    seen, form = look(reference), IdentityForm(request.form)
    attempt = Attempt(
        template="case/identity",
        look=seen,
        form=form,
        values={
            "ladder": LADDER,
            "one_click": not _is_doubtful(seen),
            "mails": _mails(seen),
            "methods": labels.METHODS,
        },
    )
    start(form.on, seen.today)
    if not posted():
        noted = seen.progress.identity
        if noted and noted in LADDER:  # a look must not put another in its place
            form.method.data = noted.value
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    settled = IdentitySettled(
        method=IdentityMethod(form.method.data), on=read_day(form.on.data) or seen.today
    )
    words = {"checked": form.checked.data, "why_sure": form.why_sure.data}
    return attempt.do(ProposedStep(step=settled, words=words))


def _is_doubtful(seen: Look) -> bool:
    """Whether more than a glance is due: somebody doubts, or the person is shielded."""
    opened, progress = seen.opened, seen.progress
    doubted = progress.denied or PauseKind.IDENTITY in progress.open_questions
    return doubted or opened.child or opened.flags.minor or opened.flags.hidden_address


class DoubtForm(QuestionForm):
    """A question who asks, in one of the ways that letters know."""

    doubt = Lines(
        N_("Why is there doubt in this case?"),
        description=N_("The person reads this. Without a reason nothing is asked."),
        default="",
        validators=[required],
    )
    method = Choice(
        N_("What is enough for you?"),
        choices={method.value: label for method, label in ENOUGH.items()},
        default=IdentityMethod.CONFIRMED.value,
    )
    email = Line(
        N_("The e-mail address in your register"),
        description=N_(
            "Not the one that came with the request, unless it stood in the register "
            "before. It is not shown again."
        ),
        default="",
    )
    facts = Line(
        N_("What should they tell that you know already?"),
        description=N_("For example: the month of your last order."),
        default="",
    )
    where = Line(N_("Where and how?"), default="")
    by = DayField(N_("By when should they reply?"))

    def validate_method(self, field: Field) -> None:
        among(field, N_("Choose what is enough for you."))

    def validate_facts(self, field: Field) -> None:
        if self.method.data == IdentityMethod.KNOWN_FACTS and not field.data:
            raise ValidationError(N_("Write what they should tell."))

    def validate_where(self, field: Field) -> None:
        needs = {
            IdentityMethod.IN_PERSON,
            IdentityMethod.STRONG,
            IdentityMethod.DOCUMENT_SEEN,
        }
        if self.method.data in needs and not field.data:
            raise ValidationError(N_("Write where and how."))

    typed = ""  # the address, kept from the page

    @property
    def mails(self) -> bool:
        return bool(self.method.data == IdentityMethod.CONFIRMED)

    def sent_on(self, today: date) -> date:
        return today if self.mails else super().sent_on(today)

    def hide_address(self) -> None:
        self.typed, self.email.data = self.email.data or "", ""

    def check_sending(self) -> None:
        if not self.mails:
            return
        try:
            self.typed = clean.email(self.typed)
        except EmailNotValidError:
            wrong = N_("Write the e-mail address in the form name@example.com.")
            self.refuse("email", wrong)


@blueprint.route("/cases/<reference>/identity/ask", methods=["GET", "POST"])
@least(Role.HANDLER)
def ask_identity(reference: str) -> Response:
    """Ask who asks; the address of a mail is typed as it goes, and never shown."""
    seen, form = look(reference), DoubtForm(request.form)
    form.offer_ways(seen.opened)
    start(form.by, reply_by(seen.progress, seen.today))
    start(form.asked_on, seen.today)
    form.hide_address()
    attempt = Attempt(
        template="case/ask-identity",
        look=seen,
        form=form,
        values={"stops": stops(seen.progress, PauseKind.IDENTITY, seen.today)},
    )

    def acts(mended: Mapping[str, str]) -> list[ProposedStep]:
        on = form.sent_on(seen.today)
        late = excuse(form, seen, PauseKind.IDENTITY, on)
        asked = Asked(
            question=PauseKind.IDENTITY,
            on=on,
            way=Way.EMAIL if form.mails else Way(form.way.data),
            excused=bool(late),
        )
        words = {"doubt": mended.get("why", form.doubt.data), "why_late": late}
        more = {"facts": form.facts.data, "where": form.where.data}
        return [ProposedStep(step=asked, words=words | more)]

    def send_mail(action: Action) -> None:
        if form.mails:
            email_confirmation.ask_by_mail(action, seen.case, form.typed)

    return by_letter(
        attempt,
        lambda: short_letters.identity(
            replace(seen.facts, today=form.sent_on(seen.today)),
            IdentityMethod(form.method.data),
            by=read_day(form.by.data) or seen.today,
            words={name: form[name].data for name in ("doubt", "facts", "where")},
        ),
        acts,
        besides=send_mail,
        told=ASKED,
    )


class MandateForm(CaseForm):
    mandate = Choice(
        N_("By what do they act for the other person?"),
        choices={each.value: label for each, label in labels.MANDATES.items()},
    )
    seen = Lines(
        N_("What did you see?"),
        description=N_(
            "For example: the power of attorney, with its date. Note it; keep no copy."
        ),
        default="",
        validators=[required],
    )
    on = DayField(N_("On which day?"))

    def validate_mandate(self, field: Field) -> None:
        among(field, N_("Choose by what they act."))


@blueprint.route("/cases/<reference>/mandate", methods=["GET", "POST"])
@least(Role.HANDLER)
def mandate(reference: str) -> Response:
    """Who acts for another shows that they may: EDPB 01/2022 ¶80–90."""
    seen, form = look(reference), MandateForm(request.form)
    attempt = Attempt(template="case/mandate", look=seen, form=form)
    start(form.on, seen.today)
    if not posted():
        return attempt.show()
    if not form.validate():
        return attempt.refuse()
    settled = MandateSettled(
        mandate=Mandate(form.mandate.data), on=read_day(form.on.data) or seen.today
    )
    return attempt.do(ProposedStep(step=settled, words={"seen": form.seen.data}))


def _mails(seen: Look) -> list[email_confirmation.Confirmation]:
    with reading(parts().engine) as connection:
        return email_confirmation.confirmations_of(connection, seen.case)
