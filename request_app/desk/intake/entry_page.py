"""The page on which staff enter a request that came by letter, phone or e-mail.

The receipt is the direct response to the form: its access code is shown only once and
has no URL. Sending the same form again returns the same receipt.
"""

from http import HTTPStatus

from flask import Response, request
from sqlalchemy import Connection

from request_app.cases.intake import manual_entry, related_requests
from request_app.cases.intake.submission import Receipt
from request_app.deadlines import explain, local_day, time_limits
from request_app.desk.intake.entry_form import EntryForm
from request_app.desk.queue.lookup import address_of, readable
from request_app.desk.shell import access, days, services, transactions
from request_app.desk.shell.page import DeskPage, this_page
from request_app.outbox import mails, printed_letters
from request_app.store import accounts, cases, database, links
from request_app.store.values import Role
from request_app.web import clean, stamps

AS_IT_IS = "as-it-is"  # with what looks like an identity code
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@access.blueprint.route("/enter", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def enter_request() -> Response:
    page, form = this_page(), _form()
    if request.method == "GET":
        return _answer(page, form)
    if request.form.get("go") == "add":
        if len(form.items) < form.items.max_entries:
            form.items.append_entry()
        return _answer(page, form)
    stamp = stamps.read(form.stamp.data, secret=services.current().secret)
    if not form.check(local_day(services.now())):
        return _answer(page, form, UNPROCESSABLE)
    if form.has_identity_code and request.form.get("go") != AS_IT_IS:
        return _answer(page, form, UNPROCESSABLE, asks_code=True)
    if stamp is None:  # our secret has changed since: once more, with a new one
        _put_stamp(form)
        return _answer(page, form, UNPROCESSABLE, stamped_again=True)
    return _file(page, form, stamp.nonce)


def others_of(connection: Connection, case: cases.Case) -> list[cases.Case]:
    """Other requests of the person that the signed-in account may know of."""
    former = cases.by_id(connection, case.former_id) if case.former_id else None
    found = [*([former] if former else []), *links.of_case(connection, case.id)]
    return [each for each in dict.fromkeys(found) if readable(connection, each)]


def _file(page: DeskPage, form: EntryForm, nonce: bytes) -> Response:
    entry, notice = form.entry(), services.current().published.edition().notice
    person = entry.submission.parts["person"]
    with transactions.writing() as action:
        receipt, case = manual_entry.enter(action, entry, nonce, notice=notice)
        related_requests.note(action, case, person, secret=services.current().secret)
        others = others_of(action.connection, case)
        opens = readable(action.connection, case)
    limits = time_limits(
        receipt.received_at, working_eves=services.current().settings.working_eves
    )
    return page.answer(
        "intake/entered",
        receipt=receipt,
        case=case,
        working=explain(limits, gettext=page.gettext, show=page.day),
        letter=_letter(receipt, entry),
        letter_language=entry.submission.language,
        person=person,
        hidden_address=entry.flags.hidden_address,
        others=[(each.reference, address_of(each.reference)) for each in others],
        address=address_of(case.reference) if opens else None,
    )


def _letter(receipt: Receipt, entry: manual_entry.Entry) -> str:
    """The receipt as a letter; a secret address is never printed."""
    settings, submission = services.current().settings, entry.submission
    person = submission.parts["person"]
    post = "" if entry.flags.hidden_address else str(person.get("post", ""))
    return printed_letters.received(
        receipt,
        submission.rights,
        printed_letters.PostalAddressee(
            str(person.get("name", "")), post, submission.language
        ),
        sender=mails.MailSender(
            content=services.current().published.edition().content,
            address=settings.mail_from,
            form_url=settings.form_url,
        ),
        working_eves=settings.working_eves,
        written_on=local_day(services.now()),
    )


def _form() -> EntryForm:
    page = this_page()
    form = EntryForm(clean.readable(request.form) if request.method == "POST" else None)
    with database.reading(services.current().engine) as connection:
        staff = [
            each for each in accounts.everyone(connection) if each.disabled_at is None
        ]
    form.offer(page.content, page.language, staff)
    if request.method == "GET":
        form.received.data = days.write_day(local_day(services.now()))
        _put_stamp(form)
    return form


def _put_stamp(form: EntryForm) -> None:
    stamp = stamps.new_stamp(services.now())
    form.stamp.data = stamps.sign(stamp, secret=services.current().secret)


def _answer(
    page: DeskPage,
    form: EntryForm,
    status: int = HTTPStatus.OK,
    *,
    stamped_again: bool = False,
    asks_code: bool = False,
) -> Response:
    return page.answer(
        "intake/enter",
        status,
        form=form,
        stamped_again=stamped_again,
        asks_code=asks_code,
    )
