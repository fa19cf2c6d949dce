"""The form runs as a user of its own, who can take requests and read none."""

import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from request_app import migrations
from request_app.sealing import keyfiles
from request_app.store.database import open_database
from tests.conftest import CHECKOUT, SMALL, need
from tests.request_app.as_form_user import TEXT, take_and_open
from tests.request_app.running import settings

USER = "nobody"


@pytest.fixture
def installed(tmp_path_factory):
    """A database and keys as an operator lays them out for two users."""
    need(os.geteuid() == 0, "root, to become another user")
    folder = tmp_path_factory.mktemp("installed")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    return lay_out(folder, USER)


@pytest.fixture
def own(tmp_path):
    """The same for one user."""
    return lay_out(tmp_path, None)


def lay_out(folder, user):
    (folder / "store").mkdir()
    content = shutil.copytree(SMALL, folder / "notice")
    url = f"sqlite:///{folder}/store/seloste.sqlite3"
    engine = open_database(url)
    migrations.upgrade(engine)
    engine.dispose()
    keyfiles.create(folder / "desk", folder / "form")
    if user:
        for given in (folder / "form", folder / "store"):
            give_away(given, pwd.getpwnam(user))
    return settings(url, folder, CONTENT=content)


def give_away(folder, user):
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user.pw_uid, user.pw_gid)


def test_the_forms_user_takes_requests_and_reads_none(installed, own):
    desk = Path(installed["SELOSTE_DESK_KEYS"])
    [key] = desk.glob("*.key")
    told = {"user": USER, "before": own, "environ": installed, "key": key.name}
    done = subprocess.run(
        [sys.executable, "-m", "tests.request_app.as_form_user"],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)

    assert answer["opened_before"]
    assert answer["exit_code"] == 2
    assert not answer["read"]
    assert not answer["desk"]
    held = (desk.parent / "store" / "seloste.sqlite3").read_bytes()
    assert answer["reference"].encode() in held
    assert TEXT.encode() not in held


def test_who_holds_the_private_key_reads_them(own):
    _, opened = take_and_open(own)

    assert TEXT in opened.output
