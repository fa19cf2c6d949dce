"""What form and desk both work with, made when a program starts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from request_app.cases.action import Intake
from request_app.published import Published
from request_app.sealing.keyfiles import read_form_key
from request_app.settings import Settings

NAME = "seloste"


@dataclass(frozen=True)
class Services:
    """The settings, the notice and the database of a running program."""

    settings: Settings
    published: Published
    engine: Engine

    def intake(self) -> Intake:
        """Read the key each time, so that a changed one works without a restart."""
        return Intake(
            key=read_form_key(self.settings.form_keys),
            mail_domain=self.settings.mail_domain,
            working_eves=self.settings.working_eves,
            aim_days=self.settings.aim_days,
        )


def now() -> datetime:
    return datetime.now(UTC)
