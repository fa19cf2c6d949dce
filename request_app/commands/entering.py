"""Entering a request that came by letter, phone, e-mail or visit."""

import sys
from datetime import date, datetime

import click
from flask.cli import with_appcontext

from request_app.cases.action import By
from request_app.cases.intake.manual_entry import arrival
from request_app.cases.intake.submission import Arrival, Receipt, Submission, accept
from request_app.commands import asking
from request_app.commands.sentences import actor, fail, in_sentences
from request_app.commands.work import addressee, sender_of
from request_app.deadlines import local_day
from request_app.outbox import printed_letters
from request_app.public.services import now, parts
from request_app.published import Edition
from request_app.sealing import new_nonce
from request_app.store.database import writing
from request_app.store.values import Channel, Right

BY_HAND = [channel.value for channel in Channel if channel is not Channel.FORM]
WAYS = ("email", "post", "phone")


@click.command("add")
@click.option("--channel", type=click.Choice(BY_HAND), required=True)
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The day on which it came, as year-month-day; days off count too.",
)
@click.option(
    "--right",
    "rights",
    type=click.Choice([right.value for right in Right]),
    multiple=True,
    required=True,
)
@click.option("--register", "registers", multiple=True, help="None means all data.")
@click.option("--language", help="Of the answer; without it, that of the notice.")
@with_appcontext
def add(
    channel: str,
    received: datetime,
    rights: tuple[str, ...],
    registers: tuple[str, ...],
    language: str | None,
) -> None:
    """Enter a request; ask who sent it and what it says, and print the receipt."""
    with in_sentences():
        intake = parts().intake()  # nothing is asked that could not be kept
        edition = parts().published.edition()
        came = _arrival(received.date())
        language = _language(edition, language)
        _check_registers(edition, registers)
        asked = frozenset(Right(each) for each in rights)
        person = _person(asked)
        submission = Submission(
            channel=Channel(channel),
            language=language,
            rights=asked,
            registers=frozenset(registers),
            all_data=not registers,
            parts={"person": person, "request": _request()},
            email=person.get("email"),
        )
        with writing(parts().engine) as connection:
            receipt = accept(
                connection, submission, came, notice=edition.notice, intake=intake
            )
        _tell(receipt, submission, person)


def _language(edition: Edition, wanted: str | None) -> str:
    site = edition.content.site
    if wanted and wanted not in site.languages:
        fail(f"The notice has no language {wanted}.")
    return wanted or site.default_language


def _check_registers(edition: Edition, registers: tuple[str, ...]) -> None:
    known = {register.id for register in edition.content.registers}
    if unknown := set(registers) - known:
        fail(f"Not in the notice: {', '.join(sorted(unknown))}.")


def _arrival(received: date) -> Arrival:
    by = By(actor=actor(), at=now())
    if received > local_day(by.at):
        fail("The day of receipt is not here yet.")
    return arrival(received, nonce=new_nonce(), by=by)


def _person(rights: frozenset[Right]) -> dict[str, str]:
    """Who asks; who only forbids marketing need not say it: GDPR Art. 21(3), 11."""
    optional = rights == {Right.MARKETING}
    name = asking.line("Name")
    if not (name or optional):
        fail("Give the name of the person.")
    person = {
        "name": name,
        "email": asking.email("E-mail address (empty: none)"),
        "post": asking.lines("Postal address"),
        "phone": asking.line("Phone number (empty: none)"),
    }
    if not (optional or any(person[way] for way in WAYS)):
        fail("Give an e-mail address, a postal address or a phone number.")
    return {key: value for key, value in person.items() if value}


def _request() -> dict[str, str]:
    return {"text": asking.text("What was asked, in the person's words", sys.stdin)}


def _tell(receipt: Receipt, submission: Submission, person: dict[str, str]) -> None:
    """Print the letter, and say what else is to be done with it."""
    click.echo(_how_it_goes(person) + "\n", err=True)
    letter = printed_letters.received(
        receipt,
        submission.rights,
        addressee(person, submission.language),
        sender=sender_of(parts()),
        working_eves=parts().settings.working_eves,
        written_on=local_day(now()),
    )
    click.echo(letter)


def _how_it_goes(person: dict[str, str]) -> str:
    if person.get("post"):
        return "Print this letter:"
    if person.get("email"):
        return "A mail goes out without the access code: only this letter tells it."
    if person.get("phone"):
        return f"Call and tell what this letter says: {person['phone']}"
    return "There is no way to reach the person with this letter:"
