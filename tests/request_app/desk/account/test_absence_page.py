"""Away and back on one's own page; what the deputy and the others see meanwhile."""

from datetime import date, timedelta

import pytest

from request_app.store import absences, accounts
from request_app.store.absences import Absence
from request_app.store.database import reading, writing
from request_app.web.services import NAME
from tests.support.desk_browser import Browser
from tests.support.desk_cases import again, filed, newest_of_audit, restrict
from tests.support.staff_accounts import sign_in_quickly

AWAY = "/desk/account/away"
DAYS = {"first": "21.12.2026", "last": "3.1.2027"}
TODAY = {"first": "22.11.2026", "last": "30.11.2026"}


@pytest.fixture
def aino(staff_client, clock):  # noqa: ARG001 - at a time that stands
    return staff_client("handler", name="aino")


@pytest.fixture
def bertta(staff_client, clock):  # noqa: ARG001
    return staff_client("handler", name="bertta")


def id_of(browser, name):
    with reading(browser.app.extensions[NAME].engine) as connection:
        return accounts.by_name(connection, name).id


def known(browser):
    with reading(browser.app.extensions[NAME].engine) as connection:
        return absences.lasting_until(connection, date.min)


def leave(browser, deputy=None, **days):
    chosen = id_of(browser, deputy) if deputy else "nobody"
    return browser.send(AWAY, deputy=chosen, **days or DAYS)


def taken(desk, browser):
    """A case that who is signed in has taken."""
    case = filed(desk)
    answer = browser.send(f"/desk/cases/{case.reference}/take", version=case.version)
    assert answer.status == 303
    return again(desk, case)


