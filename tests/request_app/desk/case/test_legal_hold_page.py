"""A case is held with a reason, and what is held is never deleted."""

import pytest

from tests.support.desk_cases import again, newest_of_audit
from tests.support.desk_steps import address, here, send, step

REASON = "Kantelu tietosuojavaltuutetulle"


@pytest.fixture
def aino(staff_client):
    return staff_client("handler", "fi", name="aino")


@pytest.fixture
def case(desk):
    return here(desk)


def test_a_case_is_held_with_its_reason(desk, aino, case):
    answer = step(desk, aino, case, "hold", reason=REASON)

    assert answer.location == address(case)
    assert again(desk, case).held_at
    page = aino.open(address(case))
    assert "Asian poistaminen on estetty." in page.words
    assert f"Syy: {REASON}" in page.words
    assert newest_of_audit(desk).action == "case.opened"


def test_what_is_held_is_a_part_of_the_queue(clock, desk, aino, case):
    assert clock
    step(desk, aino, case, "hold", reason=REASON)
    page = aino.open("/desk/?view=held")

    [row] = page.soup.select("tbody tr")
    assert case.reference in row.get_text()
    assert "Asian poistaminen estetty: su 22.11.2026" in row.get_text()
    [part] = page.soup.select(".views [aria-current]")
    assert part.get_text(" ", strip=True) == "Asian poistaminen estetty 1"


def test_without_a_reason_nothing_is_held(desk, aino, case):
    page = step(desk, aino, case, "hold", reason=" ")

    assert page.status == 422
    assert page.faults
    assert again(desk, case).held_at is None


def test_a_hold_ends_with_its_reason(desk, aino, case):
    step(desk, aino, case, "hold", reason=REASON)
    assert aino.open(address(case, "hold")).title.endswith(
        "Salli asian poistaminen taas"
    )

    assert step(desk, aino, case, "hold", reason="").status == 422
    step(desk, aino, case, "hold", reason="Asia on ratkaistu")

    assert again(desk, case).held_at is None


def test_a_button_pressed_twice_does_not_end_it(desk, aino, case):
    version = again(desk, case).version
    send(aino, case, "hold", version=version, reason=REASON)
    page = send(aino, case, "hold", version=version, reason=REASON)

    assert page.status == 409
    assert again(desk, case).held_at


def test_a_viewer_holds_nothing(desk, staff_client, case):
    viewer = staff_client("viewer")

    assert viewer.open(address(case, "hold")).status == 403
    assert step(desk, viewer, case, "hold", reason=REASON).status == 403
