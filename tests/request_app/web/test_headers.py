"""Rules of every answer: headers, methods, hosts and sizes."""

import pytest

from tests.support.form_app import client_of
from tests.support.visitor import Page as Visited

ADDRESSES = [
    "/request/",
    "/request/en/status/",
    "/request/static/base.css",
    "/request/static/form.css",
    "/request/static/logo.svg",
    "/request/no-such-page",
    f"/request/confirm/{'0' * 32}/",
    "/healthz",
    "/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_closed_to_other_sites(client, address):
    answer = client.get(address, headers={"Origin": "https://evil.example"})

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "charset=utf-8" in answer.content_type


def test_a_safe_connection_is_to_be_kept(client):
    answer = client.get("/request/", base_url="https://localhost")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_everywhere(app, client, method):
    for rule in app.url_map.iter_rules():
        values = {"language": "en", "mail_id": "0" * 32, "name": "base.css"}
        asked = {name: values[name] for name in rule.arguments}
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **asked)
        assert client.open(address, method=method).status_code == 405, address


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "x y"])
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/request/", headers={"Host": host}).status_code == 400


def test_a_host_that_was_named_is_served(start, sqlite_engine):
    client = client_of(start(sqlite_engine, HOSTS="soutuseura.example, localhost"))

    answer = client.get("/request/", headers={"Host": "soutuseura.example"})
    assert answer.status_code == 200


def test_a_form_that_is_too_big_is_refused_in_words(client):
    answer = client.post("/request/", data={"text": "x" * 3_000_000})
    page = Visited(client, answer)

    assert page.status == 413
    assert page.title == "Lomakkeessa on liikaa tekstiä"


def test_a_form_with_too_many_fields_is_refused(client):
    data = {f"x{number}": "" for number in range(201)}

    assert client.post("/request/", data=data).status_code == 413


@pytest.mark.parametrize("body", [b"%ff%fe=%80", b"\x00\xff", b"a" * 1000, b"=&&=;"])
def test_a_body_that_is_no_form_is_no_error_of_ours(client, body):
    kind = "application/x-www-form-urlencoded"
    answer = client.post("/request/", data=body, content_type=kind)

    assert answer.status_code in {200, 422}


def test_a_proxy_is_believed_only_where_one_was_named(start, sqlite_engine):
    header = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}

    alone = client_of(start(sqlite_engine)).get("/request/", headers=header)
    behind = client_of(start(sqlite_engine, PROXIES=1)).get("/request/", headers=header)

    assert "Strict-Transport-Security" not in alone.headers
    assert "Strict-Transport-Security" in behind.headers
