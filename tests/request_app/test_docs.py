"""What the documents list is what there is."""

import re

import pytest

from request_app import create_app
from request_app.settings import PREFIX, VARIABLES
from tests.conftest import CHECKOUT
from tests.support.form_app import settings


def test_every_setting_is_documented_with_its_default():
    text = (CHECKOUT / "docs" / "settings.md").read_text()
    rows = re.findall(
        r"^\| `(\w+)` \| (?:`([^`]*)`|\*\(empty\)\*) \|", text, re.MULTILINE
    )

    assert dict(rows) == {
        PREFIX + name.upper(): variable.default for name, variable in VARIABLES.items()
    }


@pytest.mark.parametrize("page", ["requests.md", "desk.md"])
def test_every_command_that_is_documented_is_there(tmp_path, page):
    text = (CHECKOUT / "docs" / page).read_text()
    named = set(re.findall(r"flask --app request_app (\w+)(?: (\w+))?", text))
    commands = create_app(settings("sqlite:///x", tmp_path)).cli.commands

    for command, part in named:
        assert command in commands
        if part and hasattr(commands[command], "commands"):
            assert part in commands[command].commands
