"""The form for the channel of an answer, used to send it and to send it again."""

from datetime import date

from email_validator import EmailNotValidError
from flask import Response
from wtforms import BooleanField

from generator.languages import N_
from request_app.cases.delivery import channels, delivery_code
from request_app.cases.lifecycle.opened_case import Opened
from request_app.deadlines import local_day
from request_app.desk.case.case_view import CaseView
from request_app.desk.shell import days, labels, services
from request_app.desk.shell.case_form import CaseForm
from request_app.desk.shell.page import this_page
from request_app.outbox import mails, printed_letters
from request_app.web import clean
from request_app.web.fields import Choice, Line, Lines

OF_REQUEST, OTHER = "request", "other"

NO_DAY = N_("Write the day in the form 20.11.2026.")
NO_MEANS = N_("Choose how the answer goes.")
NO_ADDRESS = N_("Write the e-mail address in the form name@example.com.")


class MeansForm(CaseForm):
    """By which means the answer is sent, and to which address."""

    means = Choice(
        N_("How does the answer go?"),
        description=N_(
            "With a code the person opens the answer on our site. A code by e-mail "
            "opens it only together with the access code."
        ),
        choices=labels.MEANS,
        default="",
    )
    address = Choice(N_("To which e-mail address?"), default=OTHER)
    email = Line(N_("The e-mail address that we had already"))
    to = Lines(
        N_("Name and address on the letter"),
        description=N_("As it stands in our own records."),
    )
    on = Line(N_("On which day is it posted, handed over or read out?"))
    to_represented = BooleanField(
        N_("The answer goes to the person whose data they are, not to who asked.")
    )

    def offer(self, view: CaseView) -> None:
        of_request = {OF_REQUEST: view.opened.email} if view.opened.email else {}
        self.address.choices = {**of_request, OTHER: N_("Another address")}

    def begin(self, view: CaseView) -> None:
        self.on.data = days.write_day(view.today)
        self.to.data = channels.default_to(view.opened)
        self.address.data = OF_REQUEST if view.opened.email else OTHER

    def check_means(self) -> None:
        """Check what can be checked without the case."""
        if self.means.data not in labels.MEANS:
            self.refuse("means", NO_MEANS)
            return
        if self.means.data == channels.Means.EMAIL and self.address.data != OF_REQUEST:
            try:
                self.email.data = clean.email(self.email.data)
            except EmailNotValidError:
                self.refuse("email", NO_ADDRESS)
        if (
            channels.Means(self.means.data) in channels.WHOLE
            and days.read_day(self.on.data) is None
        ):
            self.refuse("on", NO_DAY)

    def sending(self, opened: Opened, today: date) -> channels.Sending:
        of_request = self.address.data == OF_REQUEST and opened.email
        means = channels.Means(self.means.data)
        return channels.Sending(
            means=means,
            on=(days.read_day(self.on.data) if means in channels.WHOLE else None)
            or today,
            email=str(opened.email) if of_request else self.email.data,
            to=self.to.data,
            to_represented=bool(self.to_represented.data),
        )


def code_page(
    view: CaseView, new_code: delivery_code.DeliveryCode, sending: channels.Sending
) -> Response:
    """The page that shows the delivery code once, with the letter that carries it.

    It is the direct response to the form: the code has no URL and is not stored.
    """
    opened, settings = view.opened, services.current().settings
    hidden = opened.flags.hidden_address
    to = channels.printed_address(
        opened, sending.to, represented=sending.to_represented
    )
    name, _, post = to.partition("\n")
    sender = mails.MailSender(
        content=services.current().published.edition().content,
        address=settings.mail_from,
        form_url=settings.form_url,
    )
    letter = printed_letters.delivery_code(
        view.case,
        new_code.code,
        printed_letters.PostalAddressee(name, post, view.facts.language),
        sender=sender,
        written_on=local_day(services.now()),
    )
    return this_page().answer(
        "answer/code",
        view=view,
        code=str(new_code.code),
        way=new_code.delivery.way.value,
        hidden=hidden,
        posted=sending.means in channels.POSTED,
        letter=letter,
        letter_language=sender.language(view.facts.language),
    )
