"""Whether the form can work is told on this machine, and nowhere else."""

from datetime import timedelta
from pathlib import Path

import pytest

from request_app.public.services import NAME
from request_app.store.database import reading, writing
from request_app.store.tables import form_nonces, outbox
from tests.support.filed_requests import NOW, file
from tests.support.form_app import client_of


def asked(client, **more):
    return client.get("/readyz", **more)


def test_a_form_that_can_work_says_so(start, engine):
    answer = asked(client_of(start(engine)))

    assert answer.status_code == 200
    assert answer.json["ready"]
    assert set(answer.json["checks"]) >= {"database", "schema", "form key"}


def test_mails_that_wait_keep_nobody_from_asking(start, engine):
    client = client_of(start(engine))
    with writing(engine) as connection:
        file(connection)
        connection.execute(outbox.update().values(created_at=NOW - timedelta(days=9)))

    assert asked(client).status_code == 200


def test_the_probe_leaves_nothing(start, engine):
    asked(client_of(start(engine)))

    with reading(engine) as connection:
        assert connection.execute(form_nonces.select()).all() == []


def test_without_the_notice_it_is_not_ready_and_says_so(start, engine, root):
    notice = root / "content" / "notice.yaml"
    notice.write_text("title: {fi:Seloste}\n")
    client = client_of(start(engine, CONTENT=root))
    page = client.get("/request/")

    assert asked(client).json["checks"]["notice"] == "fault"
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "300"
    assert "Palvelu ei ole nyt käytössä" in page.text


@pytest.mark.parametrize("file", ["form.pub", "form.secret"])
def test_without_a_key_it_is_not_ready(client, keys, file):
    (keys / "form" / file).unlink()
    answer = asked(client)

    assert answer.status_code == 503
    assert not answer.json["ready"]
    assert str(keys) not in answer.text


def test_without_a_database_it_is_not_ready(app, client):
    Path(app.extensions[NAME].engine.url.database).unlink()

    assert asked(client).status_code == 503


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7"])
def test_others_find_no_such_page(client, address):
    answer = asked(client, environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == 404


@pytest.mark.parametrize("proxies", [0, 1])
def test_through_a_proxy_there_is_no_such_page(start, sqlite_engine, proxies):
    client = client_of(start(sqlite_engine, PROXIES=proxies))

    assert asked(client, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", ""])
def test_this_machine_is_told(client, address):
    answer = asked(client, environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == 200
