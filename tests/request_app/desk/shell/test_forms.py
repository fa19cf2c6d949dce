"""Forms are taken from our own pages, and looking changes nothing."""

import pytest

from request_app.store.database import reading
from request_app.store.tables import metadata
from request_app.web.services import NAME
from tests.request_app.desk.shell.test_access import pages
from tests.support.desk_browser import Browser
from tests.support.staff_accounts import hire, sign_in_quickly


def posts(desk):
    return [address for _, method, address in pages(desk) if method == "POST"]


def contents(desk):
    with reading(desk.extensions[NAME].engine) as connection:
        return {
            name: connection.execute(table.select()).all()
            for name, table in metadata.tables.items()
        }


def test_no_form_is_taken_without_its_token(desk, staff_client):
    browser, addresses = staff_client("admin"), posts(desk)
    before = contents(desk)

    for address in addresses:
        assert browser.post(address).status == 400, address
        assert browser.post(address, data={"csrf_token": "x"}).status == 400, address
    assert contents(desk) == before


def test_the_token_of_another_session_is_none(desk, staff_client):
    browser, other = staff_client("admin"), staff_client("viewer")
    data = {"csrf_token": other.token()}

    for address in posts(desk):
        assert browser.post(address, data=data).status == 400, address


@pytest.mark.parametrize(
    "header",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost"},
        {"Origin": "https://localhost:8443"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_form_of_another_site_is_taken(desk, staff_client, header):
    browser = staff_client("admin")
    data, addresses = {"csrf_token": browser.token()}, posts(desk)
    before = contents(desk)

    for address in addresses:
        answer = browser.post(address, data=data, headers=header)
        assert answer.status == 403, address
    assert contents(desk) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://desk.example"},
        {},  # no Referer and no Origin either: a browser that tells nothing
    ],
)
def test_a_form_of_our_own_page_is_taken(start_desk, sqlite_engine, headers):
    desk = start_desk(sqlite_engine, DESK_URL="https://desk.example/desk/")
    browser = Browser(desk, sign_in_quickly(desk, hire(desk)))
    data = {"csrf_token": browser.token(), "language": "en"}
    answer = browser.post("/desk/account/language", data=data, headers=headers)

    assert answer.status == 303
    assert browser.open("/desk/").title == "Queue"


@pytest.mark.usefixtures("clock")
def test_looking_changes_nothing(desk, staff_client):
    """But for the audit trail, which tells of each opening of a case."""
    browser, addresses = staff_client("admin"), list(pages(desk))
    before = contents(desk) | {"audit": []}

    for _, method, address in addresses:
        if method == "GET":
            assert browser.open(address).status in {200, 303, 404}, address
    assert contents(desk) | {"audit": []} == before


def test_a_page_too_old_is_told_in_words(staff_client):
    page = staff_client("viewer").post("/desk/account/language")

    assert page.title == "Lomaketta ei voitu ottaa vastaan"
    assert "Mitään ei tallennettu." in page.words
