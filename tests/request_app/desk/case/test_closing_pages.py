"""A case is closed and opened again by people, never by itself."""

from tests.support.desk_cases import again, change


def test_a_cancelled_case_is_closed_and_opened_again(desk, case, take, show):
    change(desk, case, cancelled_at=case.received_at)
    assert take("close", note="Pyytäjä perui.").status == 303
    page = show()
    assert "This case is closed" in page.words
    assert "Pyytäjä perui." in page.words
    assert take("note", note="Soitettu.").status == 303
    assert take("reopen", why="Pyytäjä soitti.").status == 303

    assert again(desk, case).closed_at is None
