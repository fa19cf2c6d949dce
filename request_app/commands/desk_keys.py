"""What commands of the desk's side need: the keys that open cases."""

from dataclasses import replace

from request_app.cases.action import CaseSettings
from request_app.sealing.keyfiles import read_keyring
from request_app.web.services import Parts


def desk_settings(with_: Parts) -> CaseSettings:
    folder = with_.settings.desk_keys
    return replace(with_.case_settings(), keyring=lambda: read_keyring(folder))
