"""The page on which an e-mail’s reader confirms or denies that the request is theirs.

It shows nothing of the request, and opening it has no effect, because virus scanners
open the links in e-mails.
"""

from http import HTTPStatus

from flask import Response, request

from request_app.cases.action import PERSON
from request_app.cases.identity import email_confirmation
from request_app.public import form_pages, services, submit
from request_app.public.page import FormPage, this_page
from request_app.store.database import reading

YES, NO = "yes", "no"


@form_pages.blueprint.route(
    "/identity/<string(length=32):mail_id>/", methods=["GET", "POST"]
)
@form_pages.blueprint.route(
    "/<string(length=2):language>/identity/<string(length=32):mail_id>/",
    methods=["GET", "POST"],
)
def settle_identity(mail_id: str) -> Response:
    """Ask whether the request is theirs, and record the answer."""
    page, answer = this_page(), request.form.get("go")
    try:
        with submit.keeping():
            if answer in {YES, NO}:
                return _shown(page, _settled(mail_id, answer))
            with reading(services.current().engine) as connection:
                known = email_confirmation.is_asked(connection, mail_id)
    except submit.ClosedError as error:
        closed = HTTPStatus.SERVICE_UNAVAILABLE
        return form_pages.later(page.answer("identity", closed, stage="closed"), error)
    return page.answer("identity", stage="ask") if known else _shown(page, None)


def _settled(mail_id: str, answer: str) -> email_confirmation.ConfirmationAnswer | None:
    services.current().sealing_key()  # nothing is taken where nothing could be kept
    with services.current().writing(PERSON) as action:
        if answer == YES:
            return email_confirmation.confirm_identity(action, mail_id)
        return email_confirmation.deny_identity(action, mail_id)


def _shown(
    page: FormPage, outcome: email_confirmation.ConfirmationAnswer | None
) -> Response:
    if outcome is None:
        return page.answer("identity", HTTPStatus.NOT_FOUND, stage="unknown")
    return page.answer("identity", stage=outcome.value)
