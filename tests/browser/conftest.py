"""A real browser on real pages, served on this machine."""

import json
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.conftest import CHECKOUT, need

NODE_MODULES = CHECKOUT / ".ci" / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium")
    need(program, "Debian's chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is used

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    """Return a function that tells what axe-core finds on a page."""
    script = NODE_MODULES / "axe-core" / "axe.min.js"
    need(script.is_file(), "axe-core (npm ci --prefix .ci)")
    source = script.read_text()

    def run(page) -> list:
        page.evaluate(source)
        return page.evaluate(f"axe.run({{runOnly: {json.dumps(TAGS)}}})")["violations"]

    return run


@pytest.fixture(scope="session")
def vnu():
    """Return a function that tells what the HTML validator finds in a folder."""
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    need(jar.is_file(), "vnu-jar (npm ci --prefix .ci)")
    need(shutil.which("java"), "Java")

    def run(folder) -> str:
        command = ["java", "-jar", jar, "--skip-non-html", "--also-check-css", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stderr

    return run


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing of requests."""


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Return a function that serves a site and gives its address."""
    servers = []

    def start(site) -> str:
        folder = tmp_path_factory.mktemp("site")
        for path, content in site.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(_Handler, directory=folder)
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
