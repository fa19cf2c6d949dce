"""Holding a request and ending the hold, and the report, in a real browser."""

import pytest

from request_app.deadlines import local_day
from request_app.web.services import now
from tests.browser.test_queue import VIEWS, go, signed_in
from tests.support.desk_cases import again, filed

REASON = {"fi": "Kantelu tietosuojavaltuutetulle", "en": "A complaint is pending"}


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_request_is_held_found_and_let_go(desk, walk, vnu, tmp_path, language):
    app, address = desk
    walk = walk(*VIEWS[language])
    signed_in(walk, app, address, "handler", language)
    case, page = filed(app), walk.page
    here = f"{address}cases/{case.reference}/"

    go(walk, f"{here}hold")
    walk.press(".button")  # without a reason
    assert walk.status == 422
    page.fill("#reason", REASON[language])
    walk.press(".button")
    assert page.url == here
    assert REASON[language] in page.inner_text("main")

    go(walk, f"{address}?view=held")
    page.click("tbody th a")
    go(walk, f"{here}hold")
    page.fill("#reason", "–")
    walk.press(".button")
    assert again(app, case).held_at is None
    go(walk, f"{address}?view=held")
    assert page.locator("tbody tr").count() == 0
    assert vnu(tmp_path / "pages") == ""


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_report_is_read_and_saved(desk, walk, vnu, tmp_path, language):
    app, address = desk
    walk = walk(*VIEWS[language])
    signed_in(walk, app, address, "viewer", language)
    filed(app)

    go(walk, f"{address}report/")
    with walk.page.expect_download() as saved:
        walk.page.click("main a[href$='.csv']")

    assert str(local_day(now()).year) in saved.value.path().read_text("utf-8-sig")
    assert vnu(tmp_path / "pages") == ""
