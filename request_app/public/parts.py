"""What the form works with; made when the program starts and kept in the app."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import current_app
from sqlalchemy import Engine

from request_app.cases.acceptance import Intake
from request_app.cases.admission import Limits
from request_app.published import Published
from request_app.sealing.keyfiles import read_form_key, read_form_secret
from request_app.settings import Settings

NAME = "seloste"


@dataclass(frozen=True)
class Parts:
    """The settings, the notice and the database of one running form."""

    settings: Settings
    published: Published
    engine: Engine

    @property
    def limits(self) -> Limits:
        return Limits(hour=self.settings.hour_limit, day=self.settings.day_limit)

    def intake(self) -> Intake:
        """Read the key each time: what is mended works without a new start."""
        return Intake(
            key=read_form_key(self.settings.form_keys),
            mail_domain=self.settings.mail_domain,
            working_eves=self.settings.working_eves,
            aim_days=self.settings.aim_days,
        )

    def secret(self) -> bytes:
        return read_form_secret(self.settings.form_keys)


def parts() -> Parts:
    return cast("Parts", current_app.extensions[NAME])


def now() -> datetime:
    return datetime.now(UTC)
