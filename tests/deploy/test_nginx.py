"""nginx with the site file that we ship, before gunicorn, over https."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from request_app import migrations
from request_app.sealing import keyfiles
from request_app.store.database import open_database
from tests.conftest import CHECKOUT, need
from tests.support.form_app import settings
from tests.support.mail_server import free_port
from tests.support.visitor import filled, visit

SITE = CHECKOUT / "deploy" / "nginx.conf"
HOST, DESK = "tietosuoja.example.com", "desk.example.com"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
WAIT = Event().wait  # never set: a pause
SLOW = 150
AT_MOST = 5.0  # seconds; on a machine with nothing else to do it is some milliseconds
MAIN = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/start.log;
events {{ worker_connections 768; }}
http {{
    default_type text/html;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


class Answer(NamedTuple):
    """What a page needs to know of an answer."""

    text: str
    status_code: int
    headers: dict


class Browser:
    """Speaks https from this machine, and sends neither cookies nor a Referer."""

    def __init__(self, folder, port):
        self.port = port
        self.context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
        self.context.check_hostname = False  # it is met at its number

    def get(self, address):
        return self.ask("GET", address)

    def post(self, address, data):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(list(data.items(multi=True))) if data else ""
        return self.ask("POST", address, body, kind)

    def ask(self, method, address, body=None, headers=None, host=HOST):
        told = {"Host": host} | (headers or {})
        with closing(
            HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self.context)
        ) as line:
            line.request(method, address, body, told)
            answer = line.getresponse()
            return Answer(
                answer.read().decode(), answer.status, dict(answer.getheaders())
            )

    def line(self, source):
        """A connection as from another network."""
        raw = socket.create_connection(
            ("127.0.0.1", self.port), timeout=20, source_address=(source, 0)
        )
        return self.context.wrap_socket(raw, server_hostname=HOST)


class Running(NamedTuple):
    browser: Browser
    folder: Path
    plain: int

    @property
    def log(self):
        return (self.folder / "seloste.log").read_text()

    @property
    def errors(self):
        return (self.folder / "seloste-errors.log").read_text()


def certificate(folder):
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )


def site(folder, port, plain, **changes):
    """The file that we ship, with the places and ports of the test."""
    text = SITE.read_text()
    text = re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.MULTILINE)
    for old, new in {
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        f"/etc/letsencrypt/live/{HOST}": str(folder),
        f"/etc/letsencrypt/live/{DESK}": str(folder),
        "/var/log/nginx": str(folder),
        "/run/seloste": str(folder),
        "/srv/seloste/notice/public": str(folder / "public"),
        "seloste-errors.log crit": "seloste-errors.log warn",  # so that it is seen
        **changes,
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def program(command, **more):
    started = subprocess.Popen(command, **more)
    try:
        yield started
    finally:
        started.terminate()
        started.wait()


def until(happened, seconds=30):
    end = monotonic() + seconds
    while not happened():
        if monotonic() > end:
            pytest.fail("it did not happen")
        WAIT(0.05)


@contextmanager
def gunicorn(folder):
    url = f"sqlite:///{folder}/seloste.sqlite3"
    engine = open_database(url)
    migrations.upgrade(engine)
    engine.dispose()
    keyfiles.create(folder / "desk", folder / "form")
    many = {"HOUR_LIMIT": 1_000_000, "DAY_LIMIT": 1_000_000}
    address = {"FORM_URL": f"https://{HOST}/request/", "HOSTS": HOST, "PROXIES": 1}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("SELOSTE_")}
    told = inherited | settings(url, folder, **many, **address)
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket"]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    command += ["--bind", f"unix:{folder}/form.sock", "--log-level", "critical"]
    command.append("request_app:create_app()")
    with (
        (folder / "gunicorn.log").open("wb") as log,
        program(command, env=told, stderr=log),
    ):
        until((folder / "form.sock").exists)
        yield


@contextmanager
def serving(**changes):
    need(NGINX, "nginx")
    port, plain = free_port(), free_port()
    with ExitStack() as stack:
        # a short path: a socket's name has 107 bytes at most
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sel-")))
        certificate(folder)
        (folder / "public").mkdir()
        (folder / "public" / "index.html").write_text("<h1>Seloste</h1>")
        (folder / "site.conf").write_text(site(folder, port, plain, **changes))
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
        stack.enter_context(gunicorn(folder))
        log = stack.enter_context((folder / "nginx.out").open("wb"))
        command = [NGINX, "-c", folder / "nginx.conf", "-e", folder / "start.log"]
        stack.enter_context(program(command, stderr=log))
        until((folder / "nginx.pid").exists)
        until(lambda: open_to(port))
        yield Running(Browser(folder, port), folder, plain)


def open_to(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def running():
    with serving() as made:
        yield made


def test_a_request_is_filed_over_https_without_a_referer(running):
    page = filled(running.browser, text="Mitä tietoja minusta on?").press("send")

    assert page.status == 200
    assert page.title == "Saimme pyyntösi"


def test_the_answers_have_their_headers(running):
    for address in ("/request/", "/", "/request/none", "/none"):
        headers = running.browser.get(address).headers
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Server"] == "nginx"
        assert "Set-Cookie" not in headers


def test_who_comes_without_https_is_sent_to_it(running):
    with closing(HTTPConnection("127.0.0.1", running.plain, timeout=20)) as line:
        line.request("GET", "/request/?right=access", headers={"Host": HOST})
        answer = line.getresponse()

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/request/?right=access"


@pytest.mark.parametrize("page", ["/readyz", "/healthz"])
def test_how_the_form_does_is_not_for_everyone(running, page):
    assert running.browser.get(page).status_code == 404


def test_the_log_has_networks_and_no_queries(running):
    running.browser.get("/request/?right=access&register=kanarianlintu")
    running.browser.get(f"/request/confirm/{'ab' * 16}/")

    running.browser.get(f"/request/identity/{'ab' * 16}/")

    until(lambda: "/request/identity/-/ " in running.log)  # written after the answer
    assert "/request/confirm/-/ " in running.log
    assert "127.0.0.0 [" in running.log
    assert "GET /request/ 200" in running.log
    for trace in ("127.0.0.1", "kanarianlintu", "?", "ab" * 16):
        assert trace not in running.log


def full(browser):
    """As much as the form takes."""
    page = visit(browser)
    page.fill(text="\N{GRINNING FACE}" * 210_000)
    return page.press("details")


def test_what_is_sent_stays_off_the_disk(running):
    assert full(running.browser).status in {200, 422}

    assert "temporary file" not in running.errors
    assert not [
        path for path in (running.folder / "bodies").rglob("*") if path.is_file()
    ]


def test_with_a_smaller_buffer_it_would_be_written_there():
    with serving(**{"client_body_buffer_size 3m": "client_body_buffer_size 8k"}) as it:
        full(it.browser)

        until(lambda: "is buffered to a temporary file" in it.errors)


def test_what_is_too_much_is_refused(running):
    answer = running.browser.ask("POST", "/request/", "x" * 3_200_000)

    assert answer.status_code == 413


def test_slow_senders_keep_nobody_out(running):
    """As many as stop a bare gunicorn: half with slow headers, half with slow bodies."""
    head = f"POST /request/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n"
    with ExitStack() as stack:
        lines = [
            stack.enter_context(running.browser.line(f"127.0.1.{number}"))
            for number in range(1, SLOW + 1)
        ]
        for number, line in enumerate(lines):
            line.sendall((head + ("\r\n" if number % 2 else "X-Slow: ")).encode())
        stop = Event()
        dripping = Thread(target=drip, args=(lines, stop))
        dripping.start()
        try:
            served = [seconds(running.browser) for _ in range(10)]
            filed = filled(running.browser).press("send")
        finally:
            stop.set()
            dripping.join()

    assert max(served) < AT_MOST
    assert filed.title == "Saimme pyyntösi"


def drip(lines, stop):
    while not stop.wait(0.3):
        for line in lines:
            try:
                line.sendall(b"x")
            except OSError:
                continue


def seconds(browser):
    started = monotonic()
    assert browser.get("/request/").status_code == 200
    return monotonic() - started
