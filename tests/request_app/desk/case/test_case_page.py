"""The page of a case: all of it in words, and nothing changes by looking."""

from dataclasses import replace

import pytest

from request_app.cases.lifecycle.next_steps import Task, TaskStanding
from request_app.cases.lifecycle.record import record_steps
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.steps.restriction import RestrictionSet
from request_app.cases.steps.step import ProposedStep
from request_app.desk.case import navigation
from request_app.store import audit
from request_app.store.database import reading
from request_app.store.values import Right
from request_app.web.services import NAME
from tests.support.case_steps import deliver
from tests.support.desk_cases import again
from tests.support.desk_steps import address, here, send, step
from tests.support.filed_requests import EMAIL, SUBMISSION

PERSON = {"name": "Testi Testinen", "email": EMAIL, "post": "Kuja 1, 00001 Esimerkkilä"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", ["Ota asia hoitaaksesi", "Tee seuraavaksi", "lomakkeella", "Poistakaa tietoni."]),
        ("en", ["Take the case", "The next thing to do", "by the form", "Poistakaa tietoni."]),
    ],
)  # fmt: skip
def test_a_new_case_says_what_comes_next(desk, staff_client, language, expected):
    page = staff_client("handler", language).open(address(here(desk)))

    assert page.status == 200
    for text in expected:
        assert text in page.words


def test_what_is_seldom_needed_is_folded(desk, staff_client):
    page = staff_client("handler", "en").open(address(here(desk))).soup
    folded = page.select("main details:not([open]) > summary")

    said = [" ".join(each.get_text().split()) for each in folded]
    assert "Something else" in said
    assert "Write to the person" in said
    assert any(each.startswith("What the privacy notice says") for each in said)
    assert "There are no messages and no letters yet." in page.get_text()


def test_an_answered_case_says_until_when_to_see_whether_it_was_fetched(
    desk, staff_client
):
    case = here(desk)
    with desk.extensions[NAME].writing("staff:a") as action:
        record_steps(action, case, [ProposedStep(step=deliver(on=case.received_on))])
    clock = staff_client("viewer", "en").open(address(case)).soup.select_one(".clock")

    assert "See at the latest whether the answer was fetched" in clock.get_text()
    assert "Our aim" not in clock.get_text()


def test_a_case_is_taken_with_one_click(desk, staff_client):
    case, browser = here(desk), staff_client("handler", "en", name="aino")
    page = browser.open(address(case))
    form = page.soup.select_one(".next form")
    fields = {each["name"]: each["value"] for each in form.select("input")}
    answer = browser.post(form["action"], data=fields)

    assert answer.location == f"{address(case)}identity"  # what there is to do next
    assert "The case is yours now." in browser.open(answer.location).words
    assert "Case handler: aino" in browser.open(address(case)).words


def test_each_step_shows_where_in_the_work_it_is(desk, staff_client):
    case, browser = here(desk), staff_client("handler", "en", name="aino")
    page = browser.open(f"{address(case)}search")
    way = page.soup.select(".stages li")

    assert [each["class"] for each in way[:3]] == [["now"], ["now"], ["now"]]
    assert page.soup.select_one(".stages [aria-current=step]").get_text() == "Search"
    assert way[1].a["href"] == f"{address(case)}identity"


def test_what_is_not_on_the_list_leads_back_to_the_case(desk, staff_client):
    case, browser = here(desk), staff_client("handler", "en", name="aino")
    answer = browser.send(
        f"{address(case)}note", version=case.version, note="Nobody answered."
    )

    assert answer.location == address(case)


def test_each_opening_stays_in_the_audit_trail(desk, staff_client):
    case, browser = here(desk), staff_client("viewer", name="aino")
    browser.open(address(case))
    browser.open(address(case))

    with reading(desk.extensions[NAME].engine) as connection:
        opened = [
            (each.actor, each.action)
            for each in audit.entries(connection, case_id=case.id)
            if each.action == "case.opened"
        ]
    assert opened == [("staff:aino", "case.opened")] * 2


def test_looking_changes_no_case(desk, staff_client):
    case = here(desk)
    staff_client("viewer").open(address(case))

    assert again(desk, case) == case


def test_a_viewer_has_no_buttons(desk, staff_client):
    page = staff_client("viewer", "en").open(address(here(desk)))

    assert page.soup.main.select("form, .button") == []
    assert page.soup.select(".tasks a") == []


@pytest.mark.parametrize("task", Task)
def test_every_thing_to_do_has_words_and_a_page(task):
    assert all(navigation.SAYS[task])
    assert navigation.PAGES[task]


@pytest.mark.parametrize("standing", TaskStanding)
def test_every_standing_has_a_word(standing):
    assert navigation.STANDINGS[standing]


