"""Making keys and database, and changing keys."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from request_app import migrations
from request_app.commands.sentences import fail, in_sentences
from request_app.health.database import unknown_schema
from request_app.public.services import Parts, parts
from request_app.sealing import AccessCode, CodeMistypedError, head_of, read_code
from request_app.sealing.keyfiles import (
    KeysExistError,
    create,
    make_desk_secret,
    read_form_key,
    read_keyring,
    recover,
    restore_form,
    resume,
    retire,
    rotate,
    shown,
)
from request_app.store import envelopes
from request_app.store.database import reading

SHARED = 0o660  # the users of form and desk both write to the database
RECOVERY = """
Recovery code: {code}

Write it on paper now, and keep the paper in a safe or with your bank. It is
shown this once and is on no disk. With it and the folder {desk} the private
key can be made again; without both, what people wrote can never be read again.
"""

RECOVERY_OF_TRIAL = """
Recovery code: {code}
You need not keep it for a trial. For real requests begin anew with init, in an
empty place, and keep the code that it shows then.
"""

RESTORED = """
The form had no key; it has that of the newest private key in {desk} again.
"""

SET_ASIDE = """
There were spares or a recovery key without any private key. They are in
{folder} now. To open what they belong to, move the spares
back and run keys recover with the code that was written down for them.
"""


@click.command()
@with_appcontext
def init() -> None:
    """Make the keys and the database; what is there already stays."""
    with in_sentences():
        set_up(parts())
    key = read_form_key(parts().settings.form_keys)
    click.echo(f"The database is ready. Fingerprint of the key: {key.fingerprint}")


def set_up(with_: Parts, recovery: str = RECOVERY) -> None:
    """Make what is missing, and tell the recovery code of a new key, in such words.

    What was cut short is brought to its end.
    """
    _make_file(with_)
    if says := unknown_schema(with_.engine):
        fail(says)
    with reading(with_.engine):  # one that is away is told in a sentence
        pass
    migrations.upgrade(with_.engine)
    desk, form = with_.settings.desk_keys, with_.settings.form_keys
    make_desk_secret(desk)
    if code := resume(desk, form) or _new_keys(desk, form):
        click.echo(recovery.format(code=code, desk=desk))
        shown(desk)


def _new_keys(desk: Path, form: Path) -> AccessCode | None:
    """Make keys where there are none; return the code that recovers them."""
    if restore_form(desk, form):
        click.echo(RESTORED.format(desk=desk))
    try:
        new = create(desk, form)
    except KeysExistError:
        return None
    if new.set_aside:
        click.echo(SET_ASIDE.format(folder=new.set_aside))
    return new.recovery_code


def _make_file(with_: Parts) -> None:
    """SQLite would make its file for everyone to read, and no folder for it."""
    url = with_.engine.url
    if url.get_backend_name() == "sqlite" and url.database:
        file = Path(url.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=SHARED)
            file.chmod(SHARED)  # whatever the umask took away


@click.group()
def keys() -> None:
    """See and change the keys that requests are sealed with."""


@keys.command("show")
@with_appcontext
def show() -> None:
    """Show the key that the form seals with, and what those before still close."""
    with in_sentences():
        key = read_form_key(parts().settings.form_keys)
        ring = read_keyring(parts().settings.desk_keys)
    click.echo(f"{key.id}  {key.fingerprint}")
    for before in (each.public.id for each in ring if each.public.id != key.id):
        click.echo(f"{before}  of before; envelopes it still closes: {_closed(before)}")
    if key.id not in ring:
        fail("The desk has no private key for it: new requests cannot be read here.")


@keys.command("rotate")
@with_appcontext
def change() -> None:
    """Seal with a new key from now on; the one before still opens its requests."""
    with in_sentences():
        settings = parts().settings
        key = rotate(settings.desk_keys, settings.form_keys)
    click.echo(f"New key: {key.id}  {key.fingerprint}")


@keys.command("retire")
@click.argument("key_id")
@with_appcontext
def remove(key_id: str) -> None:
    """Remove a private key for good: nothing sealed with it can be read again."""
    with in_sentences():
        settings = parts().settings
        key_id = read_keyring(settings.desk_keys)[key_id].public.id
        click.confirm(
            f"Envelopes that {key_id} still closes: {_closed(key_id)}. "
            "What is in them can never be read again. Go on?",
            abort=True,
        )
        retire(settings.desk_keys, settings.form_keys, key_id)


def _closed(key_id: str) -> int:
    with in_sentences(), reading(parts().engine) as connection:
        return envelopes.beginning_with(connection, head_of(key_id))


@keys.command("recover")
@click.option("--code", prompt="Recovery code", hide_input=True)
@with_appcontext
def restore(code: str) -> None:
    """Make lost private keys again from their spares and the code on paper."""
    try:
        with in_sentences():
            restored = recover(parts().settings.desk_keys, read_code(code))
    except CodeMistypedError as error:
        fail(str(error))
    else:
        click.echo(f"Keys made again: {', '.join(restored) or 'none was missing'}")
