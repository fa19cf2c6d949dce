"""Whether the desk can open requests is told on this machine, and nowhere else."""

import pytest

from request_app.store.database import reading
from request_app.store.tables import form_nonces
from tests.support.form_app import client_of


def asked(client, **more):
    return client.get("/readyz", **more)


def test_a_desk_that_can_work_says_so_to_nobody_in_particular(start_desk, engine):
    answer = asked(client_of(start_desk(engine)))

    assert answer.status_code == 200
    assert answer.json["ready"]
    assert set(answer.json["checks"]) >= {"database", "schema", "private key"}
    assert "Set-Cookie" not in answer.headers
    with reading(engine) as connection:
        assert connection.execute(form_nonces.select()).all() == []


@pytest.mark.parametrize("file", ["desk-*.key", "desk.secret"])
def test_a_desk_that_could_open_nothing_is_not_ready(desk, keys, file):
    for path in (keys / "desk").glob(file):
        path.unlink()
    answer = asked(client_of(desk))

    assert answer.status_code == 503
    assert not answer.json["ready"]
    assert str(keys) not in answer.text


@pytest.mark.parametrize(
    "more",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
    ],
    ids=["another machine", "a proxy"],
)
def test_others_find_no_such_page(desk, more):
    assert asked(client_of(desk), **more).status_code == 404
