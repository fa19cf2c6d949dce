"""The story in a real browser: from the notice to a receipt, a mail and a reply."""

import re
from email import message_from_bytes, policy

import pytest

from request_app.cases.correspondence import write_to_person
from request_app.outbox.post import post_to
from request_app.outbox.worker import work
from request_app.public.parts import NAME, now
from request_app.sealing.keyfiles import read_keyring
from request_app.store import cases
from request_app.store.database import reading, writing
from tests.browser.walking import LANGUAGES, ask
from tests.request_app.outbox.mail_server import mail_server
from tests.request_app.outbox.post_office import worker_of

TITLES = {"fi": "Saimme pyyntösi", "en": "We have received your request"}
QUESTION = "Which register do you mean?"


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fi", 320, "light"), ("en", 1280, "dark")]
)
def test_a_person_asks_and_follows_the_request(
    form, walk, vnu, small, tmp_path, language, width, scheme, monkeypatch
):
    app, address = form
    monkeypatch.setattr("request_app.cases.admission.SECONDS_TO_FILL", now() - now())
    walk = walk(width, scheme)
    ask(walk, address + LANGUAGES[language])

    walk.press("[value=send]")
    assert walk.page.inner_text("h1") == TITLES[language]
    code = walk.told("Avauskoodi" if language == "fi" else "Access code")

    link = read_mail(app, small, address, tmp_path)
    walk.open(link)
    walk.press("")
    desk_asks(app)
    walk.open(f"{address}{LANGUAGES[language]}status/")
    walk.page.fill("#code", "ABCD")
    walk.press("")  # a wrong code
    walk.page.fill("#code", code)
    walk.press("")
    assert QUESTION in walk.page.inner_text("main")
    walk.press("[value=reply]")  # an empty reply
    walk.page.fill("#message", "Kaikkia.")
    walk.press("[value=reply]")
    walk.press("[value=ask-cancel]")
    walk.press("[value=cancel]")

    assert walk.page.context.cookies() == []
    assert walk.foreign == []
    assert vnu(tmp_path / "pages") == ""


def read_mail(app, content, address, folder):
    """Let the worker send to a real mail server; return the link in the mail."""
    engine = app.extensions[NAME].engine
    ring = read_keyring(folder / "desk")
    with mail_server() as box:
        work(worker_of(engine, ring, post_to(box.address), content), now=now)
    [envelope] = box.envelopes
    assert envelope.rcpt_tos == ["testi.testinen@example.com"]
    mail = message_from_bytes(envelope.content, policy=policy.default)
    return address + re.search(r"/(request/\S*confirm/\w+/)", mail.get_content())[1]


def desk_asks(app):
    engine = app.extensions[NAME].engine
    with reading(engine) as connection:
        [case] = cases.queue(connection)
    assert case.confirmed_at
    key = app.extensions[NAME].intake().key
    with writing(engine) as connection:
        write_to_person(connection, case, QUESTION, key=key, actor="test", now=now())


def test_enter_goes_on_and_does_not_change_the_language(form, walk):
    _, address = form
    walk = walk(1280, "light")
    walk.looks = False
    ask(walk, f"{address}request/")
    walk.press("[value=details]")
    walk.page.press("#name", "Enter")

    assert walk.page.inner_text("h1") == "Tarkista pyyntösi"


def test_only_the_chosen_way_to_reach_is_shown(form, walk):
    _, address = form
    walk = walk(1280, "light")
    walk.open(f"{address}request/?right=access")
    walk.press("[value=details]")
    assert not walk.page.is_visible("#email")

    walk.page.check("[name=reach][value=letter]")

    assert walk.page.is_visible("#post")
    assert not walk.page.is_visible("#email")
