"""Setting up an installation: its keys and its database."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from request_app import migrations
from request_app.commands.failure import exit_on_failure, fail
from request_app.health.database import unknown_schema
from request_app.public import services
from request_app.sealing import AccessCode, keyfiles
from request_app.store.database import SHARED_MODE, reading

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
    with exit_on_failure():
        set_up(services.current())
    key = keyfiles.read_form_key(services.current().settings.form_keys)
    click.echo(f"The database is ready. Fingerprint of the key: {key.fingerprint}")


def set_up(app_services: services.FormServices, recovery: str = RECOVERY) -> None:
    """Make what is missing, and print the recovery code of new keys with a text.

    A set-up that was interrupted is finished.
    """
    _make_file(app_services)
    if says := unknown_schema(app_services.engine):
        fail(says)
    with reading(app_services.engine):  # report one that cannot be reached
        pass
    migrations.upgrade(app_services.engine)
    desk, form = app_services.settings.desk_keys, app_services.settings.form_keys
    keyfiles.make_desk_secret(desk)
    if code := keyfiles.resume(desk, form) or _new_keys(desk, form):
        click.echo(recovery.format(code=code, desk=desk))
        keyfiles.mark_shown(desk)


def _new_keys(desk: Path, form: Path) -> AccessCode | None:
    """Make keys where there are none; return the code that recovers them."""
    if keyfiles.restore_form(desk, form):
        click.echo(RESTORED.format(desk=desk))
    try:
        new = keyfiles.create(desk, form)
    except keyfiles.KeysExistError:
        return None
    if new.set_aside:
        click.echo(SET_ASIDE.format(folder=new.set_aside))
    return new.recovery_code


def _make_file(app_services: services.FormServices) -> None:
    """Create the file of SQLite, which would make it readable for everyone itself."""
    url = app_services.engine.url
    if url.get_backend_name() == "sqlite" and url.database:
        file = Path(url.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=SHARED_MODE)
            file.chmod(SHARED_MODE)  # whatever the umask removed
