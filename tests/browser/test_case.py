"""The page of a case in its states, and every step with its errors, in a browser."""

from dataclasses import replace

import pytest

from request_app.cases.lifecycle.record import record_steps
from request_app.cases.steps.closing import Closed
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentityDenied
from request_app.store.values import Right
from request_app.web.services import NAME, now
from tests.browser.test_queue import DAY, VIEWS, go, signed_in
from tests.request_app.desk.queue.test_queue_page import write
from tests.support.case_steps import deliver, reach
from tests.support.desk_cases import again, change
from tests.support.desk_steps import here
from tests.support.filed_requests import EMAIL, SUBMISSION

SAID = {
    "person": {
        "name": "Testi Testinen",
        "email": EMAIL,
        "post": "Kuja 1\n00001 Esimerkkilä",
        "whose": "child",
        "whose_name": "Tytti Testinen",
    },
    "request": {
        "text": "Poistakaa tietoni.\nJa kertokaa, mitä teillä on.",
        "items": [{"now": "Airila", "right": "Airola", "why": "Muutin nimeni."}],
        "rectify_restrict": True,
    },
}
ASKED = replace(
    SUBMISSION,
    parts=SAID,
    registers=frozenset({"members"}),
    rights=frozenset({Right.ACCESS, Right.RECTIFICATION, Right.MARKETING}),
)
# Each step with what is wrong at first; those with a letter show it after that.
STEPS = {
    "give": {},
    "rights": {},
    "note": {},
    "identity": {"on": "huomenna"},
    "identity/ask": {"by": "1.1"},
    "mandate": {"on": ""},
    "ask": {"by": "pian"},
    "answered": {"on": "pian"},
    "extend": {"to": "pian"},
    "late": {"by": "pian"},
    "restriction": {"on": "pian"},
    "message": {},
}


def happen(app, case, *steps):
    with app.extensions[NAME].writing("person") as action:
        record_steps(action, case, [ProposedStep(step=step) for step in steps])


def page_of(address, case, page=""):
    return f"{address}cases/{case.reference}/{page}"


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_case_in_every_state(desk, walk, vnu, tmp_path, language):
    app, address = desk
    walk = walk(*VIEWS[language])
    signed_in(walk, app, address, "handler", language)
    case = here(app, ASKED, received_at=now() - 2 * DAY)
    write(app, case)
    go(walk, page_of(address, case))
    walk.page.click(".next a")  # the news first
    walk.page.click("[name=until] ~ .buttons button")
    walk.look()
    assert not walk.page.locator(".mark.news").count()
    waiting = here(app, ASKED, b"nonce of a waiting one", received_at=now() - DAY)
    go(walk, page_of(address, waiting))
    walk.page.click(".next button")  # take it
    walk.look()
    go(walk, page_of(address, waiting, "identity/ask"))
    walk.page.fill("#doubt", "Nimi on yleinen.")
    walk.press("[value=draft]")
    walk.page.fill("#email", "on.file@example.com")
    walk.press("[value=send]")
    happen(app, waiting, IdentityDenied(on=waiting.received_on))
    go(walk, page_of(address, waiting))
    go(walk, page_of(address, waiting, "identity"))
    walk.page.click("main .back a")
    walk.page.click("#letters + ul a")
    walk.look()
    ended = here(app, ASKED, b"nonce of an ended one", received_at=now() - 90 * DAY)
    happen(app, ended, deliver(on=ended.received_on))
    go(walk, page_of(address, ended))
    happen(app, again(app, ended), reach(on=ended.received_on), Closed())
    go(walk, page_of(address, ended))
    suspect = here(app, ASKED, b"nonce of a suspect", suspicion="trap fast")
    change(app, suspect, restricted=False, cancelled_at=now())
    go(walk, page_of(address, suspect))

    assert walk.status == 200
    assert walk.foreign == []
    assert vnu(tmp_path / "pages") == ""


@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_step_and_its_errors(desk, walk, vnu, tmp_path, language):
    app, address = desk
    walk = walk(*VIEWS[language])
    signed_in(walk, app, address, "handler", language)
    case = here(app, ASKED)
    for page, wrong in STEPS.items():
        go(walk, page_of(address, case, page))
        assert walk.status == 200, page
        for name, typed in wrong.items():
            walk.page.fill(f"[name={name}]", typed)
        while (ticked := walk.page.locator("main [type=checkbox]:checked")).count():
            ticked.first.uncheck()
        walk.press(".button:not(.second)")
        assert walk.status == 422, page
    for page in ("close", "reopen", "take", "search"):
        go(walk, page_of(address, case, page))
    go(walk, page_of(address, case, "close"))
    walk.press(".button:not(.second)")
    assert walk.status == 409
    go(walk, page_of(address, case, "restriction"))
    happen(app, again(app, case), *())  # somebody else was faster
    walk.press(".button:not(.second)")
    assert walk.status == 409

    assert walk.foreign == []
    assert vnu(tmp_path / "pages") == ""