def test_a_secret_address_is_not_on_the_page(desk, staff_client):
    parts = {"person": PERSON, "flags": {"hidden_address": True}, "request": {}}
    case = here(desk, replace(SUBMISSION, parts=parts))
    page = staff_client("handler", "en").open(address(case))

    assert "Kuja 1" not in page.response.text
    assert "Non-disclosure order (turvakielto)" in page.words


def test_corrections_stand_with_old_and_new(desk, staff_client):
    items = [{"now": "Airila", "right": "Airola", "why": ""}]
    parts = {"person": PERSON, "request": {"items": items}}
    rights = frozenset({Right.RECTIFICATION})
    case = here(desk, replace(SUBMISSION, parts=parts, rights=rights))
    page = staff_client("viewer", "en").open(address(case))

    [change] = page.soup.select(".change")
    assert " ".join(change.get_text(" ").split()) == (
        "The data now Airila The data as they should be Airola"
    )


def test_personal_words_stand_neither_in_title_nor_address(desk, staff_client, caplog):
    caplog.set_level(0)
    browser = staff_client("handler", "fi")
    case = here(desk)
    page = browser.open(address(case))
    personal = ("Testi", "testi.testinen", "Poistakaa")

    for text in personal:
        assert text in page.response.text
        assert text not in page.soup.title.get_text() + page.title
        assert all(
            text not in str(link.get("href")) for link in page.soup.find_all("a")
        )
        assert text not in caplog.text


def test_a_step_of_who_saw_less_is_refused_with_both_texts(desk, staff_client):
    case = here(desk)
    one, other = (staff_client("handler", "en", name=name) for name in ("one", "other"))
    seen = again(desk, case).version
    assert send(one, case, "note", version=seen, note="First words").status == 303
    page = send(other, case, "note", version=seen, note="Other words")

    assert page.status == 409
    assert "First words" in page.words
    assert "Other words" in page.soup.textarea.get_text()
    assert send(other, case, "note", version=seen + 1, note="Other words").status == 303
    assert "Other words" in one.open(address(case)).words


def test_of_two_things_on_one_page_one_is_where_somebody_is(desk, staff_client):
    case = here(desk, replace(SUBMISSION, rights=frozenset({Right.RESTRICTION})))
    steps = [RestrictionSet(on=case.received_on), deliver(on=case.received_on)]
    with desk.extensions[NAME].writing("staff:a") as action:
        record_steps(action, case, [ProposedStep(step=each) for each in steps])
    page = staff_client("handler", "en").open(address(case, "restriction"))

    [here_now] = page.soup.select(".stages [aria-current=step]")
    assert here_now.get_text() == "End the restriction"


def test_flags_are_no_step_that_was_taken_meanwhile(desk, staff_client):
    case, browser = here(desk), staff_client("handler", "en")
    assert step(desk, browser, case, "note", note="Long ago").status == 303
    seen = again(desk, case).version
    flag = browser.send(address(case, "flags"), minor="y", version=seen)
    assert flag.status == 303
    page = send(browser, case, "note", version=seen, steps=1, note="Words")

    assert page.status == 409
    assert page.soup.find(id="meanwhile") is None
    assert "Long ago" not in page.soup.main.get_text()
    assert page.soup.find("input", {"name": "steps"})["value"] == "1"


def test_all_that_was_done_meanwhile_is_shown(desk, staff_client):
    case, browser = here(desk), staff_client("handler", "en")
    opened = browser.open(address(case, "note")).soup.find("input", {"name": "steps"})
    seen = again(desk, case).version
    places = {"result_0": "found", "rest": "y"}
    assert step(desk, browser, case, "search", **places).status == 303
    old = {"version": seen, "steps": opened["value"]}
    page = send(browser, case, "note", note="Words", **old)

    told = page.soup.find("section", {"aria-labelledby": "meanwhile"})
    assert len(told.select(".history > li")) == 1 + len(OTHER_PLACES)  # in one version


def test_an_old_page_with_a_fault_does_not_count_as_a_new_one(desk, staff_client):
    case, browser = here(desk), staff_client("handler", "en")
    seen = again(desk, case).version
    assert step(desk, browser, case, "note", note="Meanwhile").status == 303
    page = send(browser, case, "note", version=seen, note="")

    assert page.status == 422
    assert page.soup.find("input", {"name": "version"})["value"] == str(seen)


@pytest.mark.parametrize("version", ["", "0", "x"])
def test_a_step_without_a_version_is_not_taken(desk, staff_client, version):
    case, browser = here(desk), staff_client("handler", "en")
    page = send(browser, case, "note", version=version, note="Words")

    assert page.status in {409, 422}
    assert again(desk, case) == case
