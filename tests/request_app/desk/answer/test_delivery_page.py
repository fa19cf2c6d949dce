"""How the answer reached the person; a former code opens nothing."""

import pytest

from request_app.store import tables
from request_app.store.database import writing
from request_app.web.services import NAME, now
from tests.support.answerable_cases import (
    CODE,
    LETTER,
    SEND,
    deliveries_of,
    dump,
    fields,
    page_of,
    ready,
    send,
)
from tests.support.form_app import client_of


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        pytest.param(None, "odottaa lähettämistä ja lähtee itsestään", id="waits"),
        pytest.param("sent_at", "asia palaa tehtäväksi", id="sent"),
        pytest.param("failed_at", "Sähköposti ei mennyt perille", id="failed"),
    ],
)
def test_the_page_of_the_case_tells_how_far_the_answer_has_come(
    desk, handler, mail, told
):
    case = ready(desk)
    send(handler, page_of(case, "answer"), go="send", **SEND)
    if mail:
        with writing(desk.extensions[NAME].engine) as connection:
            connection.execute(tables.outbox.update().values({mail: now()}))

    assert told in handler.open(page_of(case)).soup.select_one(".next").get_text()


def test_a_lost_code_gets_another_one(desk, handler, start):
    case = ready(desk)
    first = send(handler, page_of(case, "answer"), go="send", **LETTER)
    second = send(handler, page_of(case, "delivery"), go="again", means="letter")
    codes = [CODE.search(each.response.text)[0] for each in (first, second)]
    form = client_of(start(desk.extensions[NAME].engine))
    pages = [
        form.post("/request/answer/", data={"delivery": each, "go": "open"}).text
        for each in codes
    ]

    assert ["Käytämme tietojasi" in page for page in pages] == [False, True]


def test_a_delivery_is_withdrawn(desk, handler):
    case = ready(desk)
    send(handler, page_of(case, "answer"), go="send", **SEND)
    address = page_of(case, "delivery")
    page = handler.open(address)
    button = page.soup.select_one("button[value^=withdraw]")["value"]
    data = fields(page, "main li form") | {"why": "Väärä osoite", "go": button}
    answer = handler.post(address, data=data)
    [delivery] = deliveries_of(desk, case)

    assert answer.status == 303
    assert delivery.withdrawn_at
    before = dump(desk)
    data["version"] = fields(handler.open(address))["version"]
    assert handler.post(address, data=data).status == 409
    assert dump(desk) == before


def test_nothing_is_delivered_before_it_is_sent(desk, handler):
    case = ready(desk)
    data = {"csrf_token": handler.token(), "version": "9", "go": "again"}
    before = dump(desk)

    assert handler.post(page_of(case, "delivery"), data=data).status == 409
    assert dump(desk) == before
