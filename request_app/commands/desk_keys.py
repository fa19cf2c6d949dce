"""What commands of the desk's side need: the keys that open cases."""

from dataclasses import replace

from request_app.cases.action import CaseSettings
from request_app.sealing.keyfiles import read_keyring
from request_app.web.services import Services


def desk_settings(services: Services) -> CaseSettings:
    folder = services.settings.desk_keys
    return replace(services.case_settings(), keyring=lambda: read_keyring(folder))
