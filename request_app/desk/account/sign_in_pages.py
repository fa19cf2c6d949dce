"""The pages for signing in and out: password, second factor, first password."""

from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.languages import N_
from request_app.auth import authentication, passwords, totp
from request_app.auth.visits import Visit
from request_app.desk.shell import access, forms, services, session
from request_app.desk.shell.page import this_page
from request_app.desk.shell.redirect import go
from request_app.desk.shell.user_agents import browser_of
from request_app.sealing import places, seal, unseal
from request_app.store import accounts, database
from request_app.store.values import Role

NEW_SECRET = "totp"  # noqa: S105 - the note that holds it, sealed
FEW_CODES = 3
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
CLEAR = '"cache", "cookies", "storage"'

WRONG = N_("The user name or the password is wrong.")
WRONG_ONE_TIME = N_(
    "The user name or the code is wrong, or the code has been used or is too old."
)
WRONG_CODE = N_("The code is wrong, or it has been used. Wait for the next one.")
WRONG_PASSWORD = N_("The password is wrong.")


@access.blueprint.route("/sign-in", methods=["GET", "POST"])
@access.anyone
def sign_in() -> AnyResponse:
    visit = session.this_session().visit
    if visit and visit.is_signed_in:
        return go(_next())
    form = forms.SignIn(request.form)
    if request.method == "GET":
        return this_page().answer("account/sign-in", form=form, next=_next())
    begun = authentication.sign_in(
        services.current().engine,
        form.name.data,
        form.password.data,
        caller(),
        next_=_next(),
    )
    if begun is None:
        form.refuse("name", WRONG)
        return this_page().answer(
            "account/sign-in", UNPROCESSABLE, form=form, next=_next()
        )
    session.this_session().start(begun)
    return _to_second_factor(begun.visit)


@access.blueprint.route("/password", methods=["GET", "POST"])
@access.anyone
def first_password() -> AnyResponse:
    """Set a password with the one-time code of an administrator."""
    form = forms.FirstPassword(request.form)
    if request.method == "GET":
        return this_page().answer("account/first-password", form=form)
    form.validate()
    check_strength(form, form.name.data)
    begun = None
    if not list(form.faults):
        begun = authentication.set_first_password(
            services.current().engine,
            form.name.data,
            form.code.data,
            form.password.data,
            caller(),
        )
        if begun is None:
            form.refuse("code", WRONG_ONE_TIME)
    if begun is None:
        return this_page().answer("account/first-password", UNPROCESSABLE, form=form)
    session.this_session().start(begun)
    return _to_second_factor(begun.visit)


@access.blueprint.route("/second-factor", methods=["GET", "POST"])
@access.anyone
def second_factor() -> AnyResponse:
    visit = session.this_session().visit
    if visit is None or visit.is_signed_in or not visit.account.is_enrolled:
        return redirect(url_for("desk.sign_in"), HTTPStatus.SEE_OTHER)
    form = forms.AppCode(request.form)
    if request.method == "GET":
        return this_page().answer("account/second-factor", form=form)
    entered = authentication.give_second_factor(
        services.current().engine, visit, form.code.data, caller(), keys()
    )
    if entered is None:
        form.refuse("code", WRONG_CODE)
        return this_page().answer("account/second-factor", UNPROCESSABLE, form=form)
    session.this_session().start(entered.new_visit)
    if not entered.by_app:
        _warn_of_few_codes(entered.new_visit.visit)
    return go(session.this_session().pop("next", ""))


@access.blueprint.route("/authenticator", methods=["GET", "POST"])
@access.anyone
def enrol() -> AnyResponse:
    """Enrol an authenticator app, then show the recovery codes."""
    visit, secret = session.this_session().visit, new_secret()
    if visit is None or secret is None:
        return redirect(url_for("desk.sign_in"), HTTPStatus.SEE_OTHER)
    form = forms.AppCode(request.form)
    if request.method == "GET":
        return _enrol_page(form, visit, secret)
    enrolled = authentication.enrol(
        services.current().engine,
        visit,
        authentication.FirstCode(secret, form.code.data),
        caller(),
        keys(),
    )
    if enrolled is None:
        form.refuse("code", WRONG_CODE)
        return _enrol_page(form, visit, secret, UNPROCESSABLE)
    session.this_session().start(enrolled.new_visit)
    session.this_session().pop(NEW_SECRET)
    next_ = session.this_session().pop("next", "") or url_for("desk.start")
    return this_page().answer(
        "account/recovery-codes", codes=enrolled.codes, next=next_
    )


