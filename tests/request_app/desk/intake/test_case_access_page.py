"""Who may open a case, its flags, and the cases it is linked with."""

import pytest

from request_app.cases.lifecycle.opened_case import open_case
from request_app.cases.lifecycle.protection import Flags
from request_app.store import accounts, links, readers
from request_app.store.database import reading
from request_app.web.services import NAME
from tests.support.desk_cases import again, filed, newest_of_audit, restrict

FLAGS = ["hidden_address", "minor"]


@pytest.fixture
def case(desk):
    return filed(desk)


@pytest.fixture
def save(desk, case, address):
    """Return a function that sends a form of the page as the case is now."""
    return lambda browser, page, **fields: browser.send(
        f"{address}/{page}", version=again(desk, case).version, **fields
    )


@pytest.fixture
def address(case):
    return f"/desk/cases/{case.reference}"


@pytest.fixture
def aino(staff_client):
    return staff_client("handler", "fi", name="aino")


@pytest.fixture
def eino(staff_client):
    return staff_client("handler", "fi", name="eino")


def id_of(app, name):
    with reading(app.extensions[NAME].engine) as connection:
        return accounts.by_name(connection, name).id


def named(app, case):
    with reading(app.extensions[NAME].engine) as connection:
        return readers.of_case(connection, case.id)


def flags_of(app, case):
    with app.extensions[NAME].writing("test") as action:
        return open_case(action, case).flags


def linked(app, case):
    with reading(app.extensions[NAME].engine) as connection:
        return [each.id for each in links.of_case(connection, case.id)]


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_is_set_sealed_and_taken_away(desk, aino, case, address, flag, save):
    answer = save(aino, "flags", **{flag: "y"})
    row = newest_of_audit(desk)
    page = aino.open(f"{address}/people")

    assert (answer.status, answer.location) == (303, f"{address}/people")
    assert getattr(flags_of(desk, case), flag)
    assert (row.actor, row.action) == ("staff:aino", "case.flags")
    assert row.facts == {"reference": case.reference}
    assert page.soup.find("input", {"name": flag}).has_attr("checked")
    save(aino, "flags")
    assert not getattr(flags_of(desk, case), flag)


@pytest.mark.parametrize("late", ["flags", "readers", "note"])
def test_who_looked_before_another_saved_is_shown_what_is_now(
    desk, aino, eino, case, address, late
):
    seen = case.version
    aino.send(f"{address}/flags", hidden_address="y", version=seen)
    answer = eino.send(f"{address}/{late}", minor="y", note="Soitettu.", version=seen)

    assert answer.status == 409
    assert flags_of(desk, case) == Flags(hidden_address=True)
    assert named(desk, case) == frozenset()
    if late != "note":
        assert "Joku muu on muuttanut" in answer.words
        assert answer.soup.find("input", {"name": "hidden_address"}).has_attr("checked")
        versions = [each["value"] for each in answer.soup.select("[name=version]")]
        assert versions == [str(seen + 1)] * 2


def test_to_see_the_flags_is_to_open_the_case(desk, aino, address):
    aino.open(f"{address}/people")

    assert newest_of_audit(desk).action == "case.opened"


def test_readers_are_named_and_the_trail_tells(desk, aino, eino, case, address, save):
    own = id_of(desk, "aino")
    answer = save(aino, "readers", readers=[own])
    row = newest_of_audit(desk)

    assert answer.location == f"{address}/people"
    assert named(desk, case) == {own}
    assert (row.action, row.facts["accounts"]) == ("case.readers", own)
    assert eino.open(f"{address}/people").status == 404


def test_who_names_others_only_goes_back_to_the_queue(desk, aino, eino, address, save):
    answer = save(aino, "readers", readers=[id_of(desk, "eino")])

    assert answer.location == "/desk/"
    assert aino.open(f"{address}/people").status == 404
    assert eino.open(f"{address}/people").status == 200


def test_naming_nobody_opens_it_to_everyone(desk, aino, eino, case, address, save):
    restrict(desk, case, "aino")
    save(aino, "readers")

    assert named(desk, case) == frozenset()
    assert eino.open(f"{address}/people").status == 200


