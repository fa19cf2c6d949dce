"""The report on the desk and on the terminal: the same numbers, and nobody in them."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from request_app.store.values import Role
from request_app.web.services import NAME
from tests.support.filed_requests import EMAIL, NOW
from tests.support.finished_cases import asked_and_cancelled, filed, whole


@pytest.fixture
def year(desk):
    """A year with an open request, a closed one and a cancelled one."""
    engine = desk.extensions[NAME].engine
    one = whole(engine, b"closed")
    filed(engine, b"open", received_at=NOW, entered_at=NOW)
    asked_and_cancelled(engine, b"cancelled", at=datetime(2026, 2, 2, 12, tzinfo=UTC))
    filed(engine, b"spam", suspicion="trap")
    return one


def rows_of(page, number):
    """A table of the page as lists of its cells."""
    table = page.soup.select("table")[number]
    return [
        [each.get_text(strip=True) for each in row.select("th, td")]
        for row in table.select("tr")
    ]


def test_the_page_tells_the_year(staff_client, year):
    page = staff_client(Role.VIEWER, "en").open("/desk/report/2026")

    assert page.title == "Report: 2026"
    told = dict(rows_of(page, 0)[1:])
    assert told["Received"] == "3"
    assert told["Closed"] == "2"
    assert told["Answered"] == "1"
    assert told["Put aside as suspected spam, in no other number"] == "1"
    assert rows_of(page, 1) == [
        ["Right", "Requests", "Carried out", "Cancelled", "Still open"],
        ["See the data", "3", "1", "1", "1"],
        ["Erasure", "3", "1", "1", "1"],
    ]
    assert [each[:3] for each in rows_of(page, 2)[1:]] == [
        ["1/4", "1", "0"],
        ["2/4", "0", "0"],
        ["3/4", "0", "0"],
        ["4/4", "2", "1"],
    ]
    assert year.reference not in page.response.text
    assert EMAIL not in page.response.text


def test_it_is_in_the_language_of_who_reads(staff_client, year):
    page = staff_client(Role.VIEWER, "fi").open("/desk/report/2026")

    assert year
    assert page.title == "Raportti: 2026"
    assert rows_of(page, 0)[1] == ["Saapunut", "3"]


def test_a_year_without_requests_is_a_page_too(staff_client):
    page = staff_client(Role.VIEWER).open("/desk/report/2019")

    assert page.status == 200
    assert len(page.soup.select("table")) == 2


@pytest.mark.parametrize("year", ["0", "10000", "x"])
def test_what_is_no_year_is_not_there(staff_client, year):
    assert staff_client(Role.VIEWER).open(f"/desk/report/{year}").status == 404


def test_the_file_has_the_same(staff_client, year):
    answer = staff_client(Role.VIEWER, "en").open("/desk/report/2026.csv").response

    assert year
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "report-2026.csv" in answer.headers["Content-Disposition"]
    text = answer.data.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert len({len(each) for each in rows}) == 1
    assert ["See the data", "3", "1", "1", "1"] in [row[:5] for row in rows]


def test_the_command_tells_the_same(desk, start, year):
    app = start(desk.extensions[NAME].engine)
    run = app.test_cli_runner().invoke

    told = run(args=["report", "2026", "--language", "en"])
    file = run(args=["report", "2026", "--csv"])

    assert year
    assert told.exit_code == 0
    assert "By right, and how it ended (2026)" in told.output
    assert "See the data         3            1          1           1" in told.output
    assert file.stdout_bytes.startswith(b"\xef\xbb\xbf")
    assert '"Saapunut","3"' in file.stdout_bytes.decode()
    assert run(args=["report", "2026", "--language", "de"]).exit_code == 2
