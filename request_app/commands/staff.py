"""Accounts of staff: only who runs the programs gives them; there is none at first."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection

from request_app.auth import absences, accounts
from request_app.auth.accounts import AccountError
from request_app.commands.sentences import fail, in_sentences
from request_app.deadlines import local_day
from request_app.public.services import now, parts
from request_app.sealing import AccessCode
from request_app.store import accounts as store
from request_app.store import queue
from request_app.store.absences import Absence
from request_app.store.absences import everyone as absences_of_everyone
from request_app.store.accounts import Account
from request_app.store.database import reading, writing
from request_app.store.values import Role

ROLES = click.Choice([role.value for role in Role])
DAY = click.DateTime(formats=["%Y-%m-%d"])
SHUT = (
    "The deputy cannot open these, which are for named readers. Have the deputy named, "
    "or give them to somebody else:"
)
FIRST_PASSWORD = "password"  # noqa: S105 - the page where a password is set
CODE = """
One-time code: {code}

Give it to {name} in person or by phone. It sets a password and a second factor
within 24 hours, once, on this page: {page}
"""

Told = TypeVar("Told")


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
    site = parts().published.edition().content.site
    language = language or site.default_language
    if language not in site.languages:
        fail(f"The desk has no language {language}.")
    with _changing() as connection:
        code = accounts.add(
            connection,
            name,
            role=Role(role),
            language=language,
            actor=_actor(),
            now=now(),
        )
    _show(code, name)


@staff.command("reset")
@click.argument("name")
@with_appcontext
def reset(name: str) -> None:
    """Start again for who has lost password or phone; print another code."""
    account, code = _change(name, accounts.reset)
    _show(code, account.name)


@staff.command("disable")
@click.argument("name")
@with_appcontext
def disable(name: str) -> None:
    """Close an account; its sessions end at once."""
    account, _ = _change(name, accounts.disable)
    click.echo(f"{account.name} is disabled, and signed out everywhere.")


@staff.command("enable")
@click.argument("name")
@with_appcontext
def enable(name: str) -> None:
    """Open a disabled account again, with its password and second factor."""
    account, _ = _change(name, accounts.enable)
    click.echo(f"{account.name} may sign in again.")


@staff.command("role")
@click.argument("name")
@click.argument("role", type=ROLES)
@with_appcontext
def change_role(name: str, role: str) -> None:
    """Say what an account may do, from its next page on."""
    account, _ = _change(name, partial(accounts.change_role, role=Role(role)))
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
        account = accounts.find(connection, name)
        absence = Absence(
            account_id=account.id,
            first_day=first.date() if first else local_day(now()),
            last_day=last.date(),
            deputy_id=accounts.find(connection, deputy).id if deputy else None,
        )
        absences.leave(connection, absence, actor=_actor(), now=now())
        shut = queue.shut_to_deputy(connection, absence, sees_all=True)
    click.echo(
        f"{account.name} is {_away(absence, deputy and accounts.read_name(deputy))}."
    )
    if shut:
        click.echo(f"{SHUT} {', '.join(shut)}")


@staff.command("back")
@click.argument("name")
@with_appcontext
def back(name: str) -> None:
    """Say that somebody is at work again, or will not be away after all."""
    account, ended = _change(name, absences.come_back)
    if not ended:
        fail(f"No absence of {account.name} is known.")
    click.echo(f"{account.name} is at work.")


@staff.command("list")
@with_appcontext
def show() -> None:
    """Show every account, how far it has come, and who is away."""
    with in_sentences(), reading(parts().engine) as connection:
        gone = absences_of_everyone(connection, since=local_day(now()))
        everyone = store.everyone(connection)
    names = {each.id: each.name for each in everyone}
    for account in everyone:
        told = [account.name, account.role, _state(account)]
        if absence := gone.get(account.id):
            told.append(_away(absence, names.get(absence.deputy_id or "")))
        click.echo("  ".join(told))


def _change(name: str, change: Callable[..., Told]) -> tuple[Account, Told]:
    """Do it to an account, as who runs the programs; tell what comes of it."""
    with _changing() as connection:
        account = accounts.find(connection, name)
        return account, change(connection, account, actor=_actor(), now=now())


@contextmanager
def _changing() -> Iterator[Connection]:
    try:
        with in_sentences(), writing(parts().engine) as connection:
            yield connection
    except AccountError as error:
        fail(str(error))


def _show(code: AccessCode, name: str) -> None:
    page = (parts().settings.desk_url or "/desk/") + FIRST_PASSWORD
    click.echo(CODE.format(code=code, name=accounts.read_name(name), page=page))


def _state(account: Account) -> str:
    if account.disabled_at:
        return f"disabled {account.disabled_at:%Y-%m-%d}"
    if account.is_enrolled:
        return "signs in"
    if account.one_time_until is None:
        return "no second factor yet"
    return f"one-time code until {account.one_time_until:%Y-%m-%d %H:%M} UTC"


def _away(absence: Absence, deputy: str | None) -> str:
    days = f"away from {absence.first_day} until {absence.last_day}"
    return f"{days}, deputy: {deputy or 'nobody'}"


def _actor() -> str:
    return f"command:{getpass.getuser()}"
