"""The account page: one’s sessions, password, second factor and language."""

from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.languages import N_
from request_app.auth import authentication
from request_app.desk.account import sign_in_pages
from request_app.desk.account.absence_page import absence_on_page
from request_app.desk.queue.lookup import address_of
from request_app.desk.shell import access, services, session
from request_app.desk.shell.forms import OtherPassword
from request_app.desk.shell.page import this_page
from request_app.desk.shell.redirect import go
from request_app.store import accounts, database, sessions
from request_app.store.values import Role

SAVED = N_("The password was changed. Your other sessions have ended.")
ENDED = N_("The session has ended.")


@access.blueprint.get("/account")
@access.least(Role.VIEWER)
def own_account() -> Response:
    visit = session.this_visit()
    with database.reading(services.current().engine) as connection:
        mine = sessions.of_account(connection, visit.account.id)
        left = accounts.recovery_codes_left(connection, visit.account.id)
        absence = absence_on_page(connection)
    return this_page().answer(
        "account/account",
        sessions=mine,
        own=visit.session.id,
        codes_left=left,
        address_of=address_of,
        **absence,
    )


@access.blueprint.post("/account/sessions/<string(length=32):session_id>/end")
@access.least(Role.VIEWER)
def end_session(session_id: str) -> AnyResponse:
    if authentication.end_session(
        services.current().engine, session.this_visit(), session_id, now=services.now()
    ):
        session.flash(this_page().gettext(ENDED))
    return _back()


@access.blueprint.route("/account/password", methods=["GET", "POST"])
@access.least(Role.VIEWER)
def other_password() -> AnyResponse:
    form, visit = OtherPassword(request.form), session.this_visit()
    if request.method == "GET":
        return this_page().answer("account/other-password", form=form)
    form.validate()
    sign_in_pages.check_strength(form, visit.account.name)
    begun = None
    if not list(form.faults):
        begun = authentication.confirm_password(
            services.current().engine, visit, form.present.data, sign_in_pages.caller()
        )
        if begun is None:
            form.refuse("present", sign_in_pages.WRONG_PASSWORD)
    if begun is None:
        return this_page().answer(
            "account/other-password", sign_in_pages.UNPROCESSABLE, form=form
        )
    session.this_session().start(begun)
    authentication.change_password(
        services.current().engine,
        begun.visit,
        form.password.data,
        sign_in_pages.caller(),
    )
    session.flash(this_page().gettext(SAVED))
    return _back()


@access.blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@access.least(Role.VIEWER, proved=True)
def recovery_codes() -> Response:
    """Make new recovery codes, show them once, and revoke the former ones."""
    if request.method == "GET":
        return this_page().answer("account/new-recovery-codes")
    codes = authentication.renew_recovery_codes(
        services.current().engine, session.this_visit(), now=services.now()
    )
    account = url_for("desk.own_account")
    return this_page().answer("account/recovery-codes", codes=codes, next=account)


@access.blueprint.route("/account/authenticator", methods=["GET", "POST"])
@access.least(Role.VIEWER, proved=True)
def other_authenticator() -> AnyResponse:
    """Enrol another phone; the present one works until the new one is confirmed."""
    if request.method == "GET":
        return this_page().answer("account/other-authenticator")
    sign_in_pages.note_new_secret(session.this_visit())
    return redirect(url_for("desk.enrol"), HTTPStatus.SEE_OTHER)


@access.blueprint.post("/account/language")
@access.least(Role.VIEWER)
def language() -> AnyResponse:
    chosen = request.form.get("language")
    if chosen in this_page().content.site.languages:
        with database.writing(services.current().engine) as connection:
            accounts.change(connection, session.this_account().id, language=chosen)
    return go(request.form.get("next", ""))


def _back() -> AnyResponse:
    return redirect(url_for("desk.own_account"), HTTPStatus.SEE_OTHER)
