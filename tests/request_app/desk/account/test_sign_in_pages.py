"""The way in and out, as a browser sees it."""

from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from request_app.auth import account_admin, passwords, recovery
from request_app.store import accounts, audit
from request_app.store.database import reading, writing
from request_app.store.tables import staff_sessions
from request_app.web.services import NAME
from tests.support.desk_browser import Browser
from tests.support.staff_accounts import KEY, WORDS, add, code, hire

SECOND = timedelta(seconds=1)


def sign_in(browser, password=WORDS, name="aino", **more):
    return browser.send("/desk/sign-in", name=name, password=password, **more)


def engine_of(desk):
    return desk.extensions[NAME].engine


def sessions_in(desk):
    with reading(engine_of(desk)) as connection:
        return connection.execute(staff_sessions.select()).all()


def trail(desk):
    with reading(engine_of(desk)) as connection:
        return [(each.actor, each.action) for each in audit.entries(connection)]


@pytest.fixture
def aino(desk):
    return hire(desk)


@pytest.fixture
def signed_in(aino, stranger, clock):  # noqa: ARG001 - there is an account, and a time
    """Aino's browser, signed in just now."""
    assert sign_in(stranger).location == "/desk/second-factor"
    assert stranger.send("/desk/second-factor", code=code()).location == "/desk/"
    return stranger


def test_a_password_and_a_code_let_in(signed_in, desk):
    page = signed_in.open("/desk/")

    assert page.title == "Jono"
    assert "aino (asianhoitaja)" in page.soup.footer.get_text()
    assert trail(desk) == [("staff:aino", "staff.signed-in")]


@pytest.mark.usefixtures("clock")
def test_from_the_one_time_code_to_the_desk(desk, stranger):
    given = add(desk, language="en")
    weak = stranger.send(
        "/desk/password?language=en",
        name="aino",
        code=given,
        password="x",  # noqa: S106
        again="y",
    )
    assert weak.status == 422
    assert weak.faults == [
        "The password needs at least 15 characters.",
        "The two passwords differ.",
    ]

    done = stranger.send(
        "/desk/password", name=" AINO ", code=given, password=WORDS, again=WORDS
    )
    assert done.location == "/desk/authenticator"
    assert stranger.open("/desk/").location.startswith("/desk/sign-in")
    page = stranger.open("/desk/authenticator")
    assert page.title == "Connect an authenticator app"
    key = page.soup.select_one("dd.code").get_text().replace(" ", "")
    token = page.soup.find("input", {"name": "csrf_token"})["value"]
    wrong = stranger.post(
        "/desk/authenticator", data={"csrf_token": token, "code": "000000"}
    )
    assert wrong.faults
    shown = stranger.post(
        "/desk/authenticator", data={"csrf_token": token, "code": code(key)}
    )

    assert shown.title == "Your recovery codes"
    assert len(shown.soup.select("li.code")) == 10
    assert stranger.open("/desk/").title == "Queue"
    again = stranger.send(
        "/desk/password", name="aino", code=given, password=WORDS, again=WORDS
    )
    assert again.status == 422


@pytest.mark.usefixtures("aino")
def test_there_is_no_desk_without_a_second_factor(stranger):
    sign_in(stranger)

    assert stranger.open("/desk/").location.startswith("/desk/sign-in")
    assert stranger.open("/desk/account").location.startswith("/desk/sign-in")
    assert stranger.open("/desk/authenticator").location == "/desk/sign-in"
    assert stranger.send("/desk/account/authenticator").status == 303
    assert stranger.open("/desk/authenticator").location == "/desk/sign-in"


def test_the_cookie_is_for_this_host_over_https_and_nothing_else(stranger):
    [cookie] = stranger.open("/desk/sign-in").response.headers.getlist("Set-Cookie")
    name, *attributes = cookie.split("; ")

    assert name.startswith("__Host-seloste=")
    assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}
    assert len(name.partition("=")[2]) >= 43  # 256 bits