def test_readers_who_cannot_answer_are_refused(desk, aino, case, staff_client, save):
    staff_client("viewer", name="vilja")
    answer = save(aino, "readers", readers=[id_of(desk, "vilja")])

    assert answer.status == 422
    assert answer.faults == [
        "Valitse vähintään yksi asianhoitaja: lukija ei voi vastata."
    ]
    assert named(desk, case) == frozenset()


def test_an_administrator_changes_readers_and_opens_nothing(
    desk, aino, eino, case, address, staff_client, save
):
    restrict(desk, case, "aino")
    admin = staff_client("admin", "fi")
    page = admin.open(f"{address}/people")

    assert "Voit vaihtaa lukijat, mutta et avata pyyntöä." in page.words
    assert page.soup.find("input", {"name": "minor"}) is None
    assert save(admin, "flags", minor="y").status == 404
    answer = save(admin, "readers", readers=[id_of(desk, "eino")])
    assert answer.location == f"{address}/people"
    assert eino.open(f"{address}/people").status == 200
    assert aino.open(f"{address}/people").status == 404


@pytest.mark.usefixtures("aino")
@pytest.mark.parametrize("page", ["people", "links"])
def test_a_restricted_case_is_like_one_that_never_was(desk, eino, case, page):
    restrict(desk, case, "aino")
    hidden = eino.open(f"/desk/cases/{case.reference}/{page}")
    unknown = eino.open(f"/desk/cases/BCDF-GHJK/{page}")

    assert hidden.status == unknown.status == 404
    assert without_tokens(hidden).replace(case.reference, "") == without_tokens(
        unknown
    ).replace("BCDF-GHJK", "")


@pytest.mark.usefixtures("aino")
@pytest.mark.parametrize("page", ["flags", "readers", "links", "release"])
def test_what_is_hidden_is_not_changed_either(desk, eino, case, address, page):
    restrict(desk, case, "aino")

    assert eino.send(f"{address}/{page}", minor="y").status == 404
    assert named(desk, case) == {id_of(desk, "aino")}


def test_a_link_holds_both_ways_until_it_is_removed(desk, aino, case, address):
    other = filed(desk, b"another nonce of tests")
    answer = aino.send(f"{address}/links", other=other.reference.lower())
    page = aino.open(f"{address}/links")

    assert answer.status == 303
    assert newest_of_audit(desk).action == "case.linked"
    assert linked(desk, other) == [case.id]
    assert other.reference in page.words
    aino.send(f"{address}/links/{other.reference}/remove")
    assert linked(desk, case) == linked(desk, other) == []
    assert newest_of_audit(desk).action == "case.unlinked"


def test_a_link_to_itself_or_to_nothing_is_refused(desk, aino, case, address):
    for typed, fault in (
        (case.reference, "Tämä on sama pyyntö."),
        ("", "Sellaista pyyntöä ei ole. Tarkista viite: siinä on kaksi neljän merkin ryhmää."),
    ):  # fmt: skip
        answer = aino.send(f"{address}/links", other=typed)
        assert (answer.status, answer.faults) == (422, [fault])
    assert linked(desk, case) == []


def test_a_restricted_case_is_neither_found_nor_shown_as_a_link(desk, aino, eino, case):
    other = filed(desk, b"another nonce of tests")
    aino.send(f"/desk/cases/{case.reference}/links", other=other.reference)
    restrict(desk, case, "aino")
    page = eino.open(f"/desk/cases/{other.reference}/links")
    answer = eino.send(f"/desk/cases/{other.reference}/links", other=case.reference)

    assert case.reference not in page.words
    assert answer.status == 422


@pytest.mark.parametrize("page", ["people", "flags", "readers", "links", "release"])
def test_a_viewer_changes_nothing(staff_client, address, page):
    assert staff_client("viewer").send(f"{address}/{page}").status in {403, 405}


def without_tokens(answer):
    for each in answer.soup.select("[name=csrf_token]"):
        each.decompose()
    return str(answer.soup)