@access.blueprint.post("/sign-out")
@access.anyone
def sign_out() -> Response:
    if visit := session.this_session().visit:
        authentication.sign_out(services.current().engine, visit, now=services.now())
    page = this_page()
    session.this_session().end()
    response = page.answer("account/signed-out")
    response.headers["Clear-Site-Data"] = CLEAR
    return response


@access.blueprint.route("/prove", methods=["GET", "POST"])
@access.least(Role.VIEWER)
def prove() -> AnyResponse:
    """Ask for the password again before a sensitive action."""
    form = forms.Proof(request.form)
    if request.method == "GET":
        return this_page().answer("account/prove", form=form, next=_next())
    begun = authentication.confirm_password(
        services.current().engine, session.this_visit(), form.password.data, caller()
    )
    if begun:
        session.this_session().start(begun)
        return go(_next())
    form.refuse("password", WRONG_PASSWORD)
    return this_page().answer("account/prove", UNPROCESSABLE, form=form, next=_next())


def caller() -> authentication.Caller:
    return authentication.Caller(
        address=request.remote_addr or "",
        browser=browser_of(request.user_agent.string),
        now=services.now(),
        secret=services.current().secret,
    )


def keys() -> authentication.Keys:
    return authentication.Keys(
        services.current().sealing_key(), services.current().keyring()
    )


def check_strength(form: forms.NewPassword, name: str) -> None:
    """Refuse passwords made of names that an outsider knows."""
    controller = this_page().content.organisation.controller
    context = ["Seloste", name, controller.name, controller.trade_name or ""]
    if fault := passwords.weakness_of(form.password.data, context=context):
        form.refuse("password", fault)


def note_new_secret(visit: Visit) -> None:
    """Make a secret and keep it sealed in the session until a code confirms it."""
    place = places.totp_secret(visit.account.id)
    secret = totp.new_secret().encode()
    sealed = seal(secret, key=services.current().sealing_key(), place=place)
    session.this_session()[NEW_SECRET] = sealed.hex()


def new_secret() -> str | None:
    """The new secret that has not been confirmed by a code yet."""
    visit, noted = session.this_session().visit, session.this_session().get(NEW_SECRET)
    if visit is None or noted is None:
        return None
    if visit.account.is_enrolled and not visit.is_signed_in:
        return None
    place = places.totp_secret(visit.account.id)
    return unseal(
        bytes.fromhex(noted), ring=services.current().keyring(), place=place
    ).decode()


def _to_second_factor(visit: Visit) -> AnyResponse:
    if visit.account.is_enrolled:
        address = url_for("desk.second_factor")
    else:
        note_new_secret(visit)
        address = url_for("desk.enrol")
    return redirect(address, HTTPStatus.SEE_OTHER)


def _enrol_page(
    form: forms.AppCode, visit: Visit, secret: str, status: int = HTTPStatus.OK
) -> Response:
    page = this_page()
    controller = page.content.organisation.controller
    organisation = controller.trade_name or controller.name
    address = totp.address(secret, visit.account.name, organisation)
    return page.answer(
        "account/enrol",
        status,
        form=form,
        picture=totp.picture(address, page.gettext(N_("QR code for the app"))),
        secret=totp.grouped(secret),
    )


def _warn_of_few_codes(visit: Visit) -> None:
    with database.reading(services.current().engine) as connection:
        left = accounts.recovery_codes_left(connection, visit.account.id)
    if left <= FEW_CODES:
        few = N_("You have few recovery codes left. Make new ones on this page.")
        session.flash(this_page().gettext(few))
        session.this_session()["next"] = url_for("desk.own_account")


def _next() -> str:
    return access.local(request.values.get("next"))
