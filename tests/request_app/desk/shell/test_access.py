"""Every page and everyone who may knock: as the table says, otherwise closed."""

import pytest

from request_app.desk.shell.access import access_of, least
from request_app.store import audit
from request_app.store.database import reading
from request_app.store.values import Role
from request_app.web.services import NAME
from tests.support.desk_cases import filed
from tests.support.page_roles import ACCESS, VALUES

ROLES = ["viewer", "handler", "admin"]


def told(access):
    if access is None:
        return "closed"
    if not access.asks:
        return "outside"
    if access.role is None:
        return "anyone"
    return f"{access.role}{'+' if access.proved else ''}"


def pages(desk):
    """Every address of the desk with each method that it has; there is one case."""
    reference = filed(desk).reference
    given = VALUES | {"reference": reference, "other": reference}
    for rule in desk.url_map.iter_rules():
        values = {name: given[name] for name in rule.arguments}
        with desk.test_request_context(base_url="https://localhost"):
            address = desk.url_for(rule.endpoint, **values)
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule.endpoint, method, address.removeprefix("https://localhost")


def test_the_table_is_that_of_the_desk(desk):
    with desk.app_context():
        found = {name: told(access_of(name)) for name in desk.view_functions}

    assert found == ACCESS


@pytest.mark.parametrize("who", ["stranger", *ROLES])
def test_each_page_opens_for_whom_the_table_says(desk, stranger, staff_client, who):
    browser = stranger if who == "stranger" else staff_client(who)
    token = browser.token()

    for endpoint, method, address in pages(desk):
        if endpoint == "desk.sign_out":
            continue  # it would end the walk
        asked = ACCESS[endpoint].rstrip("+")
        data = {"csrf_token": token}
        answer = (
            browser.open(address)
            if method == "GET"
            else browser.post(address, data=data)
        )

        if asked in {"outside", "anyone"}:
            assert answer.status in {200, 303, 422}, address
        elif who == "stranger":
            assert answer.status == 303, address
            assert answer.location.startswith("/desk/sign-in"), address
        elif ROLES.index(who) < ROLES.index(asked):
            assert answer.status == 403, address
        else:
            assert answer.status in {200, 303, 404, 409, 422}, address
            assert "sign-in" not in (answer.location or ""), address


def test_a_page_that_says_nothing_is_closed_to_everyone(desk, stranger, staff_client):
    desk.add_url_rule("/desk/forgotten", "forgotten", lambda: "open")

    assert stranger.open("/desk/forgotten").status == 403
    assert staff_client("admin").open("/desk/forgotten").status == 403


def test_a_refusal_stays_in_the_audit_trail(desk, staff_client):
    desk.add_url_rule("/desk/secret", "secret", least(Role.ADMIN)(lambda: "open"))
    answer = staff_client("handler", name="aino").open("/desk/secret")

    assert answer.status == 403
    with reading(desk.extensions[NAME].engine) as connection:
        newest = audit.entries(connection)[-1]
    assert (newest.actor, newest.action) == ("staff:aino", "access.refused")
    assert newest.facts == {"page": "secret"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_everywhere(desk, staff_client, method):
    browser = staff_client("admin")
    for _, _, address in pages(desk):
        answer = browser.client.open(
            address, method=method, base_url="https://localhost"
        )
        assert answer.status_code == 405, address
