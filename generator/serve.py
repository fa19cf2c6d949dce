"""Serves a preview of the notice to its author, on this computer only.

The site is rendered again at a request if a file has changed. While the content is
broken, every page is the list of its problems, which reloads until they are corrected.
"""

import mimetypes
from collections.abc import Callable, Iterator, Mapping
from gettext import NullTranslations
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit

from generator.content.problems import ContentError, Problem
from generator.languages import N_, language_of

Pages = Mapping[str, bytes]

HOST = "127.0.0.1"
RELOAD_AFTER = 2  # seconds until the page of problems reloads

HEADING = N_("The notice cannot be shown yet")
HOW_ON = N_("Mend this and save the file: the page comes back by itself.")
NO_PAGE = N_("There is no page at this address.")


class Preview:
    """The rendered site, or the problems of the content."""

    def __init__(self, root: Path, render: Callable[[Path], Pages]) -> None:
        self.root, self.render = root, render
        self.made_of: frozenset[tuple[str, int, int]] | None = None
        self.pages: Pages = {}
        self.problems: list[Problem] = []
        self.lock = Lock()

    def bring_up_to_date(self) -> None:
        """Render the site again if a file has changed since the last time."""
        with self.lock:
            files = frozenset(_file_states(self.root))
            if files != self.made_of:
                self._make()
                self.made_of = files

    def _make(self) -> None:
        try:
            self.pages, self.problems = self.render(self.root), []
        except ContentError as error:
            self.problems = error.problems


def _file_states(root: Path) -> Iterator[tuple[str, int, int]]:
    for file in (*root.glob("*.*"), *(root / "content").rglob("*")):
        try:
            state = file.stat()
        except OSError:
            yield str(file), 0, 0  # it is gone or unreadable, which the reader reports
        else:
            yield str(file), state.st_mtime_ns, state.st_size


def server(
    preview: Preview, messages: NullTranslations, *, port: int
) -> ThreadingHTTPServer:
    """Return the server, which its caller starts."""
    handler = type("Handler", (_Handler,), {"preview": preview, "messages": messages})
    return ThreadingHTTPServer((HOST, port), handler)


class _Handler(BaseHTTPRequestHandler):
    preview: Preview
    messages: NullTranslations

    def do_GET(self) -> None:
        self.preview.bring_up_to_date()
        path = unquote(urlsplit(self.path).path).removeprefix("/")
        pages = self.preview.pages
        if self.preview.problems:
            page = page_of_problems(self.preview.problems, self.messages)
            again = {"Refresh": str(RELOAD_AFTER)}
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, page, **again)
        elif (file := _index(path)) in pages:
            self._answer(HTTPStatus.OK, pages[file], name=file)
        elif _index(path + "/") in pages:
            self._answer(HTTPStatus.FOUND, b"", Location=f"/{path}/")
        else:
            message = self.messages.gettext(NO_PAGE)
            page = _page(message, "", self.messages)
            self._answer(HTTPStatus.NOT_FOUND, pages.get("404.html", page))

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def _answer(
        self, status: HTTPStatus, body: bytes, name: str = "page.html", **headers: str
    ) -> None:
        self.send_response(status)
        kind, _ = mimetypes.guess_type(name)
        kind = kind or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing for each request."""


def _index(path: str) -> str:
    return path + "index.html" if path.endswith("/") or not path else path


def page_of_problems(problems: list[Problem], messages: NullTranslations) -> bytes:
    """Return a page that lists every problem with its place."""
    items = "".join(
        f"<li><code>{escape(_place(problem))}</code><br>"
        f"{escape(problem.message(messages))}</li>"
        for problem in problems
    )
    how_on = escape(messages.gettext(HOW_ON))
    return _page(
        messages.gettext(HEADING), f"<p>{how_on}</p><ol>{items}</ol>", messages
    )


def _place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}"


def _page(title: str, body: str, messages: NullTranslations) -> bytes:
    language = language_of(messages)
    return f"""\
<!doctype html>
<html lang="{escape(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: anywhere }}
li {{ margin-bottom: 1rem }}
</style>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</html>
""".encode()
