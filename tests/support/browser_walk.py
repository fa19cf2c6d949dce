"""A way through the pages of a form at work, in a real browser."""

import threading
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

LANGUAGES = {"fi": "request/", "en": "request/en/"}


class _Quiet(WSGIRequestHandler):
    def log(self, *_):
        """Say nothing of requests."""


@contextmanager
def served(application):
    server = make_server(
        "127.0.0.1", 0, application, threaded=True, request_handler=_Quiet
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class Walk:
    """A way through pages, each of which is looked at."""

    def __init__(self, page, axe, folder, views):
        self.page, self.axe, self.folder, self.views = page, axe, folder, views
        self.foreign = []
        self.status = None  # of the page that came last
        self.looks = True
        page.set_default_timeout(10_000)
        page.on("response", self._keep)
        page.on("request", self._note)
        self.kept = 0

    def open(self, address):
        self.host = address.split("/request")[0]
        self.page.goto(address)
        self.look()

    def press(self, button):
        self.page.click(f"main button{button}")
        self.look()

    def look(self):
        """Nothing is wider than the screen, and axe finds nothing."""
        self.page.wait_for_load_state()
        for width, scheme in self.views if self.looks else ():
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, self.page.title()
            found = self.axe(self.page)
            assert not found, (self.page.title(), width, scheme, found)

    @contextmanager
    def hurry(self):
        """Pass pages that have been looked at elsewhere."""
        self.looks = False
        yield
        self.looks = True

    def told(self, label):
        return self.page.inner_text(f"dt:text-is('{label}') + dd")

    def _keep(self, response):
        if response.request.is_navigation_request():
            self.status = response.status
        if "html" in response.headers.get("content-type", ""):
            self.kept += 1
            (self.folder / f"{self.kept}.html").write_bytes(response.body())

    def _note(self, request):
        if not request.url.startswith(self.host):
            self.foreign.append(request.url)


def ask(walk, address):
    """From a register's button to the receipt, with every error on the way."""
    page = walk.page
    walk.open(address)
    walk.press("[value=details]")  # nothing chosen
    walk.open(f"{address}?right=erasure&register=members")
    page.check("[value=rectification]")
    page.check("[value=access]")
    walk.press("[value=details]")
    walk.press("[value=check]")  # nothing filled in
    page.fill("#items-0-now", "Airila")
    page.fill("#items-0-right", "Airola")
    walk.press("[value=add]")
    page.fill("#text", "131052-308T")
    page.fill("#name", "Testi Testinen")
    page.check("[name=reach][value=email]")
    page.fill("#email", "testi.testinen@example.com")
    walk.press("[value=check]")
    walk.press("[value=details]")
    page.fill("#text", "Poistakaa tietoni.")
    walk.press("[value=check]")
