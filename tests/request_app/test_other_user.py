"""The form runs as a user of its own, who can take requests and read none."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from stat import S_IXOTH

import pytest

from request_app import migrations
from request_app.sealing import keyfiles
from request_app.store.database import open_database
from tests.conftest import CHECKOUT, SMALL, need_another_user
from tests.support.form_app import settings
from tests.support.form_user import TEXT, take_and_open

USER = "nobody"


@pytest.fixture
def installed(tmp_path_factory):
    """A database and keys as an operator lays them out for two users."""
    need_another_user()
    folder = tmp_path_factory.mktemp("installed")
    for way in (folder, *folder.parents):
        if not way.stat().st_mode & S_IXOTH:
            way.chmod(0o755)
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
            give_away(given, user)
    return settings(url, folder, CONTENT=content)


def give_away(folder, user):
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user)


def what_the_user_reaches(installed, own, one_user=""):
    """Without `one_user` the form does not even start within reach of a private key."""
    told = {"user": USER, "before": own, "environ": installed, "one_user": one_user}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.form_user"],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["opened_before"]
    return answer


def test_the_forms_user_takes_requests_and_reads_none(installed, own):
    answer = what_the_user_reaches(installed, own)

    assert answer["exit_code"] == 2
    assert not answer["read"]
    assert not answer["read_earlier"]
    assert not answer["in_the_clear"]
    folders = {name.partition("/")[0] for name in answer["files"]}
    assert folders == {"notice", "store", "form"}
    held = Path(installed["SELOSTE_DESK_KEYS"]).parent / "store" / "seloste.sqlite3"
    assert answer["reference"].encode() in held.read_bytes()


def test_were_the_desk_given_to_the_forms_user_it_would_read_them(installed, own):
    give_away(Path(installed["SELOSTE_DESK_KEYS"]), USER)
    answer = what_the_user_reaches(installed, own, one_user="yes")

    assert answer["exit_code"] == 0
    assert answer["read"]
    assert answer["read_earlier"]
    assert [name for name in answer["files"] if name.startswith("desk/")]


def test_who_holds_the_private_key_reads_them(own):
    _, opened = take_and_open(own)

    assert TEXT in opened.output