def test_one_says_that_one_is_away_and_is_back(aino, bertta):
    answer = leave(aino, "bertta")
    page = aino.open(answer.location)

    assert "Poissaolosi on tallennettu." in page.words
    assert "maanantai 21.12.2026 – sunnuntai 3.1.2027. Sijainen: bertta." in page.words
    assert "Sijaistat" in bertta.open("/desk/account").words
    assert aino.open(AWAY).soup.select_one("#first")["value"] == "21.12.2026"
    assert newest_of_audit(aino.app).action == "staff.away"

    back = aino.send("/desk/account/back")
    assert "Poissaolo on poistettu." in aino.open(back.location).words
    assert known(aino) == {}
    assert newest_of_audit(aino.app).actor == "staff:aino"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"last": "20.12.2026"}, "Viimeinen päivä on ennen ensimmäistä."),
        ({"first": "1.11.2026", "last": "2.11.2026"}, "Tämä päivä on jo mennyt."),
        ({"first": "huomenna"}, "Kirjoita päivä muodossa"),
        ({"deputy": ""}, "Valitse sijainen tai ”Ei sijaista”."),
        ({"deputy": "0" * 32}, "Valitse sijainen tai ”Ei sijaista”."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(aino, changes, told):
    answer = aino.send(AWAY, **DAYS | {"deputy": "nobody"} | changes)

    assert answer.status == 422
    assert told in answer.words
    assert known(aino) == {}


def test_oneself_and_readers_are_not_offered(aino, bertta, staff_client):
    staff_client("viewer", name="eino")
    offered = [each["value"] for each in aino.open(AWAY).soup.select("[name=deputy]")]

    assert offered == ["nobody", id_of(bertta, "bertta")]


def test_a_deputy_who_is_away_then_is_told_of_and_refused(aino, bertta):
    leave(bertta, first="27.12.2026", last="28.12.2026")
    assert "bertta (poissa su 27.12.2026 – ma 28.12.2026)" in aino.open(AWAY).words
    answer = leave(aino, "bertta")

    assert answer.status == 422
    assert (
        "Sijainen on itse poissa samaan aikaan: bertta, su 27.12.2026 – ma 28.12.2026."
        in answer.words
    )


def test_a_deputy_who_leaves_later_learns_that_somebody_counts_on_them(aino, bertta):
    leave(aino, "bertta")
    page = bertta.open(leave(bertta).location)

    assert "Olet itse poissa samaan aikaan." in page.words


def test_what_is_over_is_told_nowhere(desk, aino, bertta):  # noqa: ARG001
    days = {"first_day": date(2026, 11, 2), "last_day": date(2026, 11, 21)}
    for absent, deputy in (("aino", "bertta"), ("bertta", "aino")):
        ids = {"account_id": id_of(aino, absent), "deputy_id": id_of(aino, deputy)}
        with writing(desk.extensions[NAME].engine) as connection:
            absences.put(connection, Absence(**ids, **days))
    page = aino.open("/desk/account").words
    case = taken(desk, aino)

    assert "21.11.2026" not in page
    assert "Sijaistat" not in page
    assert aino.open(AWAY).soup.select_one("#first")["value"] == ""
    assert "bertta (" not in aino.open(AWAY).words
    given = aino.open(f"/desk/cases/{case.reference}/give")
    assert "bertta (" not in given.words


def test_the_deputy_works_the_cases_without_taking_them(desk, aino, bertta):
    case = taken(desk, aino)
    leave(aino, "bertta", **TODAY)
    page = bertta.open("/desk/?view=mine")
    [row] = page.soup.select("tbody tr")
    told = " ".join(row.get_text(" ").split())
    address = f"/desk/cases/{case.reference}"
    head = bertta.open(f"{address}/").words
    note = bertta.send(f"{address}/note", note="Soitettu.", version=case.version)

    assert "Sijaistat : aino" in told.replace(":", " :")
    assert "aino poissa ma 30.11.2026 asti, sijainen: bertta" in told
    assert "aino (poissa maanantai 30.11.2026 asti, sijainen: bertta)" in head
    assert note.status == 303
    assert again(desk, case).handler_id == id_of(aino, "aino")


def test_nobody_is_away_before_the_first_day_or_after_the_last(
    desk, aino, bertta, clock
):
    taken(desk, aino)
    leave(aino, "bertta", first="23.11.2026", last="23.11.2026")
    for days, count in ((0, 0), (1, 1), (1, 0)):
        clock.shift(timedelta(days=days))
        fresh = bertta_now(bertta)
        rows = fresh.open("/desk/?view=mine").soup.select("tbody tr")
        assert len(rows) == count


def bertta_now(browser):
    """Signed in again: a session does not last for days."""
    with reading(browser.app.extensions[NAME].engine) as connection:
        account = accounts.by_name(connection, "bertta")
    return Browser(browser.app, sign_in_quickly(browser.app, account))


def test_a_restricted_case_stays_shut_to_a_deputy_who_is_not_named(desk, aino, bertta):
    case = taken(desk, aino)
    restrict(desk, case, "aino")
    page = aino.open(leave(aino, "bertta", **TODAY).location)

    assert "Sijaisesi ei voi avata näitä pyyntöjä" in page.words
    assert page.soup.select_one(".note .code").get_text() == case.reference
    assert case.reference not in bertta.open("/desk/?view=mine").words
    assert bertta.open(f"/desk/cases/{case.reference}/").status == 404
    assert case.reference in aino.open("/desk/?view=uncovered").words

    restrict(desk, again(desk, case), "aino", "bertta")
    assert "Sijaisesi ei voi avata" not in aino.open("/desk/account").words
    assert case.reference in bertta.open("/desk/?view=mine").words
    assert bertta.open(f"/desk/cases/{case.reference}/").status == 200


def test_who_gets_a_case_is_shown_as_away(desk, aino, bertta):
    case = taken(desk, bertta)
    leave(aino, **TODAY)

    page = bertta.open(f"/desk/cases/{case.reference}/give")
    assert "aino (poissa su 22.11.2026 – ma 30.11.2026)" in page.words


def test_a_reader_has_no_requests_and_is_not_asked(staff_client):
    viewer = staff_client("viewer", "en")

    assert "Absence" not in viewer.open("/desk/account").words
    assert viewer.open(AWAY).status == 403
