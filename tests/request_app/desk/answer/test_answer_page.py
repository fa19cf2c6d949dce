"""The answer over HTTP: whole and lawful, to the right person, or not at all."""

import pytest

from request_app.store import outbox
from request_app.store.database import reading
from request_app.store.values import Right
from request_app.web.services import NAME
from tests.support.answerable_cases import (
    CODE,
    LETTER,
    SEND,
    attach,
    case_of,
    deliveries_of,
    do,
    dump,
    fields,
    granted,
    known,
    letter_of,
    page_of,
    ready,
    refused,
    searched,
    send,
)


def test_an_answer_goes_by_mail_and_is_kept(desk, handler):
    case = ready(desk)
    answer = send(handler, page_of(case, "answer"), go="send", **SEND)
    [delivery] = deliveries_of(desk, case)

    assert (answer.status, answer.location) == (303, page_of(case))
    assert "Vastaus pyyntöösi" in letter_of(desk, case)
    assert "Käytämme tietojasi jäsenyyden" in letter_of(desk, case)
    with reading(desk.extensions[NAME].engine) as connection:
        assert outbox.by_id(connection, delivery.id)
    assert not CODE.search(handler.open(page_of(case, "delivery")).response.text)


def test_the_draft_is_kept_between_visits_and_gone_when_sent(desk, handler):
    case = ready(desk)
    address = page_of(case, "answer")
    send(handler, address, go="save", own_words="Kiitos, Testi.", others="none")
    page = handler.open(address)

    assert "Kiitos, Testi." in page.soup.find(id="own_words").get_text()
    assert "Kiitos, Testi." in handler.open(f"{address}/paper").words
    assert "Kiitos" not in str(dump(desk))
    send(handler, address, go="send", **SEND)
    with reading(desk.extensions[NAME].engine) as connection:
        parts = connection.exec_driver_sql("select kind from sealed_parts").scalars()
        assert "answer" not in list(parts)


@pytest.mark.parametrize("group", ["members", "all"])
def test_what_to_attach_is_told(desk, handler, group):
    case = case_of(desk)
    do(desk, case, known(), *searched(), granted(group=group))
    page = handler.open(page_of(case, "answer"))
    listed = page.soup.find(id="files").find_parent("section").select("li")

    both = ["Jäsenrekisteri", "Uutiskirjeen ja tapahtumien rekisteri"]
    assert [each.get_text() for each in listed] == both[: 1 + (group == "all")]


def test_two_who_write_at_a_time_lose_nothing(desk, handler):
    case = ready(desk)
    address = page_of(case, "answer")
    opened = fields(handler.open(address))
    send(handler, address, go="save", own_words="Toinen kirjoitti.")
    before = dump(desk)
    typed = opened | {"own_words": "Minä kirjoitin.", "go": "save"}
    page = handler.post(address, data=typed)

    assert page.status == 409
    assert "Minä kirjoitin." in page.soup.find(id="own_words").get_text()
    assert "Toinen kirjoitti." in page.words
    assert dump(desk) == before
    again = fields(page) | {"go": "save"}
    assert handler.post(address, data=again).status == 303


def test_files_are_attached_saved_and_taken_out(desk, handler):
    case = ready(desk)
    address = page_of(case, "answer")
    assert (
        attach(handler, case, ("tiedot.html", b"<script>"), ("b.csv", b"1;2")).status
        == 303
    )
    page = handler.open(address)
    link = page.soup.select_one(".files a")
    got = handler.open(link["href"]).response

    assert got.data == b"<script>"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.mimetype == "application/octet-stream"
    assert "tiedot.html" not in str(dump(desk))
    button = page.soup.select_one(".files button")["value"]
    send(handler, address, go=button)
    assert "tiedot.html" not in handler.open(address).words


def test_more_than_there_is_room_for_is_refused(desk, handler):
    case = ready(desk)
    attach(handler, case, ("a.bin", b"x" * 15_000_000))
    before = dump(desk)
    page = attach(handler, case, ("b.bin", b"x" * 6_000_000))

    assert page.status == 422
    assert "20 Mt" in page.words
    assert "(15 Mt)" in page.words
    assert ": 5 Mt" in page.words
    assert dump(desk) == before


def test_a_file_that_came_meanwhile_keeps_the_answer_here(desk, handler):
    case = ready(desk)
    address = page_of(case, "answer")
    attach(handler, case, ("a.csv", b"1"))
    opened = fields(handler.open(address))
    attach(handler, case, ("b.csv", b"2"))
    drafts = fields(handler.open(address))["draft"]
    before = dump(desk)
    page = handler.post(address, data=opened | SEND | {"draft": drafts, "go": "send"})

    assert page.status == 409
    assert dump(desk) == before


@pytest.mark.parametrize(
    "fixed", ["dataombud", "tietosuoja.fi", "Laskut kuuluvat", "2032"]
)
def test_what_is_fixed_cannot_be_typed_away(desk, handler, fixed):
    case = case_of(desk, Right.ERASURE)
    words = {"facts": "Laskut kuuluvat kirjanpitoon.", "kept_until": "2032"}
    words["provision"] = "1 §"
    kept = refused(Right.ERASURE, ground="exception_17_3_b", **words)
    do(desk, case, known(), *searched(), kept)
    sent_away = dict.fromkeys(("complaint", "not_done", "contact", "head"), "")
    page = send(handler, page_of(case, "answer"), go="send", **LETTER | sent_away)

    assert page.status == 200
    assert (fixed in letter_of(desk, case)) is (fixed != "dataombud")


def test_what_was_sent_does_not_change(desk, handler):
    case = ready(desk)
    address = page_of(case, "answer")
    opened = fields(handler.open(address))
    send(handler, address, go="send", **SEND)
    before = dump(desk)
    for go in ("save", "attach", "send"):
        assert handler.post(address, data=opened | SEND | {"go": go}).status == 409

    assert dump(desk) == before


@pytest.mark.parametrize("right", [Right.MARKETING, Right.WITHDRAWAL])
def test_what_is_done_at_once_needs_no_identity(desk, handler, right):
    case = case_of(desk, right)
    do(desk, case, granted(right))
    answer = send(handler, page_of(case, "answer"), go="send", **SEND)

    assert answer.status == 303
    assert "heti" in letter_of(desk, case)


def test_a_file_keeps_its_name(desk, handler):
    case = ready(desk)
    attach(handler, case, ("jäsenen tiedot.csv", b"1"))
    link = handler.open(page_of(case, "answer")).soup.select_one(".files a")
    header = handler.open(link["href"]).response.headers["Content-Disposition"]

    assert "filename*=UTF-8''j%C3%A4senen%20tiedot.csv" in header


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("path", ["answer", "recipients", "delivery", "decide/access"])
def test_every_page_speaks_the_language_of_who_works(
    desk, staff_client, language, path
):
    case = ready(desk)
    page = staff_client("handler", language).open(page_of(case, path))

    assert page.status == 200
    assert page.soup.html["lang"] == language
    assert page.soup.h1
