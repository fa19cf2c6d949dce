"""The form as it runs in production: gunicorn, workers, a real connection."""

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.client import HTTPException
from time import monotonic
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.conftest import CHECKOUT
from tests.support.form_app import settings
from tests.support.mail_server import free_port

FORM = "request_app:create_app()"
LIMITS = {"HOUR_LIMIT": 1_000_000, "DAY_LIMIT": 1_000_000}  # none is a suspect
WAIT = threading.Event().wait  # never set: a pause
NETWORK = build_opener(ProxyHandler({}))


class Answer(NamedTuple):
    """What a page needs to know of an answer."""

    text: str
    status_code: int


@contextmanager
def gunicorn(folder, url, *, app=FORM, workers=2, watched_by=(), **environ):
    """A server in `folder`, its log there too; a program may look on."""
    port = free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("SELOSTE_")}
    environ |= settings(url, folder, **LIMITS) | {"PYTHONPATH": str(CHECKOUT)}
    command = [*watched_by, sys.executable, "-m", "gunicorn", app]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    command += ["--threads", "4", "--no-control-socket", "--log-level", "critical"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, env=inherited | environ, stderr=log, cwd=folder
        )
        try:
            until_answered(f"http://127.0.0.1:{port}/healthz")
            yield server, f"http://127.0.0.1:{port}/request/"
        finally:
            server.terminate()
            server.wait()


def until_answered(address):
    if not until(lambda: fetch(address)):
        pytest.fail("the server did not start")


def until(happened, seconds=30):
    """Tell whether something happened in time."""
    end = monotonic() + seconds
    while not happened():
        if monotonic() > end:
            return False
        WAIT(0.05)
    return True


def fetch(address, data=None, kind="application/x-www-form-urlencoded"):
    """The answer, or none where the connection broke or it was refused."""
    body = (
        data
        if data is None or isinstance(data, bytes)
        else urlencode(data, doseq=True).encode()
    )
    asked = Request(address, body, {"Content-Type": kind})  # noqa: S310 - our own server
    try:
        with NETWORK.open(asked, timeout=10) as answer:
            return Answer(answer.read().decode(), answer.status)
    except (URLError, HTTPException, OSError, ValueError):
        return None
