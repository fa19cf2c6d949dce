"""What members of staff do with their own account."""

from datetime import timedelta

import pytest

from request_app.store import accounts, audit, sessions
from request_app.store.database import reading, writing
from request_app.store.values import Role
from request_app.web.services import NAME
from tests.support.desk_browser import Browser
from tests.support.staff_accounts import WORDS, code, hire, sign_in_quickly

OTHER = "kurpitsa keittiön ikkunalla"


@pytest.fixture
def aino(desk, clock):  # noqa: ARG001 - at a time that stands
    return hire(desk)


@pytest.fixture
def browser(desk, aino):
    return Browser(desk, sign_in_quickly(desk, aino))


@pytest.fixture
def phone(desk, aino):
    """The same person, signed in elsewhere."""
    return Browser(desk, sign_in_quickly(desk, aino))


def engine_of(desk):
    return desk.extensions[NAME].engine


def actions(desk):
    with reading(engine_of(desk)) as connection:
        return [each.action for each in audit.entries(connection)]


def test_own_sessions_are_listed_and_ended(desk, browser, phone):
    page = browser.open("/desk/account")
    [form] = page.soup.select("form[action$=end]")
    assert len(page.soup.select(".sessions > li")) == 2

    answer = browser.send(form["action"])

    assert "Istunto on lopetettu." in browser.open(answer.location).words
    assert phone.open("/desk/").status == 303
    assert actions(desk)[-1] == "staff.session-ended"


def test_a_session_of_another_cannot_be_ended(desk, browser, staff_client):
    other = staff_client("viewer", name="eino")
    with reading(engine_of(desk)) as connection:
        eino = accounts.by_name(connection, "eino")
        [session] = sessions.of_account(connection, eino.id)

    browser.send(f"/desk/account/sessions/{session.id}/end")

    assert other.open("/desk/").status == 200


def change(browser, **changes):
    fields = {"present": WORDS, "password": OTHER, "again": OTHER} | changes
    return browser.send("/desk/account/password", **fields)


def test_another_password_ends_other_sessions(desk, browser, phone):
    answer = change(browser)

    assert "Salasana on vaihdettu." in browser.open(answer.location).words
    assert phone.open("/desk/").status == 303
    assert phone.send("/desk/sign-in", name="aino", password=WORDS).status == 422
    assert phone.send("/desk/sign-in", name="aino", password=OTHER).status == 303
    assert "staff.password-set" in actions(desk)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"present": "wrong"}, "Salasana on väärä."),
        ({"again": "x"}, "Salasanat eivät ole samat."),
        ({"password": "lyhyt", "again": "lyhyt"}, "vähintään 15 merkkiä."),
        ({"password": "aino" * 5, "again": "aino" * 5}, "helppo arvata"),
        ({"password": "Soutuseuran Airot " * 2}, None),
    ],
)
def test_a_password_that_cannot_be_is_refused(browser, changes, fault):
    answer = change(browser, **changes)

    assert answer.status == 422
    assert fault is None or fault in answer.words
    assert OTHER not in answer.response.text


def test_what_is_delicate_asks_the_password_again(desk, browser, clock):
    clock.shift(timedelta(minutes=10))
    answer = browser.open("/desk/account/recovery-codes")
    assert answer.location == "/desk/prove?next=/desk/account/recovery-codes"

    wrong = browser.send("/desk/prove", password="wrong")  # noqa: S106
    assert wrong.faults == ["Salasana on väärä."]
    former = browser.cookie
    right = browser.send(
        "/desk/prove", password=WORDS, next="/desk/account/recovery-codes"
    )

    assert right.location == "/desk/account/recovery-codes"
    assert Browser(desk, former).open("/desk/").status == 303
    assert browser.open(right.location).title == "Tehdäänkö uudet varakoodit?"


def test_a_form_that_comes_too_late_asks_the_password_first(browser, clock):
    token = browser.token()
    clock.shift(timedelta(minutes=10))
    answer = browser.post(
        "/desk/account/recovery-codes",
        data={"csrf_token": token},
        headers={"Referer": "https://localhost/desk/account/recovery-codes"},
    )

    assert answer.location == "/desk/prove?next=/desk/account/recovery-codes"


def test_new_recovery_codes_are_shown_once(desk, browser):
    shown = browser.send("/desk/account/recovery-codes")

    assert len(shown.soup.select("li.code")) == 10
    assert (
        shown.soup.select_one("li.code").get_text()
        not in browser.open("/desk/account").words
    )
    assert actions(desk)[-1] == "staff.recovery-codes-renewed"


def test_another_phone_takes_over_once_its_code_was_right(desk, browser, phone, aino):
    assert browser.send("/desk/account/authenticator").location == "/desk/authenticator"
    with reading(engine_of(desk)) as connection:
        assert accounts.by_name(connection, "aino").totp_since == aino.totp_since
    page = browser.open("/desk/authenticator")
    key = page.soup.select_one("dd.code").get_text().replace(" ", "")

    former = browser.cookie
    done = browser.send("/desk/authenticator", code=code(key))

    assert done.title == "Varakoodisi"
    assert phone.open("/desk/").status == 303
    assert Browser(desk, former).open("/desk/").status == 303
    assert browser.open("/desk/").status == 200
    assert browser.open("/desk/authenticator").status == 303


def test_the_language_is_that_of_the_account(browser):
    answer = browser.send("/desk/account/language", language="en", next="/desk/account")

    assert answer.location == "/desk/account"
    assert browser.open("/desk/account").title == "My account"
    browser.send("/desk/account/language", language="de")
    assert browser.open("/desk/account").soup.html["lang"] == "en"


def test_what_is_sent_besides_changes_nothing(desk, browser):
    browser.send("/desk/account/language", language="en", role="admin", id="x")

    with reading(engine_of(desk)) as connection:
        assert accounts.by_name(connection, "aino").role is Role.HANDLER


def test_another_role_holds_on_the_next_page(desk, browser, aino):
    with writing(engine_of(desk)) as connection:
        accounts.change(connection, aino.id, role=Role.ADMIN)

    assert "ylläpitäjä" in browser.open("/desk/").soup.footer.get_text()
