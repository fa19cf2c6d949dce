"""When nothing can be kept: a clear page, the other ways, nothing lost, no restart."""

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from time import monotonic

import pytest

from request_app import migrations
from request_app.public.services import NAME
from request_app.store.database import SQLITE_BUSY_SECONDS, open_database
from tests.request_app.conftest import new_database
from tests.support.database_lock import locked
from tests.support.form_app import client_of, url_of
from tests.support.full_database import room_for
from tests.support.stored_cases import every_case
from tests.support.visitor import filled, sent, visit

BUSY_SECONDS = SQLITE_BUSY_SECONDS  # PostgreSQL's statements have the same time
KEPT = "Tämä ei saa kadota."


@contextmanager
def without(path):
    """Take a file away for a while."""
    aside = path.with_suffix(".aside")
    path.rename(aside)
    yield path
    path.unlink(missing_ok=True)
    aside.rename(path)


def assert_closed(page):
    assert page.status == 503
    assert page.title == "Tarkista pyyntösi"
    assert "Pyyntöäsi ei ole vielä lähetetty." in page.words
    assert "tietosuoja@soutuseura.example" in page.words
    assert page.fields["text"] == KEPT
    assert int(page.response.headers["Retry-After"]) > 0


def assert_open_again(page):
    assert page.press("send").title == "Saimme pyyntösi"


def count(engine):
    return len(every_case(engine))


@pytest.mark.parametrize("file", ["form.pub", "form.secret"])
def test_without_a_key_nothing_is_asked(client, keys, file):
    with without(keys / "form" / file):
        page = visit(client)

    assert page.status == 503
    assert page.title == "Lomake ei ole nyt käytössä"
    assert "tietosuoja@soutuseura.example" in page.words
    assert not page.fields


@pytest.mark.parametrize("file", ["form.pub", "form.secret"])
@pytest.mark.parametrize("broken", [None, b"", b"no key at all"])
def test_a_key_that_goes_loses_no_text(client, keys, file, broken):
    page = filled(client, text=KEPT)
    with without(keys / "form" / file) as path:
        if broken is not None:
            path.write_bytes(broken)
            path.chmod(0o400)
        closed = page.press("send")

    assert_closed(closed)
    assert_open_again(closed)


def test_a_database_that_is_away_loses_no_text(client, tmp_path):
    page = filled(client, text=KEPT)
    with without(tmp_path / "seloste.sqlite3"):
        closed = page.press("send")

    assert_closed(closed)
    assert_open_again(closed)


def test_a_database_that_is_broken_loses_no_text(client, tmp_path):
    page = filled(client, text=KEPT)
    with without(tmp_path / "seloste.sqlite3") as path:
        path.write_bytes(b"This is no database. " * 500)
        closed = page.press("send")

    assert_closed(closed)
    assert_open_again(closed)


def test_a_database_that_is_locked_for_long(start, engine):
    page = filled(client_of(start(engine)), text=KEPT)
    with locked(url_of(engine)):
        began = monotonic()
        closed = page.press("send")
        waited = monotonic() - began

    assert_closed(closed)
    assert BUSY_SECONDS <= waited < 2 * BUSY_SECONDS
    assert count(engine) == 0
    assert_open_again(closed)
    assert count(engine) == 1


def test_a_lock_that_ends_in_time_is_waited_for(start, engine):
    page = filled(client_of(start(engine)), text=KEPT)
    with ThreadPoolExecutor() as pool:
        with locked(url_of(engine)):
            answer = pool.submit(page.press, "send")
            assert not wait([answer], timeout=0.5).done

        assert answer.result().title == "Saimme pyyntösi"


def test_a_database_that_is_full(app, client):
    engine = app.extensions[NAME].engine
    with room_for(engine, pages=30):
        answers = [sent(client, text=KEPT * 200) for _ in range(12)]

    shown = [answer for answer in answers if answer.status == 200]
    assert {answer.status for answer in answers} == {200, 503}
    assert count(engine) == len(shown)
    assert_open_again(answers[-1])


def test_a_code_is_asked_again_when_the_database_is_away(client, tmp_path):
    code = sent(client).told("Avauskoodi")
    page = visit(client, "/request/status/").fill(code=code)
    with without(tmp_path / "seloste.sqlite3"):
        closed = page.press("look")

    assert closed.status == 503
    assert closed.fields["code"] == code


def test_a_message_is_not_lost_when_the_database_is_away(client, tmp_path):
    code = sent(client).told("Avauskoodi")
    page = visit(client, "/request/status/").fill(code=code).press("look")
    with without(tmp_path / "seloste.sqlite3"):
        closed = page.fill(message=KEPT).press("reply")

    assert closed.status == 503
    assert "Viestiäsi ei ole vielä lähetetty." in closed.words
    assert KEPT in closed.press("reply").words


def test_postgresql_stops_in_the_middle_and_comes_back(postgres, start):
    url = new_database(postgres)
    engine = open_database(url)
    migrations.upgrade(engine)
    client = client_of(start(engine))
    before = sent(client)
    page = filled(client, text=KEPT)
    postgres.stop()
    try:
        closed = page.press("send")
    finally:
        postgres.start()

    assert_closed(closed)
    assert_open_again(closed)
    code = before.told("Avauskoodi")
    status = visit(client, "/request/status/").fill(code=code).press("look")
    assert status.status == 200
    engine.dispose()
