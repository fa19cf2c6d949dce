"""`doctor`: examine the whole installation, and list everything that is wrong.

Flask finds this command without making an app, so it works where no app can start.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from request_app import settings
from request_app.health import addresses, database, keys, machine, mail_server, notice
from request_app.health.findings import Finding, Level, fault
from request_app.public.services import now
from request_app.published import Published
from request_app.store.database import open_database

MARKS = {Level.GOOD: "good   ", Level.WARNING: "WARNING", Level.FAULT: "FAULT  "}


@click.command()
@click.option("--form", is_flag=True, help="Examine as the form's user.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(*, form: bool, as_json: bool) -> None:
    """Examine everything. Exit code: 0 good, 1 look at it, 2 something is wrong."""
    chosen, faults = settings.survey(os.environ)
    found = [fault("settings", says) for says in faults]
    found += _form(chosen) if form else _desk(chosen)
    found += _both(chosen)
    found = list(dict.fromkeys(found))  # without what two checks found
    found.sort(key=lambda finding: -finding.level)
    if as_json:
        records = [
            each._asdict() | {"level": each.level.name.lower()} for each in found
        ]
        click.echo(json.dumps(records, indent=1, ensure_ascii=False))
    else:
        for each in found:
            click.echo(f"{MARKS[each.level]} {each.about}: {each.says}")
    sys.exit(max(each.level for each in found))


def _form(chosen: settings.Settings) -> Iterator[Finding]:
    yield from keys.examine_form(chosen)
    yield from keys.examine_reach(chosen)


def _desk(chosen: settings.Settings) -> Iterator[Finding]:
    yield from keys.examine_desk(chosen)
    yield from mail_server.examine(chosen.smtp)


def _both(chosen: settings.Settings) -> Iterator[Finding]:
    published = Published(chosen.content)
    yield from addresses.examine(chosen, notice.readable(published))
    yield from notice.examine(published, now().date())
    engine = open_database(chosen.database_url)
    yield from database.examine(engine, now())
    file = engine.url.database if engine.name == "sqlite" else None
    engine.dispose()
    written = [chosen.backups, *([Path(file)] if file else [])]
    yield from machine.room(*(path.absolute() for path in written))
    if engine.name == "sqlite":
        yield machine.sqlite()
    yield from machine.examine(now())
