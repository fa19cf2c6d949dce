"""A program for the test beside it: becomes the form's user, and tries everything.

Python itself may be out of that user's reach, so what is needed is loaded before.
"""

import json
import os
import pwd
import sys
from pathlib import Path

from request_app import create_app
from tests.request_app.running import client_of
from tests.request_app.visitor import sent

TEXT = "Vain asianhoitajalle"


def take_and_open(environ):
    """Take a request, and try to open it by command."""
    app = create_app(environ)
    reference = sent(client_of(app), text=TEXT).told("Viite")
    return reference, app.test_cli_runner().invoke(args=["cases", "show", reference])


def become(name):
    user = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def can_read(path):
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


def main():
    told = json.load(sys.stdin)
    _, opened = take_and_open(told["before"])
    become(told["user"])
    reference, tried = take_and_open(told["environ"])
    desk = Path(told["environ"]["SELOSTE_DESK_KEYS"])
    answer = {
        "reference": reference,
        "opened_before": TEXT in opened.output,
        "exit_code": tried.exit_code,
        "read": TEXT in tried.output,
        "desk": can_read(desk / told["key"]),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
