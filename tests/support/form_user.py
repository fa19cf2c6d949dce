"""A program for the test beside it: becomes the form's user, and tries everything.

Python itself may be out of that user's reach, so what is needed is loaded before.
"""

import json
import os
import pwd
import sys
from contextlib import suppress
from pathlib import Path

from request_app import create_app
from tests.support.form_app import client_of
from tests.support.visitor import sent

TEXT = "Vain asianhoitajalle"


def take_and_open(environ):
    """Take a request, and try to open it by command."""
    app = create_app(environ)
    reference = sent(client_of(app), text=TEXT).told("Viite")
    return reference, app.test_cli_runner().invoke(args=["cases", "file", reference])


def become(name):
    user = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def readable(folder):
    """Every file below a folder that this user can read, and what is in it."""
    for path in (
        Path(each) / name for each, _, names in os.walk(folder) for name in names
    ):
        with suppress(PermissionError):
            yield str(path.relative_to(folder)), path.read_bytes()


def main():
    told = json.load(sys.stdin)
    _, opened = take_and_open(told["before"])
    earlier, _ = take_and_open(told["environ"])
    become(told["user"])
    told["environ"]["SELOSTE_ONE_USER"] = told["one_user"]
    reference, tried = take_and_open(told["environ"])
    again = create_app(told["environ"]).test_cli_runner()
    files = dict(readable(Path(told["environ"]["SELOSTE_DESK_KEYS"]).parent))
    answer = {
        "reference": reference,
        "opened_before": TEXT in opened.output,
        "exit_code": tried.exit_code,
        "read": TEXT in tried.output,
        "read_earlier": TEXT in again.invoke(args=["cases", "file", earlier]).output,
        "files": sorted(files),
        "in_the_clear": [name for name in files if TEXT.encode() in files[name]],
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
