"""What the form works with, beyond what the desk has as well."""

from typing import cast

from flask import current_app

from request_app.cases.intake.spam import Limits
from request_app.sealing.keyfiles import read_form_secret
from request_app.web import services as web
from request_app.web.services import NAME, now

__all__ = ["NAME", "Parts", "now", "parts"]


class Parts(web.Services):
    @property
    def limits(self) -> Limits:
        return Limits(hour=self.settings.hour_limit, day=self.settings.day_limit)

    def secret(self) -> bytes:
        return read_form_secret(self.settings.form_keys)


def parts() -> Parts:
    return cast("Parts", current_app.extensions[NAME])
