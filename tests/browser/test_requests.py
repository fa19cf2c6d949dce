"""The story in a real browser: from the notice to a receipt, a mail and a reply."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import update

from request_app.cases.identity.email_confirmation import ask_by_mail
from request_app.cases.messages.conversation import write_to_person
from request_app.outbox.post import post_to
from request_app.outbox.worker import work
from request_app.public.services import NAME, now
from request_app.sealing.keyfiles import read_keyring
from request_app.store import tables
from request_app.store.database import writing
from request_app.store.values import State, Way
from tests.support.actions import acting, keys_in
from tests.support.browser_walk import LANGUAGES, ask
from tests.support.delivered_answers import LETTER, ON_FILE, SHEET, handed, packed
from tests.support.mail_server import mail_server
from tests.support.post_office import worker_of
from tests.support.stored_cases import only_case

TITLES = {"fi": "Saimme pyyntösi", "en": "We have received your request"}
QUESTION = "Which register do you mean?"


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fi", 320, "light"), ("en", 1280, "dark")]
)
def test_a_person_asks_and_follows_the_request(
    form, walk, vnu, small, tmp_path, language, width, scheme, monkeypatch
):
    app, address = form
    monkeypatch.setattr("request_app.cases.intake.spam.SECONDS_TO_FILL", now() - now())
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
    case = only_case(engine)
    assert case.confirmed_at
    with app.extensions[NAME].writing("test") as action:
        write_to_person(action, case, QUESTION)


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


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fi", 320, "dark"), ("en", 1280, "light")]
)
def test_a_person_fetches_the_answer(
    form, walk, vnu, tmp_path, language, width, scheme
):
    app, address = form
    walk = walk(width, scheme)
    page, start = walk.page, address + LANGUAGES[language]
    walk.looks = False
    ask(walk, start)
    walk.press("[value=send]")
    walk.looks = True
    access_code = walk.told("Avauskoodi" if language == "fi" else "Access code")
    code, question = desk_delivers(app, tmp_path)

    for answer in ("yes", "no"):
        walk.open(f"{start}identity/{question}/")
        walk.press(f"[value={answer}]")
    with writing(app.extensions[NAME].engine) as connection:
        connection.execute(update(tables.cases).values(state=State.READY))
    walk.open(f"{start}status/")
    page.fill("#code", access_code)
    walk.press("")
    walk.press("[value=ask]")
    assert page.input_value("#access") == access_code
    walk.press("[value=open]")  # no delivery code
    page.fill("#delivery", code)
    walk.press("[value=open]")
    assert page.inner_text(".reply").strip() == LETTER.strip()
    with page.expect_download() as saved:
        page.click("button[name=file] >> nth=1")
    assert saved.value.suggested_filename == "tietosi.csv"
    assert Path(saved.value.path()).read_bytes() == SHEET
    page.emulate_media(media="print")
    assert page.is_visible(".reply")
    assert not page.is_visible("button[name=file] >> nth=0")

    assert walk.page.context.cookies() == []
    assert walk.foreign == []
    assert vnu(tmp_path / "pages") == ""


def desk_delivers(app, folder):
    """Hand an answer over; return its code, and the id of a mail that asks."""
    engine = app.extensions[NAME].engine
    case = only_case(engine)
    with acting(engine, at=now(), **keys_in(folder)) as action:
        question = ask_by_mail(action, case, ON_FILE)
        code, _ = handed(action, case, packed(action, case), way=Way.EMAIL)
    return str(code), question.id
