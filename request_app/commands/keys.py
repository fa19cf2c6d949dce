"""Changing the keys that requests are sealed with."""

import click
from flask.cli import with_appcontext

from request_app.commands.failure import exit_on_failure, fail
from request_app.public import services
from request_app.sealing import CodeMistypedError, head_of, keyfiles, read_code
from request_app.store import database, envelope_count


@click.group()
def keys() -> None:
    """See and change the keys that requests are sealed with."""


@keys.command("show")
@with_appcontext
def show() -> None:
    """Show the key that the form seals with, and what those before still close."""
    with exit_on_failure():
        key = keyfiles.read_form_key(services.current().settings.form_keys)
        ring = keyfiles.read_keyring(services.current().settings.desk_keys)
    click.echo(f"{key.id}  {key.fingerprint}")
    for before in (each.public.id for each in ring if each.public.id != key.id):
        click.echo(
            f"{before}  of before; envelopes it still closes: {_sealed_with(before)}"
        )
    if key.id not in ring:
        fail("The desk has no private key for it: new requests cannot be read here.")


@keys.command("rotate")
@with_appcontext
def change() -> None:
    """Seal with a new key from now on; the one before still opens its requests."""
    with exit_on_failure():
        settings = services.current().settings
        key = keyfiles.rotate(settings.desk_keys, settings.form_keys)
    click.echo(f"New key: {key.id}  {key.fingerprint}")


@keys.command("retire")
@click.argument("key_id")
@with_appcontext
def remove(key_id: str) -> None:
    """Remove a private key for good: nothing sealed with it can be read again."""
    with exit_on_failure():
        settings = services.current().settings
        key_id = keyfiles.read_keyring(settings.desk_keys)[key_id].public.id
        click.confirm(
            f"Envelopes that {key_id} still closes: {_sealed_with(key_id)}. "
            "What is in them can never be read again. Go on?",
            abort=True,
        )
        keyfiles.retire(settings.desk_keys, settings.form_keys, key_id)


def _sealed_with(key_id: str) -> int:
    with exit_on_failure(), database.reading(services.current().engine) as connection:
        return envelope_count.beginning_with(connection, head_of(key_id))


@keys.command("recover")
@click.option("--code", prompt="Recovery code", hide_input=True)
@with_appcontext
def restore(code: str) -> None:
    """Make lost private keys again from their spares and the code on paper."""
    try:
        with exit_on_failure():
            restored = keyfiles.recover(
                services.current().settings.desk_keys, read_code(code)
            )
    except CodeMistypedError as error:
        fail(str(error))
    else:
        click.echo(f"Keys made again: {', '.join(restored) or 'none was missing'}")
