"""Managing the accounts of staff, which only an operator can do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection

from request_app.auth import absence_rules, account_admin
from request_app.commands.failure import actor, exit_on_failure, fail
from request_app.deadlines import local_day
from request_app.public import services
from request_app.sealing import AccessCode
from request_app.store import absences, accounts, database, queue
from request_app.store.values import Role

ROLES = click.Choice([role.value for role in Role])
DAY = click.DateTime(formats=["%Y-%m-%d"])
CLOSED_TO_DEPUTY = (
    "The deputy cannot open these, which are for named readers. Have the deputy named, "
    "or give them to somebody else:"
)
FIRST_PASSWORD = "password"  # noqa: S105 - the page that sets a password
CODE = """
One-time code: {code}

Give it to {name} in person or by phone. It sets a password and a second factor
within 24 hours, once, on this page: {page}
"""

Result = TypeVar("Result")


@click.group()
def staff() -> None:
    """Open, reset and disable the accounts of the desk."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, required=True, help="What the account may do.")
@click.option("--language", help="Of the desk; without it, that of the notice.")
@with_appcontext
def add(name: str, role: str, language: str | None) -> None:
    """Open an account; print the code with which its owner sets a password."""
    site = services.current().published.edition().content.site
    language = language or site.default_language
    if language not in site.languages:
        fail(f"The desk has no language {language}.")
    with _changing() as connection:
        code = account_admin.add(
            connection,
            name,
            role=Role(role),
            language=language,
            actor=actor(),
            now=services.now(),
        )
    _show(code, name)


@staff.command("reset")
@click.argument("name")
@with_appcontext
def reset(name: str) -> None:
    """Start again for who has lost password or phone; print another code."""
    account, code = _change(name, account_admin.reset)
    _show(code, account.name)


@staff.command("disable")
@click.argument("name")
@with_appcontext
def disable(name: str) -> None:
    """Close an account; its sessions end at once."""
    account, _ = _change(name, account_admin.disable)
    click.echo(f"{account.name} is disabled, and signed out everywhere.")


@staff.command("enable")
@click.argument("name")
@with_appcontext
def enable(name: str) -> None:
    """Open a disabled account again, with its password and second factor."""
    account, _ = _change(name, account_admin.enable)
    click.echo(f"{account.name} may sign in again.")


@staff.command("role")
@click.argument("name")
@click.argument("role", type=ROLES)
@with_appcontext
def change_role(name: str, role: str) -> None:
    """Say what an account may do, from its next page on."""
    account, _ = _change(name, partial(account_admin.change_role, role=Role(role)))
    click.echo(f"{account.name}: {role}")


@staff.command("away")
@click.argument("name")
@click.option("--from", "first", type=DAY, help="First day; without it, today.")
@click.option("--until", "last", type=DAY, required=True, help="Last day of it.")
@click.option("--deputy", help="Who sees to the open requests meanwhile.")
@with_appcontext
def away(name: str, first: datetime | None, last: datetime, deputy: str | None) -> None:
    """Say that somebody is away, and who deputises. Another absence is replaced."""
    with _changing() as connection:
        account = account_admin.find(connection, name)
        absence = absences.Absence(
            account_id=account.id,
            first_day=first.date() if first else local_day(services.now()),
            last_day=last.date(),
            deputy_id=account_admin.find(connection, deputy).id if deputy else None,
        )
        absence_rules.start_absence(
            connection, absence, actor=actor(), now=services.now()
        )
        closed = queue.cases_closed_to_deputy(connection, absence, sees_all=True)
    deputy_name = account_admin.read_name(deputy) if deputy else None
    click.echo(f"{account.name} is {_away(absence, deputy_name)}.")
    if closed:
        click.echo(f"{CLOSED_TO_DEPUTY} {', '.join(closed)}")


@staff.command("back")
@click.argument("name")
@with_appcontext
def back(name: str) -> None:
    """Say that somebody is at work again, or will not be away after all."""
    account, ended = _change(name, absence_rules.end_absence)
    if not ended:
        fail(f"No absence of {account.name} is known.")
    click.echo(f"{account.name} is at work.")


@staff.command("list")
@with_appcontext
def show() -> None:
    """Show every account, how far it has come, and who is away."""
    with exit_on_failure(), database.reading(services.current().engine) as connection:
        absent = absences.lasting_until(connection, local_day(services.now()))
        everyone = accounts.everyone(connection)
    names = {each.id: each.name for each in everyone}
    for account in everyone:
        columns = [account.name, account.role, _state(account)]
        if absence := absent.get(account.id):
            columns.append(_away(absence, names.get(absence.deputy_id or "")))
        click.echo("  ".join(columns))


def _change(
    name: str, change: Callable[..., Result]
) -> tuple[accounts.Account, Result]:
    """Change an account in the name of the operator; return it with the result."""
    with _changing() as connection:
        account = account_admin.find(connection, name)
        return account, change(connection, account, actor=actor(), now=services.now())


@contextmanager
def _changing() -> Iterator[Connection]:
    try:
        with (
            exit_on_failure(),
            database.writing(services.current().engine) as connection,
        ):
            yield connection
    except account_admin.AccountError as error:
        fail(str(error))


def _show(code: AccessCode, name: str) -> None:
    page = (services.current().settings.desk_url or "/desk/") + FIRST_PASSWORD
    click.echo(CODE.format(code=code, name=account_admin.read_name(name), page=page))


def _state(account: accounts.Account) -> str:
    if account.disabled_at:
        return f"disabled {account.disabled_at:%Y-%m-%d}"
    if account.is_enrolled:
        return "signs in"
    if account.one_time_until is None:
        return "no second factor yet"
    return f"one-time code until {account.one_time_until:%Y-%m-%d %H:%M} UTC"


def _away(absence: absences.Absence, deputy: str | None) -> str:
    days = f"away from {absence.first_day} until {absence.last_day}"
    return f"{days}, deputy: {deputy or 'nobody'}"
