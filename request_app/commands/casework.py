"""What staff do by command until the desk stands: the queue, one case, a new one."""

import getpass
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import click
from flask.cli import with_appcontext

from request_app.cases import correspondence, desk
from request_app.cases.acceptance import Arrival, Receipt, Submission, accept
from request_app.cases.desk import Opened, open_case
from request_app.commands.saying import fail, in_sentences
from request_app.commands.sending import sender_of
from request_app.deadlines import HELSINKI
from request_app.outbox import letters
from request_app.outbox.letters import Addressee
from request_app.public.parts import now, parts
from request_app.sealing import new_nonce, read_reference
from request_app.sealing.keyfiles import read_keyring
from request_app.store import cases as store
from request_app.store import outbox
from request_app.store.cases import Case
from request_app.store.database import reading, writing
from request_app.store.values import Channel, Right

BY_HAND = [channel.value for channel in Channel if channel is not Channel.FORM]


@click.group()
def cases() -> None:
    """See, open and enter requests."""


@cases.command("list")
@with_appcontext
def show_queue() -> None:
    """Show the queue, what is due first at the top, and what is put aside."""
    with in_sentences(), reading(parts().engine) as connection:
        for suspects in (False, True):
            found = store.queue(connection, suspects=suspects)
            if suspects and found:
                click.echo("\nPut aside as suspected spam (cases release REFERENCE):")
            for case in found:
                rights = ", ".join(sorted(store.rights_of(connection, case.id)))
                click.echo(_line(case, rights))


@cases.command("show")
@click.argument("reference")
@with_appcontext
def show_case(reference: str) -> None:
    """Open one case; that it was opened stays in the audit trail."""
    with in_sentences():
        opened = _opened(reference)
    click.echo(_line(opened.case, ", ".join(sorted(opened.rights))))
    scope = ", ".join(sorted(opened.registers)) or "all data"
    click.echo(f"Registers: {scope}")
    for name, part in opened.parts.items():
        click.echo(f"\n[{name}]")
        for key, value in _shown(part):
            click.echo(f"{key}: {value}")
    for letter in opened.letters:
        click.echo(f"\n[{letter.sender}, {letter.written_at:%Y-%m-%d %H:%M} UTC]")
        click.echo(_safe(letter.text))


@cases.command("write")
@click.argument("reference")
@click.option("--text", prompt="Message", help="What to write to the person.")
@with_appcontext
def write(reference: str, text: str) -> None:
    """Leave a message that the person reads with the access code."""
    with in_sentences():
        opened, intake = _opened(reference), parts().intake()
        email = desk.email_of(opened)
        with writing(parts().engine) as connection:
            if email and opened.case.suspicion is None:
                mail = correspondence.message_mail(
                    opened.case,
                    email,
                    key=intake.key,
                    domain=intake.mail_domain,
                    now=now(),
                )
                outbox.put(connection, mail)
            correspondence.write_to_person(
                connection,
                opened.case,
                text,
                key=intake.key,
                actor=_actor(),
                now=now(),
            )
    click.echo(
        "The message is there." if email else "There; no e-mail address to tell."
    )


@cases.command("release")
@click.argument("reference")
@with_appcontext
def release(reference: str) -> None:
    """Let a case that was taken for spam into the queue."""
    with in_sentences():
        opened, intake = _opened(reference), parts().intake()
        with writing(parts().engine) as connection:
            desk.release(connection, opened, intake, actor=_actor(), now=now())
    click.echo(f"{opened.case.reference} is in the queue.")


@cases.command("add")
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
@click.option("--name", required=True)
@click.option("--email")
@click.option("--post", help="Postal address.")
@click.option("--phone")
@click.option("--language", help="Of the answer; without it, that of the notice.")
@click.option("--text", default="", help="What was asked, in the person's words.")
@with_appcontext
def add(
    channel: str,
    received: datetime,
    rights: tuple[str, ...],
    registers: tuple[str, ...],
    **person: str | None,
) -> None:
    """Enter a request that came by letter, phone, e-mail or visit; print its letter."""
    edition = parts().published.edition()
    known = {register.id for register in edition.content.registers}
    if unknown := set(registers) - known:
        fail(f"Not in the notice: {', '.join(sorted(unknown))}.")
    language = person.pop("language") or edition.content.site.default_language
    if language not in edition.content.site.languages:
        fail(f"The notice has no language {language}.")
    if not any(person[way] for way in ("email", "post", "phone")):
        fail("Give --email, --post or --phone: one way to reach the person.")
    text = person.pop("text")
    submission = Submission(
        channel=Channel(channel),
        language=language,
        rights=frozenset(Right(each) for each in rights),
        registers=frozenset(registers),
        all_data=not registers,
        parts={
            "person": {key: value for key, value in person.items() if value},
            "request": {"text": text or ""},
        },
        email=person["email"],
    )
    with in_sentences(), writing(parts().engine) as connection:
        receipt = accept(
            connection,
            submission,
            _arrival(received.date()),
            notice=edition.notice,
            intake=parts().intake(),
        )
    click.echo(_letter(receipt, submission))


def _letter(receipt: Receipt, submission: Submission) -> str:
    person = submission.parts["person"]
    to = Addressee(
        str(person["name"]), str(person.get("post", "")), submission.language
    )
    return letters.received(
        receipt,
        submission.rights,
        to,
        sender=sender_of(parts()),
        working_eves=parts().settings.working_eves,
        written_on=now().astimezone(HELSINKI).date(),
    )


def _arrival(received: date) -> Arrival:
    """A letter is received on its day, whenever it is entered."""
    moment = datetime.combine(received, time(12), tzinfo=HELSINKI).astimezone(UTC)
    entered = now()
    if received > entered.astimezone(HELSINKI).date():
        fail("The day of receipt is not here yet.")
    return Arrival(
        nonce=new_nonce(),
        received_at=min(moment, entered),
        entered_at=entered,
        actor=_actor(),
    )


def _opened(reference: str) -> Opened:
    ring = read_keyring(parts().settings.desk_keys)
    with writing(parts().engine) as connection:
        case = store.by_reference(connection, read_reference(reference))
        if case is None:
            fail(f"There is no case {reference}.")
        return open_case(connection, case, ring, actor=_actor(), now=now())


def _line(case: Case, rights: str) -> str:
    marks = [
        case.suspicion and f"suspected: {case.suspicion}",
        case.former_id and "follows another of the same form",
        case.cancelled_at and "cancelled by the person",
    ]
    told = "; ".join(mark for mark in marks if mark)
    columns = (case.reference, f"due {case.due}", case.state, case.channel, rights)
    return "  ".join([*map(str, columns), f"({told})" if told else ""]).rstrip()


def _shown(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, _safe(str(value))) for key, value in part.items() if value]


def _safe(text: str) -> str:
    """What a terminal shows as it is: a visitor's text must not steer it."""
    return "".join(
        each if each.isprintable() or each in "\n\t" else "�" for each in text
    )


def _actor() -> str:
    return f"command:{getpass.getuser()}"
