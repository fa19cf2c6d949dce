"""The letter by which a recipient learns what changed."""

from request_app.cases.letters import archive
from request_app.desk.shell.days import write_day
from request_app.store import letters
from request_app.store.values import LetterKind, Right
from request_app.web.services import NAME
from tests.support.answerable_cases import (
    case_of,
    do,
    dump,
    granted,
    known,
    page_of,
    searched,
    send,
    today,
)


def test_a_letter_to_a_recipient_is_kept_and_counts(desk, handler):
    case = case_of(desk, Right.ERASURE)
    erased = granted(Right.ERASURE, "members#2", data="koko jäsenyys")
    do(desk, case, known(), erased)
    address = page_of(case, "recipients/accounting/letter")
    unready = send(handler, address, go="send", **{"change-1-data": ""})
    answer = send(handler, address, go="send")

    assert unready.status == 422
    assert answer.status == 303
    with desk.extensions[NAME].reading("test") as action:
        [kept] = letters.of_case(action.connection, case.id)
        text = archive.words_of(action, kept)["text"]
    assert (kept.kind, kept.recipient) == (LetterKind.TO_RECIPIENT, "accounting")
    assert "koko jäsenyys" in text
    page = handler.open(page_of(case, "recipients"))
    assert page.soup.find(id="accounting-told_on")["value"] == write_day(today())


def test_a_recipient_learns_whose_data_changed_not_who_asked(desk, handler):
    case = case_of(desk, Right.ERASURE, whose="child", whose_name="Taimi Testinen")
    do(desk, case, known(), *searched(), granted(Right.ERASURE))
    page = handler.open(page_of(case, "recipients/accounting/letter"))

    assert page.soup.find(id="person")["value"] == "Taimi Testinen"


def test_nobody_is_told_without_a_name(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE, "members#2", data="koko jäsenyys"))
    before = dump(desk)
    address = page_of(case, "recipients/regatta-organisers/letter")

    assert send(handler, address, go="send").status == 422
    assert dump(desk) == before
