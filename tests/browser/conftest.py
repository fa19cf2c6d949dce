"""A real browser on real pages, served on this machine."""

import json
import shutil
import subprocess
import threading
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from request_app import migrations
from request_app.desk.app import make_desk
from request_app.sealing import keyfiles
from request_app.settings import read
from request_app.store.database import open_database
from tests.conftest import CHECKOUT, need
from tests.support.browser_walk import Walk, served
from tests.support.form_app import close, running, settings

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
    # the shell is the same engine without the windows, which cost half the time
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    need(program, "Debian's chromium-headless-shell, or chromium")
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
    # What a page does well is hundreds of kilobytes, and nobody reads it.
    chosen = json.dumps({"runOnly": TAGS, "resultTypes": ["violations"]})

    def run(page) -> list:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        return page.evaluate(f"axe.run({chosen}).then(found => found.violations)")

    return run


# It lives for seconds, too short for the second compiler to pay; the first needs more
# stack for the grammar of HTML than Java gives.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss2m")


@pytest.fixture(scope="session")
def vnu():
    """Return a function that tells what the HTML validator finds in a folder."""
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    need(jar.is_file(), "vnu-jar (npm ci --prefix .ci)")
    need(shutil.which("java"), "Java")

    def run(folder) -> str:
        command = [*JAVA, "-jar", jar, "--skip-non-html", "--also-check-css", folder]
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


@pytest.fixture
def open_form(tmp_path):
    """Return a function that sets a form to work and gives its app and address."""
    engine = open_database(f"sqlite:///{tmp_path}/seloste.sqlite3")
    migrations.upgrade(engine)
    with ExitStack() as stack:

        def start(**settings):
            app = running(engine, tmp_path, **settings)
            stack.callback(close, app)
            return app, stack.enter_context(served(app))

        yield start


@pytest.fixture
def form(open_form):
    return open_form()


@pytest.fixture
def desk(tmp_path):
    """The desk of a trial, since a browser keeps no __Host- cookie over http."""
    url = f"sqlite:///{tmp_path}/seloste.sqlite3"
    engine = open_database(url)
    migrations.upgrade(engine)
    engine.dispose()
    keyfiles.create(tmp_path / "desk", tmp_path / "form")
    keyfiles.make_desk_secret(tmp_path / "desk")
    app = make_desk(read(settings(url, tmp_path)), trial=True)
    with served(app) as address:
        yield app, f"{address}desk/"
    close(app)


@pytest.fixture
def walk(chromium, axe, tmp_path):
    made = []

    def start(width, scheme, *more):
        page = chromium.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        (tmp_path / "pages").mkdir(exist_ok=True)
        made.append(Walk(page, axe, tmp_path / "pages", [(width, scheme), *more]))
        return made[-1]

    yield start
    for each in made:
        each.page.close()
