"""By what means an answer goes, and who alone can open it."""

import pytest

from request_app.cases.lifecycle.protection import Flags, put_flags
from request_app.cases.steps.facts import IdentityMethod, Mandate
from request_app.cases.steps.verification import MandateSettled
from request_app.sealing import read_code
from request_app.web.services import NAME
from tests.support.answerable_cases import (
    CODE,
    LETTER,
    PAPER,
    SEND,
    attach,
    case_and_code,
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
    searched,
    send,
    today,
    told,
)
from tests.support.form_app import client_of

WAYS = {
    "by mail, settled by it": ({}, known(), "email"),
    "by post": ({"email": "", "post": "Testikatu 1"}, known(), "letter"),
    "met in person": (
        {"post": "Testikatu 1"},
        known(IdentityMethod.IN_PERSON),
        "letter",
    ),
    "met, and no address": ({"email": ""}, known(IdentityMethod.IN_PERSON), "by-hand"),
}


@pytest.mark.parametrize("name", WAYS)
def test_the_way_that_fits_is_chosen(desk, handler, name):
    person, met, means = WAYS[name]
    case = case_of(desk, **person)
    do(desk, case, met, *searched(), granted())
    page = handler.open(page_of(case, "answer"))

    assert fields(page)["means"] == [means]


def test_the_code_of_a_letter_is_shown_once(desk, handler):
    case = ready(desk)
    address = page_of(case, "answer")
    page = send(handler, address, go="send", **LETTER)
    [code] = set(CODE.findall(page.response.text))
    [delivery] = deliveries_of(desk, case)

    assert page.status == 200
    assert delivery.code_hash == read_code(code).hash
    assert code in page.soup.select_one(".paper").get_text()
    assert code not in page.response.headers.get("Location", "")
    for path in ("", "answer", "answer/paper", "delivery"):
        assert code not in handler.open(page_of(case, path)).response.text
    assert code not in str(dump(desk))


def test_the_whole_answer_on_paper_has_reached_the_person(desk, handler):
    case = ready(desk)
    sent_on_paper = send(handler, page_of(case, "answer"), go="send", **PAPER)
    [delivery] = deliveries_of(desk, case)

    letter = handler.open(sent_on_paper.location)
    assert "Ohjelma ei lähettänyt mitään" in letter.words
    assert "Vastaus pyyntöösi" in letter.soup.select_one(".paper").get_text()
    assert delivery.handed_on == today()
    assert "Annettu" in handler.open(page_of(case, "delivery")).words


def test_an_answer_to_another_goes_to_whose_data_they_are(desk, handler):
    case = ready(desk, whose="authorised", whose_name="Toinen Testinen")
    to = "Toinen Testinen\nEsimerkkitie 2\n00100 Helsinki"
    page = send(
        handler,
        page_of(case, "answer"),
        go="send",
        **LETTER | {"to_represented": "y", "to": to},
    )

    assert page.status == 200
    assert "Esimerkkitie 2" in page.soup.select_one(".paper").get_text()


@pytest.mark.parametrize(
    ("ticked", "told"),
    [
        ({}, "Hei Testi Testinen,\n\nPyyntösi koskee toisen ihmisen tietoja: Toinen"),
        (
            {"to_represented": "y", "to": "Toinen Testinen"},
            "Hei Toinen Testinen,\n\nTämän pyynnön teki puolestasi: Testi Testinen\n",
        ),
    ],
    ids=["to who asked", "to whose data they are"],
)
def test_who_reads_is_told_whose_data_are_meant(desk, handler, ticked, told):
    case = ready(desk, whose="authorised", whose_name="Toinen Testinen")
    do(desk, case, MandateSettled(mandate=Mandate.AUTHORISATION, on=today()))
    send(handler, page_of(case, "answer"), go="send", **PAPER | ticked)

    assert told in letter_of(desk, case)


def test_a_hidden_address_is_nowhere(desk, handler):
    case = ready(desk, post="Salakatu 1\n00100 Helsinki")
    with desk.extensions[NAME].writing("test") as action:
        put_flags(action, case, Flags(hidden_address=True))
    address = page_of(case, "answer")
    seen = [handler.open(address), handler.open(f"{address}/paper")]
    seen.append(send(handler, address, go="send", **LETTER | {"to": "Salakatu 1"}))

    assert seen[-1].status == 200
    assert not any("Salakatu 1" in page.response.text for page in seen[:2])
    assert "Salakatu 1" not in seen[-1].soup.select_one(".paper").get_text()


def test_who_asks_in_another_name_opens_nothing(desk, handler, start):
    """The access code is held by whoever asked; the other code goes elsewhere."""
    case, access_code = case_and_code(desk)
    met = known(IdentityMethod.IN_PERSON)
    do(desk, case, met, *searched(), *told(), granted())
    on_file = {"address": "other", "email": "testi@tyopaikka.example"}
    answer = send(handler, page_of(case, "answer"), go="send", **SEND | on_file)
    form = client_of(start(desk.extensions[NAME].engine))
    tries = [
        {"delivery": str(access_code), "access": str(access_code)},
        {"delivery": "", "access": str(access_code)},
    ]

    assert answer.status == 303
    for typed in tries:
        page = form.post("/request/answer/", data=typed | {"go": "open"})
        assert "Käytämme tietojasi" not in page.text
    status = form.post(
        "/request/status/", data={"code": str(access_code), "go": "look"}
    )
    assert "Käytämme tietojasi" not in status.text
    [delivery] = deliveries_of(desk, case)
    assert delivery.fetched_at is None


def test_the_person_fetches_with_the_code_of_the_letter(desk, handler, start):
    case = ready(desk)
    attach(handler, case, ("tiedot.csv", b"1;2"))
    page = send(handler, page_of(case, "answer"), go="send", **LETTER)
    code = CODE.search(page.response.text)[0]
    form = client_of(start(desk.extensions[NAME].engine))
    got = form.post("/request/answer/", data={"delivery": code, "go": "open"})

    assert "Käytämme tietojasi jäsenyyden" in got.text
    assert "tiedot.csv (1 kt)" in got.text.replace("</span>", "")
    assert "vastaus.txt" in got.text
    assert got.text.index("vastaus.txt") < got.text.index("Hei Testi Testinen,")
    assert "Tietosi ovat tämän vastauksen liitteenä." in got.text
    assert "Noudettu" in handler.open(page_of(case, "delivery")).words
