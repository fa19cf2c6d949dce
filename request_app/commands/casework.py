"""What staff do by command until the desk stands: the queue, and one case."""

from typing import TextIO

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection

from request_app.cases.action import By
from request_app.cases.intake.release import release as let_in
from request_app.cases.lifecycle.opened import Opened, open_case
from request_app.cases.messages import conversation
from request_app.cases.records.case_file import Reader, casefile
from request_app.commands import asking
from request_app.commands.entering import add
from request_app.commands.sentences import actor, fail, in_sentences, safe
from request_app.commands.work import addressee, sender_of
from request_app.deadlines import HELSINKI
from request_app.desk.case.file_page import HTML, JSON, as_json, html, language_of
from request_app.outbox import printed_letters
from request_app.public.services import now, parts
from request_app.sealing import Keyring, read_reference
from request_app.sealing.keyfiles import read_keyring
from request_app.store import cases as store
from request_app.store import outbox
from request_app.store.cases import Case
from request_app.store.database import reading, writing


@click.group()
def cases() -> None:
    """See, open, answer and enter requests."""


cases.add_command(add)


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
        for key, value in part.items():
            if value:
                secret = key == "post" and opened.flags.hidden_address
                click.echo(f"{key}: {'kept secret' if secret else safe(str(value))}")
    for letter in opened.letters:
        click.echo(f"\n[{letter.sender}, {letter.written_at:%Y-%m-%d %H:%M} UTC]")
        click.echo(safe(letter.text))


@cases.command("file")
@click.argument("reference")
@click.option("--language", help="fi, en …; without it, that of the notice.")
@click.option("--json", "for_programs", is_flag=True, help="The same facts as JSON.")
@with_appcontext
def write_file(reference: str, language: str | None, for_programs: bool) -> None:  # noqa: FBT001 - an option of the command
    """Print all that shows how a request was dealt with: … > file.html."""
    with in_sentences():
        content = parts().published.edition().content
        reader = Reader(
            by=_by(),
            language=language_of(language, content),
            form=JSON if for_programs else HTML,
            content=content,
        )
        ring = read_keyring(parts().settings.desk_keys)
        with writing(parts().engine) as connection:
            opened = _open(connection, reference, ring)
            told = casefile(connection, opened, ring, reader)
    click.echo(as_json(told) if for_programs else html(told, content), nl=False)


@cases.command("write")
@click.argument("reference")
@click.option(
    "--file",
    type=click.File(encoding="utf-8"),
    default="-",
    help="The message; without it, what you type until Ctrl+D.",
)
@with_appcontext
def write(reference: str, file: TextIO) -> None:
    """Leave a message behind the access code; print it for who has no e-mail."""
    with in_sentences():
        opened, intake = _opened(reference), parts().intake()
        text = asking.text("Message", file) or fail(
            "There is no text, so none is sent."
        )
        with writing(parts().engine) as connection:
            if _is_mailed(opened):
                mail = conversation.message_mail(
                    opened.case,
                    opened.email or "",
                    key=intake.key,
                    domain=intake.mail_domain,
                    now=now(),
                )
                outbox.put(connection, mail)
            conversation.write_to_person(
                connection,
                opened.case,
                text,
                key=intake.key,
                actor=actor(),
                now=now(),
            )
    _tell_how_it_goes(opened, text)


def _is_mailed(opened: Opened) -> bool:
    """Nothing is sent to the address of a suspect: it may be someone else's."""
    return bool(opened.email) and opened.case.suspicion is None


def _tell_how_it_goes(opened: Opened, text: str) -> None:
    """Say what brings the message to the person; a letter comes out by itself."""
    person = opened.parts.get("person", {})
    if _is_mailed(opened):
        click.echo("The message is there; a mail tells of it.")
    elif opened.email:
        click.echo("The message is there; no mail tells of it until the release.")
    elif person.get("post"):
        click.echo(f"The message is there. {_printed(opened)}\n", err=True)
        to = addressee({**person, "post": opened.post or ""}, opened.case.language)
        sender, today = sender_of(parts()), now().astimezone(HELSINKI).date()
        click.echo(
            printed_letters.message(
                opened.case, text, to, sender=sender, written_on=today
            )
        )
    elif person.get("phone"):
        phone = safe(str(person["phone"]))
        click.echo(f"The message is there. Call and tell of it: {phone}")
    else:
        click.echo("The message is there. There is no way to tell the person of it.")


def _printed(opened: Opened) -> str:
    """An address that is kept secret stands on no paper, as on the desk."""
    if opened.post:
        return "Print this letter:"
    return (
        "Print this letter. The address is kept secret, so it is not on it: "
        "take it from your own records."
    )


@cases.command("release")
@click.argument("reference")
@with_appcontext
def release(reference: str) -> None:
    """Let a case that was taken for spam into the queue."""
    with in_sentences():
        opened, intake = _opened(reference), parts().intake()
        with writing(parts().engine) as connection:
            let_in(connection, opened, intake, _by())
    click.echo(f"{opened.case.reference} is in the queue.")


def _opened(reference: str) -> Opened:
    ring = read_keyring(parts().settings.desk_keys)
    with writing(parts().engine) as connection:
        return _open(connection, reference, ring)


def _open(connection: Connection, reference: str, ring: Keyring) -> Opened:
    case = store.by_reference(connection, read_reference(reference))
    if case is None:
        fail(f"There is no case {reference}.")
    if case.restricted:
        fail("This request is for named readers. They open it on the desk.")
    intake = parts().intake()
    return open_case(connection, case, ring, intake=intake, by=_by())


def _by() -> By:
    return By(actor=actor(), at=now())


def _line(case: Case, rights: str) -> str:
    marks = [
        case.suspicion and f"suspected: {case.suspicion}",
        case.former_id and "follows another of the same form",
        case.cancelled_at and "cancelled by the person",
    ]
    told = "; ".join(mark for mark in marks if mark)
    columns = (case.reference, f"due {case.last_day}", case.state, case.channel, rights)
    return "  ".join([*map(str, columns), f"({told})" if told else ""]).rstrip()
