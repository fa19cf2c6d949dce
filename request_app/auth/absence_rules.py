"""Rules of absences: a deputy gets no access that the deputy did not have before.

A deputy may do what every handler may, and sees the cases of the absent handler. Only
the list of readers decides who may open a restricted case (GDPR Art. 32(1)(b)).
"""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection

from generator.languages import N_
from request_app.auth.account_admin import AccountError
from request_app.deadlines import local_day
from request_app.store import absences, accounts, audit

LAST, DEPUTY = "last", "deputy"  # the field with the fault


class AbsenceError(AccountError):
    """An absence that is not possible: the reason, a sentence with its values."""

    def __init__(self, about: str, sentence: str, **values: str | date) -> None:
        super().__init__(sentence % values)
        self.about = about
        self.sentence = sentence
        self.values = values


def start_absence(
    connection: Connection, absence: absences.Absence, *, actor: str, now: datetime
) -> None:
    """Record an absence, in place of the account's earlier one."""
    for fault in _faults(connection, absence, today=local_day(now)):
        raise fault
    absences.put(connection, absence)
    facts = {
        "account": _name(connection, absence.account_id),
        "from": absence.first_day.isoformat(),
        "until": absence.last_day.isoformat(),
    }
    if absence.deputy_id:
        facts["deputy"] = _name(connection, absence.deputy_id)
    audit.append(connection, at=now, actor=actor, action="staff.away", facts=facts)


def end_absence(
    connection: Connection, account: accounts.Account, *, actor: str, now: datetime
) -> bool:
    """End an absence, or cancel a future one; tell whether there was one."""
    if not absences.delete(connection, account.id):
        return False
    facts = {"account": account.name}
    audit.append(connection, at=now, actor=actor, action="staff.back", facts=facts)
    return True


def _faults(
    connection: Connection, absence: absences.Absence, *, today: date
) -> Iterator[AbsenceError]:
    if absence.last_day < absence.first_day:
        yield AbsenceError(
            LAST, N_("The last day is before the first one. Check both days.")
        )
    if absence.last_day < today:
        yield AbsenceError(
            LAST, N_("That day is over. Write a last day that is today or later.")
        )
    if absence.deputy_id:
        yield from _faults_of_deputy(connection, absence, absence.deputy_id)


def _faults_of_deputy(
    connection: Connection, absence: absences.Absence, deputy_id: str
) -> Iterator[AbsenceError]:
    name = _name(connection, deputy_id)
    if deputy_id == absence.account_id:
        yield AbsenceError(
            DEPUTY,
            N_("Nobody deputises for themselves. Choose a colleague, or nobody."),
        )
    if deputy_id not in {each.id for each in accounts.handlers(connection)}:
        yield AbsenceError(
            DEPUTY,
            N_(
                "This account cannot answer requests: %(deputy)s. "
                "Choose a case handler whose account is open."
            ),
            deputy=name,
        )
    other = absences.lasting_until(connection, absence.first_day).get(deputy_id)
    if other and other.overlaps(absence):
        yield AbsenceError(
            DEPUTY,
            N_(
                "The deputy is away then too: %(deputy)s, %(first)s – %(last)s. "
                "Choose another one, or nobody."
            ),
            deputy=name,
            first=other.first_day,
            last=other.last_day,
        )


def _name(connection: Connection, account_id: str) -> str:
    account = accounts.by_id(connection, account_id)
    return account.name if account else account_id
