"""The services that form and desk share, made when a program starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from request_app.cases.action import Action, CaseSettings
from request_app.published import Published
from request_app.sealing import Keyring, SealingKey, keyfiles
from request_app.settings import Settings
from request_app.store import database

NAME = "seloste"


@dataclass(frozen=True)
class Services:
    """The settings, the notice and the database of a running program."""

    settings: Settings
    published: Published
    engine: Engine

    def sealing_key(self) -> SealingKey:
        """Read the key each time, so that a repaired key works without a restart."""
        return keyfiles.read_form_key(self.settings.form_keys)

    def keyring(self) -> Keyring:
        """An empty keyring: the form cannot unseal anything."""
        return Keyring(())

    def case_settings(self) -> CaseSettings:
        return CaseSettings(
            sealing_key=self.sealing_key,
            keyring=self.keyring,
            mail_domain=self.settings.mail_domain,
            working_eves=self.settings.working_eves,
            aim_days=self.settings.aim_days,
        )

    @contextmanager
    def writing(self, actor: str) -> Iterator[Action]:
        """An action of this actor, now, in one writing transaction."""
        with database.writing(self.engine) as connection:
            yield Action(connection, actor, now(), self.case_settings())

    @contextmanager
    def reading(self, actor: str) -> Iterator[Action]:
        """The same in a transaction that only reads."""
        with database.reading(self.engine) as connection:
            yield Action(connection, actor, now(), self.case_settings())


def now() -> datetime:
    return datetime.now(UTC)
