"""Refusing to start a program where that would be unsafe."""

from sqlalchemy import Engine

from request_app.health import addresses, database, keys, notice
from request_app.published import Published
from request_app.sealing.keyfiles import read_desk_secret, read_form_secret
from request_app.settings import Settings


class UnsafeError(Exception):
    """The program does not start; the error has every reason, each a sentence."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def form(settings: Settings, published: Published, engine: Engine) -> None:
    """Check the form; without key or database it starts all the same."""
    edition = None
    if "://" not in settings.form_url:
        edition = notice.readable(published)
    _refuse(
        *addresses.insecure(settings, addresses.form_address(settings, edition)),
        keys.weak_secret(read_form_secret, settings.form_keys),
        None if settings.one_user else keys.readable_private_key(settings),
        database.unknown_schema(engine),
    )
    engine.dispose()  # before gunicorn forks its workers


def desk(settings: Settings, engine: Engine) -> None:
    _refuse(
        *addresses.insecure(settings, settings.desk_url),
        keys.weak_secret(read_desk_secret, settings.desk_keys),
        keys.mismatch(settings),
        database.unknown_schema(engine),
    )
    engine.dispose()


def _refuse(*reasons: str | None) -> None:
    if found := [reason for reason in reasons if reason]:
        raise UnsafeError(found)
