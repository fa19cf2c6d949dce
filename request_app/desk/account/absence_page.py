"""The page on which staff enter and end their own absence and name a deputy."""

from collections.abc import Iterable, Mapping
from datetime import date
from http import HTTPStatus

from flask import redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response
from wtforms import Field

from generator.languages import N_
from request_app.auth.absence_rules import AbsenceError, end_absence, start_absence
from request_app.deadlines import local_day
from request_app.desk.account.sign_in_pages import UNPROCESSABLE
from request_app.desk.shell import access, services, session
from request_app.desk.shell.days import DayField, read_day, write_day
from request_app.desk.shell.forms import Filled
from request_app.desk.shell.page import DeskPage, this_page
from request_app.formatting import short_day
from request_app.store import absences, accounts, database, queue
from request_app.store.values import Role
from request_app.web.fields import Choice, among

NOBODY = "nobody"
LEFT = N_("Your absence was saved.")
BACK = N_("Your absence has been removed.")
AWAY = N_("away")


class AbsenceForm(Filled):
    first = DayField(
        N_("From"), description=N_("Your first day away, for example 21.12.2026.")
    )
    last = DayField(N_("Until"), description=N_("Your last day away."))
    deputy = Choice(
        N_("Deputy"),
        description=N_(
            "Your open requests appear among your deputy’s own. A request for named "
            "readers opens to your deputy only if they are named too."
        ),
    )

    def validate_deputy(self, field: Field) -> None:
        among(field, N_("Choose a deputy, or nobody."))

    def take(self, absence: absences.Absence) -> None:
        """Fill the form with the absence that is stored."""
        self.first.data = write_day(absence.first_day)
        self.last.data = write_day(absence.last_day)
        self.deputy.data = absence.deputy_id or NOBODY

    @property
    def days(self) -> tuple[date, date] | None:
        first, last = read_day(self.first.data), read_day(self.last.data)
        return (first, last) if first and last else None


@access.blueprint.route("/account/away", methods=["GET", "POST"])
@access.least(Role.HANDLER)
def away() -> Response:
    """Enter one’s own absence; the audit trail records who deputised."""
    form, page, own = AbsenceForm(request.form), this_page(), session.this_account()
    with database.reading(services.current().engine) as connection:
        absent = absences.lasting_until(connection, local_day(services.now()))
        others = [e for e in accounts.handlers(connection) if e.id != own.id]
    form.deputy.choices = {NOBODY: N_("Nobody")} | names_of(others, absent, page)
    if request.method == "GET":
        if own.id in absent:
            form.take(absent[own.id])
        return page.answer("account/away", form=form)
    if not (form.validate() and form.days and _left(form, form.days, page)):
        return page.answer("account/away", UNPROCESSABLE, form=form)
    session.flash(page.gettext(LEFT))
    return _own_page()


@access.blueprint.post("/account/back")
@access.least(Role.VIEWER)
def back() -> Response:
    with database.writing(services.current().engine) as connection:
        end_absence(
            connection,
            session.this_account(),
            actor=session.actor(),
            now=services.now(),
        )
    session.flash(this_page().gettext(BACK))
    return _own_page()


def absence_on_page(connection: Connection) -> Mapping[str, object]:
    """For the account page: one’s own absence, and whom one deputises for."""
    today, own = local_day(services.now()), session.this_account()
    absent = absences.lasting_until(connection, today)
    absence = absent.get(own.id)
    return {
        "absence": absence,
        "is_away": absence and absence.covers(today),
        "shut": absence
        and queue.cases_closed_to_deputy(
            connection, absence, sees_all=session.may(Role.ADMIN)
        ),
        "replaced": [each for each in absent.values() if each.deputy_id == own.id],
        "names": {each.id: each.name for each in accounts.everyone(connection)},
    }


def names_of(
    several: Iterable[accounts.Account],
    absent: Mapping[str, absences.Absence],
    page: DeskPage,
) -> dict[str, str]:
    """Names to choose from, with the days of any present or coming absence."""
    return {
        each.id: f"{each.name} ({_days(absent[each.id], page)})"
        if each.id in absent
        else each.name
        for each in several
    }


def _days(absence: absences.Absence, page: DeskPage) -> str:
    first, last = (
        short_day(day, language=page.language)
        for day in (absence.first_day, absence.last_day)
    )
    return f"{page.gettext(AWAY)} {first} – {last}"


def _left(form: AbsenceForm, days: tuple[date, date], page: DeskPage) -> bool:
    """Save the absence, or put the reason at its field why it cannot be saved."""
    absence = absences.Absence(
        account_id=session.this_account().id,
        first_day=days[0],
        last_day=days[1],
        deputy_id=None if form.deputy.data == NOBODY else form.deputy.data,
    )
    try:
        with database.writing(services.current().engine) as connection:
            start_absence(
                connection, absence, actor=session.actor(), now=services.now()
            )
    except AbsenceError as error:
        names = {
            name: short_day(value, language=page.language)
            if isinstance(value, date)
            else value
            for name, value in error.values.items()
        }
        form.refuse(error.about, page.gettext(error.sentence) % names)
        return False
    return True


def _own_page() -> Response:
    return redirect(url_for("desk.own_account"), HTTPStatus.SEE_OTHER)
