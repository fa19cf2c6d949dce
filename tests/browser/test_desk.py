"""Signing in with a real browser: every page looked at, by axe and the validator."""

import pytest

from request_app import migrations
from request_app.sealing import keyfiles
from request_app.settings import read
from request_app.staff.desk import make_desk
from request_app.store.database import open_database
from tests.browser.test_requests import Walk, served
from tests.request_app.people import WORDS, add, code
from tests.request_app.running import close, settings

TITLES = {"fi": "Jono", "en": "Queue"}


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

    def start(width, scheme, host):
        page = chromium.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        (tmp_path / "pages").mkdir(exist_ok=True)
        made.append(Walk(page, axe, tmp_path / "pages"))
        made[-1].host = host
        return made[-1]

    yield start
    for each in made:
        each.page.close()


def go(walk, address):
    walk.page.goto(address)
    walk.look()


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fi", 320, "dark"), ("en", 1280, "light")]
)
def test_staff_come_in_and_look_around(
    desk, walk, vnu, tmp_path, language, width, scheme
):
    app, address = desk
    walk = walk(width, scheme, address)
    page = walk.page
    one_time = add(app, language=language)
    go(walk, f"{address}sign-in?language={language}")
    page.fill("#name", "aino")
    page.fill("#password", "x")
    walk.press("")  # wrong

    go(walk, f"{address}password?language={language}")
    page.fill("#name", "aino")
    page.fill("#code", str(one_time))
    page.fill("#password", "short")
    page.fill("#again", "other")
    walk.press("")  # refused
    paste(page, "#password", WORDS)
    paste(page, "#again", WORDS)
    walk.press("")
    secret = page.inner_text("dd.code").replace(" ", "")
    page.fill("#code", "000000")
    walk.press("")  # wrong
    page.fill("#code", code(secret))
    walk.press("")
    recovery = page.inner_text("li.code >> nth=0")
    page.click("main a.button")
    walk.look()
    assert page.inner_text("h1") == TITLES[language]

    for path in (
        *("account", "account/password", "account/recovery-codes"),
        *("account/authenticator", "prove", "no-such-page", "account/language"),
    ):
        go(walk, address + path)
    page.goto(f"{address}account")
    page.click("nav.desk button")
    walk.look()
    page.go_back()
    page.goto(f"{address}account")
    assert "sign-in" in page.url
    page.fill("#name", "aino")
    page.fill("#password", WORDS)
    walk.press("")
    page.fill("#code", recovery)
    walk.press("")
    assert "account" in page.url

    assert walk.foreign == []
    assert vnu(tmp_path / "pages") == ""


def paste(page, field, text):
    """What a password manager does."""
    page.focus(field)
    page.fill(field, "")
    page.keyboard.insert_text(text)
    assert page.input_value(field) == text


def test_the_language_can_be_changed_on_every_page(desk, walk):
    app, address = desk
    walk = walk(1280, "light", address)
    page = walk.page
    one_time = add(app, language="fi")
    page.goto(f"{address}sign-in")
    page.click(".languages [lang=en]")
    assert page.inner_text("h1") == "Sign in"
    page.goto(f"{address}password")
    page.fill("#name", "aino")
    page.fill("#code", str(one_time))
    page.fill("#password", WORDS)
    page.fill("#again", WORDS)
    page.click("main .button")
    page.fill("#code", code(page.inner_text("dd.code").replace(" ", "")))
    page.click("main .button")
    page.goto(f"{address}account")

    page.click(".languages [lang=en]")

    assert page.url == f"{address}account"
    assert page.inner_text("h1") == "My account"
