"""An author sees the page, or what is wrong with the files, as she writes."""

from http.client import HTTPConnection
from threading import Thread

import pytest

from generator.content.reader import read_content
from generator.languages import tool_messages
from generator.serve import Preview, server
from tests.support.smallest_organisation import write


class Browser:
    def __init__(self, port):
        self.port = port

    def get(self, path, method="GET"):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path)
        response = connection.getresponse()
        response.text = response.read().decode()
        connection.close()
        return response


def render(root):
    """Make a site of a few pages, as far as the content can be read."""
    content = read_content(root)
    title = content.notice.title["fi"].encode()
    renders.append(root)
    return {
        "index.html": b"<h1>%s</h1>" % title,
        "registers/customers/index.html": b"<h1>Asiakkaat</h1>",
        "static/base.css": b"body {}",
    }


renders: list = []


@pytest.fixture
def root(tmp_path):
    renders.clear()
    return write(tmp_path)


@pytest.fixture
def browser(root):
    with server(Preview(root, render), tool_messages("fi"), port=0) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Browser(running.server_port)
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("/", "text/html; charset=utf-8", "<h1>Tietosuojaseloste</h1>"),
        ("/index.html", "text/html; charset=utf-8", "<h1>Tietosuojaseloste</h1>"),
        ("/registers/customers/", "text/html; charset=utf-8", "<h1>Asiakkaat</h1>"),
        ("/static/base.css?version=1", "text/css; charset=utf-8", "body {}"),
    ],
)
def test_pages_are_shown_as_they_would_be_published(browser, path, kind, text):
    response = browser.get(path)

    assert (response.status, response.headers["Content-Type"]) == (200, kind)
    assert response.text == text


def test_an_address_without_its_slash_leads_to_the_page(browser):
    response = browser.get("/registers/customers")

    assert response.status == 302
    assert response.headers["Location"] == "/registers/customers/"


@pytest.mark.parametrize("path", ["/nothing", "/../site.yaml", "/%2e%2e/site.yaml"])
def test_what_is_not_published_is_not_shown(browser, path):
    response = browser.get(path)

    assert response.status == 404
    assert "Tässä osoitteessa ei ole sivua." in response.text


def test_a_head_request_gets_no_page(browser):
    response = browser.get("/", method="HEAD")

    assert (response.status, response.text) == (200, "")


def test_a_saved_change_is_shown(browser, root):
    before = browser.get("/").text
    file = root / "content/notice.yaml"
    file.write_text(file.read_text().replace("Tietosuojaseloste", "Uusi nimi"))

    assert before == "<h1>Tietosuojaseloste</h1>"
    assert browser.get("/").text == "<h1>Uusi nimi</h1>"


def test_the_site_is_not_made_again_without_need(browser):
    for _ in range(3):
        browser.get("/")

    assert len(renders) == 1


def test_broken_content_is_told_in_the_language_of_the_author(browser, root):
    with (root / "content/notice.yaml").open("a") as file:
        file.write("<b>: x\n")

    response = browser.get("/registers/customers/")

    assert response.status == 503
    assert "Selostetta ei voi vielä näyttää" in response.text
    assert "content/notice.yaml:3:1" in response.text
    assert "Kenttää ”&lt;b&gt;” ei ole tässä." in response.text
    assert '<html lang="fi">' in response.text


def test_the_page_of_problems_asks_again_and_goes_when_they_are_mended(browser, root):
    file = root / "content/notice.yaml"
    good = file.read_text()
    file.write_text("title: x")
    broken = browser.get("/")
    file.write_text(good)

    assert broken.headers["Refresh"] == "2"
    assert browser.get("/").text == "<h1>Tietosuojaseloste</h1>"
    assert "Refresh" not in browser.get("/").headers


def test_a_file_that_goes_away_is_told(browser, root):
    browser.get("/")
    (root / "content/notice.yaml").unlink()

    assert "content/notice.yaml:1:1" in browser.get("/").text


def test_only_this_computer_is_served(root):
    with server(Preview(root, render), tool_messages("fi"), port=0) as running:
        assert running.server_address[0] == "127.0.0.1"
