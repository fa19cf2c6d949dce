"""A letter is read, edited and sent with its step, or neither goes."""

from request_app.store import letters, messages, outbox
from request_app.store.values import Sender, State
from tests.support.desk_cases import again
from tests.support.desk_steps import FACTS, REASON, draft_of, here, in_store, kept, step


def test_the_letter_is_read_and_printed(desk, case, take, show):
    take(
        "extend",
        reason=REASON,
        facts=FACTS,
        go="send",
        **{"section-facts": "Omin sanoin."},
    )
    [letter] = in_store(desk, letters.of_case, case.id)
    page = show(f"letters/{letter.id}")

    paper = page.soup.select_one(".paper")
    assert paper["lang"] == "fi"
    assert "Omin sanoin." in paper.get_text()
    assert "Testi Testinen" in paper.get_text()
    assert show(f"letters/{'0' * 32}").status == 404


def test_a_letter_with_an_open_place_is_not_sent(desk, case, take):
    before = kept(desk, case)
    fields = {"reason": REASON, "facts": FACTS, "section-facts": "Määrä: ⟦määrä⟧"}
    answer = take("extend", go="send", **fields)

    assert answer.status == 422
    assert "Something is still to be written: määrä" in answer.words
    assert draft_of(answer) == {"section-facts": "Määrä: ⟦määrä⟧"}
    assert kept(desk, case) == before


def test_a_message_reaches_the_status_page(desk, case, take):
    page = take("message", text="Soitamme huomenna.", go="draft")
    assert page.status == 200
    assert take("message", text="Soitamme huomenna.", go="send").status == 303

    [written] = in_store(desk, messages.of_case, case.id)
    assert written.sender is Sender.DESK
    kinds = {mail.kind for mail in in_store(desk, outbox.of_case, case.id)}
    assert kinds == {"received", "message"}


def test_the_overview_of_a_silent_notice_is_for_staff_to_write(desk, staff_client):
    silent, browser = here(desk), staff_client("handler", "en")
    question = {"kind": "scope_recital63", "question": "Mitä vuosia?"}
    page = step(desk, browser, silent, "ask", go="draft", **question)
    assert set(draft_of(page)) == {"section-question", "section-overview"}
    written = {"section-overview": "- nimi ja osoite"}

    sent = step(desk, browser, silent, "ask", go="send", **question, **written)
    assert sent.status == 303
    assert again(desk, silent).state is State.WAITING
