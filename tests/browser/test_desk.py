"""Signing in with a real browser: every page looked at, by axe and the validator."""

import pytest

from tests.support.staff_accounts import WORDS, add, code

TITLES = {"fi": "Jono", "en": "Queue"}


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
    walk = walk(width, scheme)
    walk.host = address
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
    walk = walk(1280, "light")
    walk.host = address
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