def test_who_only_looks_gets_no_cookie_and_no_row(desk, stranger):
    for address in ("/desk/", "/desk/static/base.css", "/healthz", "/desk/no-such"):
        assert "Set-Cookie" not in stranger.open(address).response.headers
    stranger.open("/desk/sign-in")

    assert sessions_in(desk) == []


@pytest.mark.usefixtures("aino")
def test_each_stage_has_a_token_of_its_own(desk, stranger):
    stranger.open("/desk/sign-in")
    tokens = [stranger.cookie]
    sign_in(stranger)
    tokens.append(stranger.cookie)
    stranger.send("/desk/second-factor", code=code())
    tokens.append(stranger.cookie)

    assert len(set(tokens)) == 3
    for former in tokens[:2]:
        assert Browser(desk, former).open("/desk/").status == 303
    assert len(sessions_in(desk)) == 1


def test_the_database_holds_no_token(desk, signed_in):
    content = Path(engine_of(desk).url.database).read_bytes()

    assert signed_in.cookie.encode() not in content
    assert KEY.encode() not in content
    assert WORDS.encode() not in content


def test_after_signing_out_the_cookie_opens_nothing(desk, signed_in):
    cookie = signed_in.cookie
    answer = signed_in.send("/desk/sign-out")

    assert answer.title == "Olet kirjautunut ulos"
    assert answer.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert signed_in.cookie is None
    assert Browser(desk, cookie).open("/desk/").status == 303
    replay = desk.test_client(use_cookies=False).get(
        "/desk/",
        headers={"Cookie": f"__Host-seloste={cookie}"},
        base_url="https://localhost",
    )
    assert replay.status_code == 303
    assert trail(desk)[-1] == ("staff:aino", "staff.signed-out")


def test_a_session_ends_after_half_an_hour_without_use(signed_in, clock):
    clock.shift(timedelta(minutes=30) - SECOND)
    assert signed_in.open("/desk/").status == 200

    clock.shift(timedelta(minutes=30))
    assert signed_in.open("/desk/").status == 303


def test_a_session_ends_after_twelve_hours_of_use(signed_in, clock):
    for _ in range(36):
        clock.shift(timedelta(minutes=20))
        if _ == 35:
            clock.shift(-SECOND)
        assert signed_in.open("/desk/").status == 200

    clock.shift(SECOND)
    assert signed_in.open("/desk/").status == 303


def test_a_disabled_account_is_out_on_the_next_page(desk, aino, signed_in):
    with writing(engine_of(desk)) as connection:
        account_admin.disable(connection, aino, actor="test", now=aino.created_at)

    assert signed_in.open("/desk/").status == 303
    assert sessions_in(desk) == []


def test_nobody_learns_who_has_an_account(desk, aino, stranger):
    hire(desk, "eino")
    with writing(engine_of(desk)) as connection:
        accounts.change(
            connection,
            accounts.by_name(connection, "eino").id,
            disabled_at=aino.created_at,
        )
    add(desk, "new")  # no password yet
    answers = [
        sign_in(stranger, "wrong", name="aino"),
        sign_in(stranger, "wrong", name="nobody"),
        sign_in(stranger, WORDS, name="eino"),
        sign_in(stranger, "", name="new"),
    ]

    bodies = {
        answer.response.text.replace(name, "NAME")
        for answer, name in zip(answers, ("aino", "nobody", "eino", "new"), strict=True)
    }
    assert {answer.status for answer in answers} == {422}
    assert len({_without_tokens(body) for body in bodies}) == 1


def _without_tokens(body):
    return "\n".join(line for line in body.splitlines() if "csrf_token" not in line)


