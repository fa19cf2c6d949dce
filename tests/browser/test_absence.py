"""Saying that one is away, and a deputy's queue, in a real browser."""

from datetime import timedelta

import pytest

from request_app.deadlines import local_day
from request_app.web.services import now
from tests.browser.test_queue import VIEWS, go, signed_in
from tests.support.desk_cases import again, change, filed, restrict
from tests.support.staff_accounts import hire, sign_in_quickly


@pytest.mark.parametrize("language", ["fi", "en"])
def test_one_leaves_and_the_deputy_sees_whose_cases_wait(
    desk, walk, vnu, tmp_path, language
):
    app, address = desk
    walk = walk(*VIEWS[language])
    deputy = hire(app, "bertta", language=language)
    hire(app, "eino", language=language)
    own = signed_in(walk, app, address, "handler", language)
    shut, free = filed(app), filed(app, b"nonce of an open one")
    for case in (shut, free):
        change(app, case, handler_id=own.id)
    restrict(app, again(app, shut), own.name)

    go(walk, f"{address}account")
    walk.page.click("text=/^Olen poissa|^I am away/")
    walk.page.fill("#first", "31.12.2099")
    walk.page.fill("#last", "1.1.2020")
    walk.press(".button")
    assert walk.status == 422
    today = local_day(now())
    walk.page.fill("#first", f"{today:%d.%m.%Y}")
    walk.page.fill("#last", f"{today + timedelta(days=7):%d.%m.%Y}")
    walk.page.check(f"[name=deputy][value='{deputy.id}']")
    walk.press(".button")
    assert walk.page.inner_text(".note .code") == shut.reference

    walk.page.context.clear_cookies()
    take_over(walk, app, address, deputy)
    go(walk, f"{address}?view=mine")
    assert walk.page.locator("tbody tr").count() == 1
    go(walk, f"{address}account")
    go(walk, f"{address}cases/{free.reference}/")
    assert vnu(tmp_path / "pages") == ""


def take_over(walk, app, address, account):
    cookie = {"name": "seloste", "value": sign_in_quickly(app, account), "url": address}
    walk.page.context.add_cookies([cookie])
