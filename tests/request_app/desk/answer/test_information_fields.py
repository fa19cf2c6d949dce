"""How data are used: a draft with fields, or a text that staff edited."""

from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.step import ProposedStep
from tests.support.answerable_cases import (
    case_of,
    do,
    dump,
    fields,
    granted,
    known,
    page_of,
    searched,
    send,
)


def test_what_the_draft_asks_is_filled_in_in_its_place(desk, handler):
    case = case_of(desk)
    do(desk, case, known(), *searched(), granted())
    address = page_of(case, "answer")
    page = handler.open(address)
    stops = [each["href"] for each in page.soup.select(".box a")]
    name, whether = page.soup.select("input.gap")[0], page.soup.select("span.gap")[0]
    said = {name["name"]: "Kesäregatta ry", whether["id"]: "yes"}

    assert stops == [f"#{name['id']}", f"#{whether['id']}"]
    send(handler, address, go="save", **said)
    page = handler.open(address)
    assert page.soup.find(id=name["id"])["value"] == "Kesäregatta ry"
    assert not page.soup.select(".box")
    assert "Kesäregatta ry" in page.soup.find(id="access_information").get_text()
    paper = handler.open(f"{address}/paper").words
    assert "Kesäregatta ry (soutukilpailun järjestäjä)" in paper
    assert "⟦" not in paper


def opened(handler, app, *settled):
    """The page of an answer whose draft has gaps, and the case."""
    case = case_of(app)
    do(app, case, known(), *searched(), *settled, granted())
    return case, handler.open(page_of(case, "answer"))


def settled(recipient, *, got):
    return RecipientSettled(recipient=recipient, got=got)


def text_of(page):
    return page.soup.find(id="access_information").get_text().removeprefix("\n")


def test_a_draft_that_nobody_touched_follows_the_case(desk, handler):
    case, page = opened(handler, desk)
    do(desk, case, settled("regatta-organisers", got=False))
    typed = fields(page) | {"own_words": "Kiitos.", "go": "save"}
    assert handler.post(page_of(case, "answer"), data=typed).status == 303
    page = handler.open(page_of(case, "answer"))

    assert "soutukilpailun järjestäjä" not in text_of(page)
    assert not page.soup.select("input.gap")


def test_an_edited_text_is_compared_with_a_draft_that_changed(desk, handler):
    case, page = opened(handler, desk)
    address = page_of(case, "answer")
    edited = text_of(page).replace("⟦vastaanottajan nimi⟧", "Kesäregatta ry")
    send(handler, address, go="save", access_information=f"Hei!\n{edited}")
    page = handler.open(address)
    [stop] = page.soup.select(".box a")
    assert "⟦saiko se tämän ihmisen tietoja?⟧" in stop.get_text()
    assert not page.soup.find(id="compared")
    do(desk, case, settled("rowing-federation", got=False))
    page = handler.open(address)

    assert "Luonnos siitä, miten tietoja käytetään, on muuttunut" in page.words
    send(handler, address, go="save", own_words="Kiitos.")  # looks at something else
    compared = handler.open(address).soup.find(id="compared")["value"]
    send(handler, address, go="save", compared=compared)
    page = handler.open(address)
    assert not page.soup.find(id="compared")
    assert text_of(page).startswith("Hei!")


def test_what_was_said_in_gaps_stands_in_the_text_that_is_edited(desk, handler):
    case, page = opened(handler, desk)
    address = page_of(case, "answer")
    name, whether = page.soup.select("input.gap")[0], page.soup.select("span.gap")[0]
    send(handler, address, go="save", **{name["name"]: "Kesäregatta ry"})
    page = handler.open(address)
    typed = {whether["id"]: "yes", "access_information": f"Hei!\n{text_of(page)}"}
    send(handler, address, go="save", **typed)
    page = handler.open(address)

    assert "- Kesäregatta ry (soutukilpailun järjestäjä)\n" in text_of(page)
    assert "⟦" not in text_of(page)
    send(handler, address, go="save", access_information="")
    assert handler.open(address).soup.find(id=name["id"])["value"] == "Kesäregatta ry"


def test_what_is_too_long_for_a_gap_is_not_cut(desk, handler):
    case, page = opened(handler, desk)
    gap, before = page.soup.select("input.gap")[0]["id"], dump(desk)
    page = send(handler, page_of(case, "answer"), go="save", **{gap: "x" * 1001})

    assert page.status == 422
    assert page.soup.find(id=gap)["value"] == "x" * 1001
    assert "1 000 merkille" in page.soup.find(id=f"{gap}-error").get_text()
    assert page.soup.select_one(".faults a")["href"] == f"#{gap}"
    assert dump(desk) == before


def test_a_recipient_that_staff_found_is_told_of(desk, handler):
    own = ProposedStep(step=settled("own-1", got=True), words={"name": "Veneliitto ry"})
    _, page = opened(handler, desk, own)

    assert "Muut vastaanottajat\n- Veneliitto ry" in text_of(page)
