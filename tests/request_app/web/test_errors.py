"""Error pages: some words always, and a number that leads to the line in the log."""

import json
import re

import pytest

from request_app.logs import FIELDS, OneLine
from request_app.public.page import FormPage
from tests.support.visitor import visit

ALWAYS = {"at", "level", "event"}


def test_the_number_on_the_page_is_that_of_the_line(client, caplog, monkeypatch):
    monkeypatch.setattr(
        "request_app.public.form_pages.stamps.new_stamp", lambda _now: 1 / 0
    )
    page = visit(client).words
    [number] = re.findall(r"\b[0-9a-f]{8}\b", page)

    lines = [json.loads(OneLine().format(record)) for record in caplog.records]
    [line] = [line for line in lines if line.get("error_id") == number]
    assert "Mitään ei ole kadonnut." in page  # it was only looked at
    assert line["event"] == "error"
    assert line["level"] == "error"
    assert line["kind"] == "ZeroDivisionError"
    assert any(place.startswith("form_pages.start:") for place in line["where"])
    assert all(line.keys() <= ALWAYS | set(FIELDS) for line in lines)


def test_an_error_of_ours_has_a_number_and_no_trace(client, monkeypatch):
    monkeypatch.setattr(
        "request_app.public.form_pages.stamps.new_stamp", lambda _now: 1 / 0
    )
    page = visit(client)

    assert page.status == 500
    assert page.title == "Jokin meni vikaan"
    assert "mainitse numero:" in page.words
    assert "ZeroDivision" not in page.response.text


@pytest.mark.parametrize(
    ("ask", "told"),
    [("get", "Mitään ei ole kadonnut."), ("post", "Emme ole varmoja, lähtikö pyyntö.")],
)
def test_only_of_what_was_sent_it_is_unsure_whether_it_came(
    client, monkeypatch, ask, told
):
    monkeypatch.setattr("request_app.public.form_pages.PublicForm", lambda **_: 1 / 0)
    page = getattr(client, ask)("/request/")

    assert page.status_code == 500
    assert told in page.text


def test_where_even_the_page_of_errors_fails_there_are_some_words(client, monkeypatch):
    monkeypatch.setattr(FormPage, "html", lambda *_, **__: 1 / 0)
    answer = client.get("/request/")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
