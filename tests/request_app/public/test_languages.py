"""A change of the language keeps what was typed, also where it could not be sent."""

from request_app.sealing import new_code
from tests.support.visitor import sent, visit

KEPT = "Tämä ei saa kadota."
UNSENT = "Your message has not been sent yet."


def in_english(page):
    """Press the button that shows the page in English."""
    button = page.soup.select_one("nav.languages button[lang=en]")
    return page.press(button["value"], button["formaction"])


def test_a_message_that_could_not_be_kept_is_there_in_english(client, tmp_path):
    page = visit(client, "/request/status/").fill(code=sent(client).told("Avauskoodi"))
    page = page.press("look")
    aside = (tmp_path / "seloste.sqlite3").rename(tmp_path / "aside")
    closed = page.fill(message=KEPT).press("reply")
    english = in_english(closed)
    aside.rename(tmp_path / "seloste.sqlite3")

    assert (closed.status, english.status) == (503, 200)
    assert UNSENT in english.words
    assert KEPT in english.press("reply").words


def test_a_message_that_has_to_wait_is_there_in_english(client):
    page = visit(client, "/request/status/").fill(code=str(new_code()), message=KEPT)
    for _ in range(11):
        closed = page.press("reply")
    english = in_english(closed)

    assert closed.status == 429
    assert UNSENT in english.words
    assert english.fields["message"] == KEPT


def test_a_change_of_the_language_is_no_try_of_a_code(client):
    page = visit(client, "/request/status/").fill(code="ABCD")
    answers = [in_english(page) for _ in range(12)]

    assert {answer.status for answer in answers} == {200}
    assert answers[-1].fields["code"] == "ABCD"