@pytest.mark.usefixtures("aino")
def test_a_stranger_costs_as_much_as_a_member(stranger, monkeypatch):
    checked = []

    class Counting:
        def verify(self, stored, password):
            checked.append(password)
            return passwords.PasswordHasher().verify(stored, password)

        def hash(self, password):
            return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(
                password
            )

    monkeypatch.setattr(passwords, "HASHER", Counting())
    sign_in(stranger, "wrong one", name="aino")
    sign_in(stranger, "wrong one", name="nobody")

    assert checked == ["wrong one", "wrong one"]


@pytest.mark.usefixtures("aino")
def test_a_right_password_that_comes_too_early_is_refused_like_a_wrong_one(
    stranger, clock
):
    for _ in range(5):
        assert sign_in(stranger, "wrong").status == 422
    right, wrong = sign_in(stranger), sign_in(stranger, "wrong")

    assert (right.status, wrong.status) == (429, 429)
    assert right.response.text == wrong.response.text
    assert right.title == "Odota hetki"
    assert right.response.headers["Retry-After"] == "3"

    clock.shift(2)
    assert sign_in(stranger).status == 303


def test_who_is_signed_in_is_not_disturbed_by_tries_of_others(desk, signed_in):
    other = Browser(desk)
    for _ in range(25):
        sign_in(other, "wrong")

    assert signed_in.open("/desk/").status == 200


@pytest.mark.usefixtures("aino")
def test_raised_parameters_are_taken_over_at_the_next_sign_in(
    desk, stranger, monkeypatch
):
    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", dearer)
    sign_in(stranger)

    with reading(engine_of(desk)) as connection:
        stored = accounts.by_name(connection, "aino").password_hash
    assert "t=2" in stored


@pytest.mark.usefixtures("aino", "clock")
def test_the_page_that_was_asked_for_comes_after_signing_in(stranger):
    address = stranger.open("/desk/account/password").location
    assert address == "/desk/sign-in?next=/desk/account/password"

    sign_in(stranger, next="/desk/account/password")
    answer = stranger.send("/desk/second-factor", code=code())

    assert answer.location == "/desk/account/password"


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/desk/",
        "https:evil.example",
        "/desk/\\evil.example",
        "/desk/%0d%0aX: y\r\nX: y",
        "/request/",
        "javascript:alert(1)",
        "desk/",
        " /desk/",
    ],
)
@pytest.mark.usefixtures("aino")
def test_no_other_place_comes_after_signing_in(stranger, evil):
    sign_in(stranger, next=evil)
    answer = stranger.send("/desk/second-factor", code=code())

    assert answer.location == "/desk/"


def test_a_recovery_code_opens_and_few_left_are_told(desk, aino, stranger):
    with writing(engine_of(desk)) as connection:
        hashes = [recovery.hash_of(each) for each in ("AAAA-BBBB", "CCCC-DDDD")]
        accounts.set_recovery_codes(connection, aino.id, hashes)
    sign_in(stranger)
    answer = stranger.send("/desk/second-factor", code="aaaabbbb")
    page = stranger.open(answer.location)

    assert page.title == "Oma tili"
    assert "Sinulla on enää vähän varakoodeja." in page.words
    assert page.told("Varakoodeja jäljellä").startswith("1")
    assert "Sinulla on enää" not in stranger.open("/desk/account").words


@pytest.mark.usefixtures("aino")
def test_a_form_left_open_for_a_day_still_signs_in(stranger, clock):
    token = stranger.token()
    clock.shift(timedelta(days=1))
    data = {"csrf_token": token, "name": "aino", "password": WORDS}

    assert stranger.post("/desk/sign-in", data=data).location == "/desk/second-factor"


@pytest.mark.usefixtures("clock")
def test_signing_in_speaks_the_language_of_the_address_then_of_the_account(
    desk, stranger
):
    hire(desk, "eve", language="en")
    page = stranger.open("/desk/sign-in?language=en")
    assert page.title == "Sign in"
    assert stranger.open("/desk/sign-in?language=xx").title == "Kirjaudu sisään"

    sign_in(stranger, name="eve")
    assert stranger.open("/desk/second-factor").title == "The code of your app"
