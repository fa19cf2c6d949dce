"""Deciding, recipients, the answer and its delivery in a real browser."""

import pytest

from request_app.cases.lifecycle.protection import Flags, put_flags
from request_app.store.values import Right
from request_app.web.services import NAME
from tests.browser.test_queue import go, signed_in
from tests.support.answerable_cases import case_of, do, known, searched
from tests.support.story_actors import chooses_means

VIEWS = {"fi": (320, "light"), "en": (1280, "dark")}
ITEMS = {"items": [{"now": "Airila", "right": "Airola", "why": "Kirjoitusvirhe"}]}


def flag(app, case, **flags):
    with app.extensions[NAME].writing("test") as action:
        put_flags(action, case, Flags(**flags))


@pytest.mark.parametrize("language", ["fi", "en"])
def test_from_deciding_to_delivery(desk, walk, vnu, tmp_path, language):
    app, address = desk
    walk = walk(*VIEWS[language])
    signed_in(walk, app, address, "handler", language)
    rights = (Right.ACCESS, Right.RECTIFICATION, Right.ERASURE, Right.MARKETING)
    case = case_of(app, *rights, request=ITEMS, whose="child", whose_name="Toinen")
    do(app, case, known(), *searched())
    flag(app, case, minor=True)
    case_page = f"{address}cases/{case.reference}"

    go(walk, f"{case_page}/answer")  # nothing decided
    go(walk, f"{case_page}/delivery")  # nothing sent
    decides(walk, case_page)
    notifies(walk, case_page)
    writes(walk, case_page)
    sends(walk, case_page)

    assert walk.foreign == []
    assert vnu(tmp_path / "pages") == ""


def decides(walk, case_page):
    page = walk.page
    go(walk, f"{case_page}/decide/access")
    page.check("[name='members-outcome'][value=refused]")
    walk.press(".button[value=save]")  # no ground
    for register in ("members", "newsletter-and-events"):
        page.check(f"[name='{register}-outcome'][value=granted]")
    page.click("main button.small >> nth=0")
    walk.look()  # a part
    page.check("[name='members.2-taken_back']")
    save(page)
    for right, group in (("rectification", "item-1"), ("marketing-objection", "all")):
        go(walk, f"{case_page}/decide/{right}")
        page.check(f"[name='{group}-outcome'][value=granted]")
        save(page)
    go(walk, f"{case_page}/decide/erasure")
    for register in ("members", "newsletter-and-events"):
        page.check(f"[name='{register}-outcome'][value=refused]")
        page.select_option(f"[name='{register}-ground']", "still_needed_17_1")
        page.fill(f"[name='{register}-facts']", "Olet yhä jäsen.")
        page.fill(f"[name='{register}-kept_until']", "jäsenyyden loppuun")
    save(page)


def notifies(walk, case_page):
    page = walk.page
    go(walk, f"{case_page}/recipients")
    page.check("[name='rowing-federation-got'][value=yes]")
    page.select_option("[name='rowing-federation-why_not']", "impossible")
    walk.press(".button[value=save]")  # without why
    page.fill("[name='rowing-federation-why']", "Liitto on lakannut.")
    for each in ("accounting", "newsletter-service", "regatta-organisers"):
        page.check(f"[name='{each}-got'][value=no]")
    walk.press("[value=another]")
    save(page)
    go(walk, f"{case_page}/recipients/rowing-federation/letter")
    page.check("[name=way][value=email]")
    assert not page.is_visible(".by-post")
    page.fill("#change-1-data", "")
    walk.press("[value=send]")  # a prompt is left


def writes(walk, case_page):
    page = walk.page
    go(walk, f"{case_page}/answer")
    page.set_input_files("#file", files=[FILE])
    walk.press("[value=attach]")
    walk.press("[value=send]")  # without care
    chooses_means(page, "letter")
    page.check("[name=others][value=none]")
    walk.press("[value=send]")
    assert walk.status == 409
    page.click("summary:has(+ .field)")
    page.fill("#access_information", "Käytämme tietoja jäsenyyden hoitamiseen.")
    page.fill("#child", "Lapsi on 4-vuotias.")
    walk.press("[value=paper]")


def sends(walk, case_page):
    page = walk.page
    go(walk, f"{case_page}/answer")
    chooses_means(page, "letter")
    walk.press("[value=send]")
    assert walk.status == 409  # nobody may act for the child yet
    page.check("#to_represented")
    page.fill("#to", "Toinen Testinen\nEsimerkkitie 2\n00100 Helsinki")
    walk.press("[value=send]")
    assert walk.status == 200, page.inner_text("main")
    go(walk, f"{case_page}/answer")
    go(walk, f"{case_page}/delivery")
    walk.press("[value=again]")  # no way chosen


FILE = {"name": "tiedot.csv", "mimeType": "text/csv", "buffer": b"1;2"}


def save(page):
    """Press save; the page that follows is looked at elsewhere."""
    with page.expect_navigation() as gone:
        page.click("main .button[value=save]")
    assert gone.value.status == 200, page.inner_text("main")
