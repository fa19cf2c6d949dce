"""Back-ups: made by the server, which cannot open them; restored with the code."""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import cast

import click
from flask.cli import with_appcontext

from request_app.backup import (
    create,
    files,
    read_backup,
    restore as restoring,
    row_format,
)
from request_app.backup.manifest import Manifest
from request_app.commands.failure import actor, exit_on_failure, fail
from request_app.health.database import BACKUP_MADE
from request_app.public import services
from request_app.sealing import AccessCode, CodeMistypedError, keyfiles, read_code
from request_app.settings import VARIABLES
from request_app.store import audit, chain, database


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Remove all but so many of the newest back-ups in the folder.",
)
@with_appcontext
def backup(target: Path | None, keep: int | None) -> None:
    """Back everything up into one sealed file. TARGET: a folder, or a new file."""
    app_services = services.current()
    target = target or app_services.settings.backups
    in_folder = target.suffix != create.SUFFIX
    if keep and not in_folder:
        raise click.UsageError("--keep goes with a folder.")
    file = target / create.name_at(services.now()) if in_folder else target
    with exit_on_failure():
        manifest = create.make(_job(app_services), file)
        _audit(app_services, file, manifest)
        click.echo(f"{file}: {_summary(manifest)}")
        click.echo(f"Head of the audit trail: {manifest.head}")
        for old in create.delete_older(target, keep) if keep else ():
            click.echo(f"Removed: {old}")
        fault = chain.check(app_services.engine, [manifest.head]).fault
    if fault:
        fail(f"The back-up is made, but the audit trail is broken. {fault}")


def _job(app_services: services.FormServices) -> create.Job:
    settings = app_services.settings
    return create.Job(
        engine=app_services.engine,
        key=keyfiles.read_recovery_key(settings.desk_keys),
        files=files.to_back_up(settings.content, settings.desk_keys),
        product=version("seloste"),
        now=services.now(),
    )


def _audit(app_services: services.FormServices, file: Path, manifest: Manifest) -> None:
    """Record the back-up in the audit trail, where `doctor` sees its age."""
    facts = {"file": file.name, "rows": str(manifest.rows)}
    with database.writing(app_services.engine) as connection:
        audit.append(
            connection,
            at=services.now(),
            actor=actor(),
            action=BACKUP_MADE,
            facts=facts,
        )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", help="Address of an empty database; a new file for SQLite.")
@click.option("--check", is_flag=True, help="Open it and read all of it, no more.")
@click.option(
    "--keys",
    type=click.Path(file_okay=False, path_type=Path),
    help="The desk's new folder: its private keys are made again there.",
)
@click.option(
    "--notice",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for the files of the notice.",
)
@click.option("--broken-trail", is_flag=True, help="Take a broken audit trail too.")
def restore(  # noqa: PLR0913 - an argument for each option
    file: Path,
    into: str | None,
    *,
    check: bool,
    keys: Path | None,
    notice: Path | None,
    broken_trail: bool,
) -> None:
    """Put a back-up into an empty database. Asks for the recovery code."""
    if not (into or check or keys or notice):
        raise click.UsageError("Say where to: --into, --keys, --notice; or --check.")
    url = _database(into) if into else None
    with exit_on_failure():
        code = _code()
        opened = read_backup.open_backup(file, code.key)
        click.echo(f"{file}: {_summary(opened.manifest)}")
        if check:
            click.echo("The back-up is whole, and this code opens it.")
        if url:
            options = restoring.RestoreOptions(
                actor=actor(), now=services.now(), broken_trail=broken_trail
            )
            trail = restoring.restore(opened, url, options) or "The audit trail holds."
            click.echo(f"Restored: {opened.manifest.rows} rows. {trail}")
        if notice:
            _write_files(opened, files.NOTICE, notice)
        if keys:
            _restore_keys(opened, keys, code)


def _database(url: str) -> str:
    try:
        return cast("str", VARIABLES["database_url"].read(url))
    except ValueError as error:
        fail(f"--into: {error}")


def _code() -> AccessCode:
    """Read the recovery code, not from an argument: every user can see those."""
    if sys.stdin.isatty():
        typed = click.prompt("Recovery code", hide_input=True, err=True)
    else:
        typed = sys.stdin.readline()
    try:
        return read_code(typed)
    except CodeMistypedError as error:
        fail(str(error))


def _restore_keys(opened: read_backup.Backup, folder: Path, code: AccessCode) -> None:
    _write_files(opened, files.DESK, folder)
    made = keyfiles.recover(folder, code)
    click.echo(f"Private keys made again: {', '.join(made) or 'none was missing'}")


def _write_files(opened: read_backup.Backup, part: str, folder: Path) -> None:
    for each in opened.parts():
        if isinstance(each, row_format.BackupFile):
            files.restore_file(each, part, folder)


def _summary(manifest: Manifest) -> str:
    cases = manifest.counts.get("cases", 0)
    return (
        f"{cases} cases, {manifest.rows} rows, {len(manifest.files)} files, "
        f"made {manifest.made_at:%Y-%m-%d %H:%M} UTC, schema {manifest.schema}."
    )
