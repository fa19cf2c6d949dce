"""The pages for verifying the requester’s identity and a mandate.

Staff ask for no more than they need, and often for nothing: GDPR Art. 12(6), EDPB
01/2022 ¶58–79. They note that they saw a document; they never ask for a copy.
"""

from collections.abc import Mapping
from datetime import date

from email_validator import EmailNotValidError
from werkzeug.wrappers import Response
from wtforms import Field, ValidationError

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.identity import email_confirmation
from request_app.cases.letters import parts, short_letters
from request_app.cases.steps.facts import IdentityMethod, Mandate
from request_app.cases.steps.questions import Asked
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentitySettled, MandateSettled
from request_app.deadlines import PauseKind
from request_app.desk.case import case_view, letter_step
from request_app.desk.case.step_page import StepForm, step_page
from request_app.desk.identity.question_pages import QuestionForm
from request_app.desk.shell import access, days, labels, services
from request_app.desk.shell.case_form import required
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


class IdentityForm(StepForm):
    method = Choice(
        N_("How do you know who asks?"),
        choices={each.value: labels.METHODS[each] for each in LADDER},
    )
    checked = Lines(
        N_("What did you check? (optional)"),
        description=N_("In a few words. No identity code, no number of a document."),
    )
    on = days.DayField(N_("On which day?"))
    why_sure = Lines(N_("Why are you sure all the same?"))

    def offer(self) -> None:
        days.start(self.on, self.view.today)

    def begin(self) -> None:
        noted = self.view.progress.identity
        if noted and noted in LADDER:  # a look must not put another in its place
            self.method.data = noted.value

    def values(self) -> dict[str, object]:
        with reading(services.current().engine) as connection:
            mails = email_confirmation.confirmations_of(connection, self.view.case)
        return {
            "ladder": LADDER,
            "one_click": not _is_doubtful(self.view),
            "mails": mails,
            "methods": labels.METHODS,
        }

    def validate_method(self, field: Field) -> None:
        among(field, N_("Choose how you know who asks."))


@step_page("identity", IdentityForm, "identity/identity")
def identity(form: IdentityForm) -> ProposedStep:
    settled = IdentitySettled(
        method=IdentityMethod(form.method.data),
        on=days.read_day(form.on.data) or form.view.today,
    )
    words = {"checked": form.checked.data, "why_sure": form.why_sure.data}
    return ProposedStep(step=settled, words=words)


def _is_doubtful(view: case_view.CaseView) -> bool:
    """Whether identity needs more care: it was denied, or the person is protected."""
    opened, progress = view.opened, view.progress
    doubted = progress.denied or PauseKind.IDENTITY in progress.open_questions
    return doubted or opened.child or opened.flags.minor or opened.flags.hidden_address


class DoubtForm(QuestionForm):
    """The question that asks the requester to verify their identity."""

    doubt = Lines(
        N_("Why is there doubt in this case?"),
        description=N_("The person reads this. Without a reason nothing is asked."),
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
    )
    facts = Line(
        N_("What should they tell that you know already?"),
        description=N_("For example: the month of your last order."),
    )
    where = Line(N_("Where and how?"))
    by = days.DayField(N_("By when should they reply?"))

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

    def offer(self) -> None:
        super().offer()
        self.typed, self.email.data = self.email.data or "", ""

    def values(self) -> dict[str, object]:
        return {"stops": self.stops_time(PauseKind.IDENTITY, self.view.today)}

    def letter(self) -> parts.Letter:
        return short_letters.identity(
            self.facts_when_sent,
            IdentityMethod(self.method.data),
            by=self.reply_by,
            words={name: self[name].data for name in ("doubt", "facts", "where")},
        )

    def proposed_steps(self, edited: Mapping[str, str]) -> list[ProposedStep]:
        on = self.sent_on(self.view.today)
        late = self.excuse(PauseKind.IDENTITY, on)
        asked = Asked(
            question=PauseKind.IDENTITY,
            on=on,
            way=Way.EMAIL if self.mails else Way(self.way.data),
            excused=bool(late),
        )
        words = {"doubt": edited.get("why", self.doubt.data), "why_late": late}
        more = {"facts": self.facts.data, "where": self.where.data}
        return [ProposedStep(step=asked, words=words | more)]

    def check_sending(self) -> None:
        if not self.mails:
            return
        try:
            self.typed = clean.email(self.typed)
        except EmailNotValidError:
            wrong = N_("Write the e-mail address in the form name@example.com.")
            self.refuse("email", wrong)

    def send_also(self, action: Action) -> None:
        if self.mails:
            email_confirmation.ask_by_mail(action, self.view.case, self.typed)


@access.blueprint.route("/cases/<reference>/identity/ask", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def ask_identity(reference: str) -> Response:
    """Ask to verify identity; an e-mail address is typed to send and never shown."""
    form = DoubtForm.of(case_view.open_case_view(reference))
    return letter_step.send_with_letter(form, "identity/ask-identity")


class MandateForm(StepForm):
    title = N_("May they act for the other person?")

    mandate = Choice(
        N_("By what do they act for the other person?"),
        choices={each.value: label for each, label in labels.MANDATES.items()},
    )
    seen = Lines(
        N_("What did you see?"),
        description=N_(
            "For example: the power of attorney, with its date. Note it; keep no copy."
        ),
        validators=[required],
    )
    on = days.DayField(N_("On which day?"))

    def offer(self) -> None:
        days.start(self.on, self.view.today)

    def validate_mandate(self, field: Field) -> None:
        among(field, N_("Choose by what they act."))


@step_page("mandate", MandateForm, "identity/mandate")
def mandate(form: MandateForm) -> ProposedStep:
    """Record how a representative proved their mandate: EDPB 01/2022 ¶80–90."""
    settled = MandateSettled(
        mandate=Mandate(form.mandate.data),
        on=days.read_day(form.on.data) or form.view.today,
    )
    return ProposedStep(step=settled, words={"seen": form.seen.data})
