"""The number on a page of errors leads to its line in the log."""

import json
import re

from request_app.logs import FIELDS, OneLine
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
