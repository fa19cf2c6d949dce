"""The services of the running form: those of every program, limits and a secret."""

from typing import cast

from flask import current_app

from request_app.cases.intake.spam import Limits
from request_app.sealing.keyfiles import read_form_secret
from request_app.web import services as web
from request_app.web.services import NAME, now

__all__ = ["NAME", "FormServices", "current", "now"]


class FormServices(web.Services):
    @property
    def limits(self) -> Limits:
        return Limits(hour=self.settings.hour_limit, day=self.settings.day_limit)

    def secret(self) -> bytes:
        return read_form_secret(self.settings.form_keys)


def current() -> FormServices:
    return cast("FormServices", current_app.extensions[NAME])
