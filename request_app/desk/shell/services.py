"""The services of the running desk: those of the form, and the unsealing keys."""

from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from request_app.sealing import Keyring, keyfiles
from request_app.web import services as web
from request_app.web.services import NAME, now

__all__ = ["NAME", "DeskServices", "current", "now"]


@dataclass(frozen=True)
class DeskServices(web.Services):
    secret: bytes = field(repr=False)
    trial: bool = False  # on this machine only, over http

    def keyring(self) -> Keyring:
        """Read the keys each time, so that a repaired key works without a restart."""
        return keyfiles.read_keyring(self.settings.desk_keys)


def current() -> DeskServices:
    return cast("DeskServices", current_app.extensions[NAME])
