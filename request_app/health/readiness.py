"""Whether form or desk can work now, checked every minute."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from request_app.health import database, findings, keys, machine, notice
from request_app.published import Published
from request_app.settings import Settings


def form(
    settings: Settings, engine: Engine, published: Published
) -> Iterator[findings.Finding]:
    yield from keys.examine_form(settings)
    yield from _work(engine, published)


def desk(
    settings: Settings, engine: Engine, published: Published
) -> Iterator[findings.Finding]:
    yield from keys.examine_opening(settings)
    yield from _work(engine, published)


def _work(engine: Engine, published: Published) -> Iterator[findings.Finding]:
    yield notice.reading(published)
    yield from database.ready(engine)
    file = engine.url.database if engine.name == "sqlite" else None
    if file:
        yield from machine.room(Path(file).absolute())
