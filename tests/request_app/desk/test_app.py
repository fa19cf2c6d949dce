"""Rules of every answer of the desk, and what it does when something is away."""

import pytest
from flask import request

from request_app import create_desk
from request_app.desk.shell.access import least
from request_app.logs import LOGGER
from request_app.sealing import SealingError
from request_app.sealing.keyfiles import DESK_FORMS
from request_app.store.values import Role
from request_app.web.services import NAME
from tests.request_app.desk.shell.test_access import pages
from tests.support.form_app import settings, url_of
from tests.support.full_database import room_for
from tests.support.staff_accounts import WORDS


def test_every_answer_is_closed_to_other_sites_and_kept_nowhere(desk, staff_client):
    browser = staff_client("admin")
    addresses = [address for _, method, address in pages(desk) if method == "GET"]

    for address in [*addresses, "/desk/no-such-page", "/"]:
        headers = browser.open(address).response.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        if not address.startswith("/desk/static/"):
            assert headers["Cache-Control"] == "no-store", address


def test_no_page_has_styles_or_scripts_within(desk, staff_client):
    browser = staff_client("admin")
    browser.send("/desk/account/authenticator")

    for _, method, address in pages(desk):
        if method == "GET":
            answer = browser.open(address)
            if answer.response.headers.get("Content-Disposition"):
                continue  # no page of the desk but a file that has its look within
            soup = answer.soup
            assert not soup.find_all(["script", "style"]), address
            assert not soup.find_all(style=True), address


def test_a_foreign_host_is_refused(start_desk, sqlite_engine):
    desk = start_desk(sqlite_engine, DESK_HOSTS="desk.example")
    client = desk.test_client()

    assert (
        client.get("/desk/sign-in", base_url="https://desk.example").status_code == 200
    )
    assert (
        client.get("/desk/sign-in", base_url="https://evil.example").status_code == 400
    )


def test_the_desk_does_not_start_without_its_secret(keys, sqlite_engine):
    (keys / "desk" / DESK_FORMS).unlink()

    with pytest.raises(SealingError):
        create_desk(settings(url_of(sqlite_engine), keys))


def test_the_form_has_no_page_of_the_desk(client):
    assert client.get("/desk/").status_code == 404
    assert client.get("/desk/sign-in").status_code == 404


def test_the_desk_has_no_link_that_signs_in(desk, stranger):
    assert "trial" not in desk.view_functions
    assert stranger.open("/desk/trial/x").status == 404


def test_an_upload_stays_in_memory(desk, staff_client, monkeypatch):
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", lambda **_: 1 / 0)
    desk.add_url_rule(
        "/desk/take",
        "take",
        least(Role.HANDLER)(lambda: str(len(request.files["file"].read()))),
        methods=["POST"],
    )
    browser = staff_client("handler")
    parts = [("csrf_token", "", browser.token()), ("file", "x.pdf", "x" * 3_000_000)]
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"'
        f"{f'; filename={file}' if file else ''}\r\n\r\n{content}\r\n"
        for name, file, content in parts
    )
    kind = "multipart/form-data; boundary=x"
    answer = browser.post("/desk/take", data=f"{body}--x--\r\n", content_type=kind)

    assert answer.response.text == "3000000"


def test_what_is_too_big_is_refused_in_words(staff_client):
    kind = "multipart/form-data; boundary=x"
    page = staff_client("handler").post(
        "/desk/account/language", data=b"x" * 26_300_000, content_type=kind
    )

    assert page.status == 413
    assert page.title == "Tämä on liian suuri"


def test_a_stranger_sends_little(stranger):
    data = {"csrf_token": stranger.token(), "name": "x" * 70_000}

    assert stranger.post("/desk/sign-in", data=data).status == 413


def test_many_fields_are_refused(staff_client):
    data = {f"x{number}": "" for number in range(501)}

    assert staff_client("admin").post("/desk/account/language", data=data).status == 413


def test_a_database_that_is_full_can_still_be_read(desk, staff_client, clock):
    browser = staff_client("handler")
    clock.shift(600)
    with room_for(desk.extensions[NAME].engine, 0):
        page = browser.open("/desk/account")

    assert page.status == 200
    assert page.title == "Oma tili"


def test_a_database_that_is_away_is_told_in_words(staff_client, tmp_path):
    browser = staff_client("handler")
    file = tmp_path / "seloste.sqlite3"
    file.rename(file.with_suffix(".aside"))
    file.mkdir()
    page = browser.open("/desk/")

    assert page.status == 503
    assert page.title == "Palvelu ei ole juuri nyt käytettävissä"


def test_keys_that_are_away_keep_nobody_from_the_first_step(staff_client, keys):
    browser = staff_client("handler", "en")
    for key in (keys / "desk").glob("desk-*.key"):
        key.rename(key.with_suffix(".aside"))

    assert browser.send("/desk/account/authenticator").status == 303
    assert browser.open("/desk/authenticator").status == 503
    assert browser.open("/desk/").status == 200


def test_an_error_of_ours_has_a_number_and_no_trace(staff_client, monkeypatch):
    browser = staff_client("viewer")
    monkeypatch.setattr(
        "request_app.desk.account.account_page.accounts.recovery_codes_left",
        lambda *_: 1 / 0,
    )
    page = browser.open("/desk/account")

    assert page.status == 500
    assert "mainitse numero:" in page.words
    assert "Mitään ei ole kadonnut." in page.words
    assert "ZeroDivision" not in page.response.text


def test_nothing_typed_is_in_the_log(stranger, caplog):
    LOGGER.addHandler(caplog.handler)
    stranger.send("/desk/sign-in", name="canary-name", password=WORDS)
    stranger.open("/desk/?next=canary-query")
    LOGGER.removeHandler(caplog.handler)
    told = "".join(str(each.__dict__) for each in caplog.records)

    assert "desk.sign_in" in told
    assert "canary" not in told
    assert WORDS not in told
