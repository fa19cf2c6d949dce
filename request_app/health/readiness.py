"""What can be asked of a program every minute: whether it can do its work now."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from request_app.health import database, keys, machine
from request_app.health.findings import Finding
from request_app.settings import Settings


def form(settings: Settings, engine: Engine, now: datetime) -> Iterator[Finding]:
    yield from keys.examine_form(settings)
    yield from _store(engine, now)


def desk(settings: Settings, engine: Engine, now: datetime) -> Iterator[Finding]:
    yield from keys.examine_opening(settings)
    yield from _store(engine, now)


def _store(engine: Engine, now: datetime) -> Iterator[Finding]:
    yield from database.ready(engine, now)
    file = engine.url.database if engine.name == "sqlite" else None
    if file:
        yield from machine.room(Path(file).absolute())
