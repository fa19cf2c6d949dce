"""What the desk works with: the same as the form, and the keys that open."""

from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from request_app.sealing import Keyring, keyfiles
from request_app.web import services as web
from request_app.web.services import NAME, now

__all__ = ["NAME", "DeskParts", "now", "parts"]


@dataclass(frozen=True)
class DeskParts(web.Services):
    secret: bytes = field(repr=False)
    trial: bool = False  # on this machine only, over http

    def keyring(self) -> Keyring:
        """Read the keys each time: what is mended works without a new start."""
        return keyfiles.read_keyring(self.settings.desk_keys)


def parts() -> DeskParts:
    return cast("DeskParts", current_app.extensions[NAME])
