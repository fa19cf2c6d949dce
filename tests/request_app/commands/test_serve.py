"""Site, form and desk on one machine, in a folder where nothing has been set up."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.conftest import CHECKOUT
from tests.request_app.test_kills import fetch
from tests.support.form_app import SMALL
from tests.support.mail_server import free_port


@contextmanager
def trial(folder):
    """A trial that has told its address."""
    port = str(free_port())
    command = [sys.executable, "-m", "flask", "--app", "request_app", "serve"]
    plain = {k: v for k, v in os.environ.items() if not k.startswith("SELOSTE_")}
    own = {"SELOSTE_CONTENT": str(SMALL), "SELOSTE_SITE_URL": "/"}
    own |= {"SELOSTE_SMTP": "console:", "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(
        [*command, "--port", port],
        cwd=folder,
        env=plain | own,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        told = [running.stdout.readline()]
        while told[-1] and "Stop with" not in told[-1]:
            told.append(running.stdout.readline())
        yield "".join(told), f"http://127.0.0.1:{port}", running
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)


def test_a_trial_needs_no_configuration(tmp_path):
    with trial(tmp_path) as (told, address, running):
        site = fetch(f"{address}/registers/members/")
        form = fetch(f"{address}/request/en/")

    assert f"{address}/request/" in told
    assert "Recovery code:" in told
    assert "You need not keep it for a trial." in told
    assert 'href="/request/?right=erasure&amp;register=members"' in site.text
    assert "Make a data protection request" in form.text
    assert running.returncode == 0
    assert (tmp_path / "var" / "site").is_symlink()


def test_the_link_of_a_trial_signs_in_once(tmp_path):
    with trial(tmp_path) as (told, address, _):
        [link] = re.findall(rf"{address}/desk/trial/\S+", told)
        browser, other = browser_of(), browser_of()
        desk = browser.open(link).read().decode()
        with pytest.raises(HTTPError) as refused:
            other.open(link)
        elsewhere = other.open(f"{address}/desk/").read().decode()

    assert "Tämä on kokeilu tällä koneella." in desk
    assert "trial (ylläpitäjä)" in desk
    assert refused.value.code == 404
    assert "Kirjaudu sisään" in elsewhere
    refused.value.close()


def browser_of():
    return build_opener(HTTPCookieProcessor())
