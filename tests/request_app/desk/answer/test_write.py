"""The answer over HTTP: whole and lawful, to the right person, or not at all."""

import re

import pytest

from request_app.cases.letters import archive
from request_app.cases.lifecycle.flags import Flags, put_flags
from request_app.cases.notice.plan import OTHER_PLACES
from request_app.cases.rights import Outcome
from request_app.cases.steps.decision import Decided
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.search import Searched
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.values import IdentityMethod, Mandate
from request_app.cases.steps.verification import MandateSettled
from request_app.desk.shell.days import write_day
from request_app.sealing import read_code
from request_app.store import deliveries, letters, outbox, tables
from request_app.store.database import reading, writing
from request_app.store.values import LetterKind, Right
from request_app.web.services import NAME, now
from tests.support.answerable_cases import (
    RECIPIENTS,
    REGISTERS,
    SEND,
    attach,
    case_and_code,
    case_of,
    do,
    dump,
    fields,
    granted,
    known,
    page_of,
    ready,
    refused,
    searched,
    send,
    today,
    told,
)
from tests.support.case_steps import ask
from tests.support.filed_requests import EMAIL
from tests.support.form_app import client_of

CODE = re.compile(r"(?:[2-9A-Z]{4}-){6}[2-9A-Z]{4}")
PAPER = SEND | {"means": "paper"}
LETTER = SEND | {"means": "letter"}


@pytest.fixture
def handler(staff_client):
    return staff_client("handler")


def deliveries_of(app, case):
    with reading(app.extensions[NAME].engine) as connection:
        return deliveries.of_case(connection, case.id)


def letter_of(app, case):
    with app.extensions[NAME].reading("test") as action:
        [kept] = [
            each
            for each in letters.of_case(action.connection, case.id)
            if each.kind is LetterKind.ANSWER
        ]
        return archive.words_of(action, kept)["text"]


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


@pytest.mark.parametrize("path", ["search", "identity", "decide/access", "recipients"])
def test_each_step_says_whose_data_it_is_about(desk, handler, path):
    case = case_of(desk, whose="child", whose_name="Taimi Testinen")
    page = handler.open(page_of(case, path))

    assert "Kenen tiedot: Taimi Testinen . Pyytäjä: Testi Testinen" in page.words


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


def test_what_keeps_the_answer_here_is_told_once(desk, handler):
    case = case_of(desk, Right.ERASURE)
    address = page_of(case, "answer")
    box = handler.open(address).soup.select_one(".box")
    stops = {each.get_text(): each["href"] for each in box.select("a")}
    page = send(handler, address, go="send", means="paper")
    links = {
        each.get_text(): each["href"]
        for each in page.soup.select(".faults a")
        if each.get_text() in stops
    }

    assert page.status == 409
    assert links == stops
    assert page.soup.select_one(".box") is None


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


@pytest.mark.parametrize("group", ["members", "all"])
def test_what_to_attach_is_told(desk, handler, group):
    case = case_of(desk)
    do(desk, case, known(), *searched(), granted(group=group))
    page = handler.open(page_of(case, "answer"))
    listed = page.soup.find(id="files").find_parent("section").select("li")

    both = ["Jäsenrekisteri", "Uutiskirjeen ja tapahtumien rekisteri"]
    assert [each.get_text() for each in listed] == both[: 1 + (group == "all")]


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


# ---------------------------------------------------------------- what is impossible


def undecided(app):
    case = case_of(app, Right.ACCESS, Right.OBJECTION)
    do(app, case, known(), *searched(), *told(), granted())
    return case, SEND


def identity_open(app):
    case = case_of(app)
    do(app, case, ask(on=today()), *searched(), *told(), granted())
    return case, LETTER


def nobody_known(app):
    case = case_of(app)
    do(app, case, *searched(), *told(), granted())
    return case, LETTER


def untold_recipient(app):
    case = case_of(app, Right.ERASURE)
    got = [
        RecipientSettled(recipient=each, got=True)
        for each in ("rowing-federation", "accounting")
    ]
    do(app, case, known(), *searched(), *got, granted(Right.ERASURE))
    return case, LETTER


def unsettled_recipient(app):
    case = case_of(app, Right.ERASURE)
    do(app, case, known(), *searched(), granted(Right.ERASURE))
    return case, LETTER


def prompt_left(app):
    return ready(app), SEND | {"own_words": "Hei ⟦nimi⟧"}


def mandate_missing(app):
    case = ready(app, whose="authorised", whose_name="Toinen Testinen")
    return case, LETTER


def mandate_missing_by_mail(app):
    case = ready(app, whose="authorised", whose_name="Toinen Testinen")
    return case, SEND | {"to_represented": "y"}


def mandate_missing_by_letter(app):
    case = ready(app, whose="authorised", whose_name="Toinen Testinen")
    return case, LETTER | {"to_represented": "y"}


def child_not_thought_of(app):
    case = ready(app, whose="child", whose_name="Toinen Testinen")
    do(app, case, MandateSettled(mandate=Mandate.CUSTODY, on=today()))
    return case, LETTER


def minor_not_thought_of(app):
    case = ready(app)
    with app.extensions[NAME].writing("test") as action:
        put_flags(action, case, Flags(minor=True))
    return case, SEND


def others_not_looked_at(app):
    return ready(app), SEND | {"others": ""}


def mail_to_an_unknown_address(app):
    case = case_of(app)
    met = known(IdentityMethod.IN_PERSON)
    do(app, case, met, *searched(), *told(), granted())
    return case, SEND


def mail_to_it_although_typed(app):
    case, fields_ = mail_to_an_unknown_address(app)
    return case, fields_ | {"address": "other", "email": EMAIL.upper()}


def code_by_phone(app):
    return ready(app), SEND | {"means": "phone"}


def read_out_to_nobody_known(app):
    return ready(app), SEND | {"means": "read"}


def day_to_come(app):
    return ready(app), PAPER | {"on": "1.1.2030"}


IMPOSSIBLE = [
    undecided,
    identity_open,
    nobody_known,
    untold_recipient,
    unsettled_recipient,
    prompt_left,
    mandate_missing,
    mandate_missing_by_mail,
    mandate_missing_by_letter,
    child_not_thought_of,
    minor_not_thought_of,
    others_not_looked_at,
    mail_to_an_unknown_address,
    mail_to_it_although_typed,
    code_by_phone,
    read_out_to_nobody_known,
    day_to_come,
]


@pytest.mark.parametrize("made", IMPOSSIBLE, ids=lambda made: made.__name__)
def test_what_may_not_go_changes_nothing(desk, handler, made):
    case, typed = made(desk)
    address = page_of(case, "answer")
    page = handler.open(address)
    before = dump(desk)
    answer = handler.post(address, data=fields(page) | typed | {"go": "send"})

    assert answer.status == 409
    assert answer.soup.select(".faults li")
    assert not CODE.search(answer.response.text)
    assert dump(desk) == before


def test_what_stands_against_it_leads_to_where_it_is_mended(desk, handler):
    case, _ = untold_recipient(desk)
    page = handler.open(page_of(case, "answer"))
    links = [each["href"] for each in page.soup.select(".box a")]

    assert page_of(case, "recipients") + "#accounting-got" in links


def test_what_is_open_is_told_by_right_and_register(desk, handler):
    case = case_of(desk, Right.ACCESS, Right.ERASURE)
    members = [granted(each, "members") for each in (Right.ACCESS, Right.ERASURE)]
    do(desk, case, known(), *searched(), *told(), *members)
    page = handler.open(page_of(case, "answer"))
    stops = {each["href"]: each.get_text() for each in page.soup.select(".box a")}

    left, where = "Uutiskirjeen ja tapahtumien rekisteri", "newsletter-and-events"
    assert [
        stops[page_of(case, f"decide/{right}#{where}-outcome")]
        for right in ("access", "erasure")
    ] == [
        f"Ratkaisu puuttuu: Tiedot nähtäväksi, {left}",
        f"Ratkaisu puuttuu: Poistaminen, {left}",
    ]


def no_data(group):
    on = today()
    return Decided(right=Right.ACCESS, group=group, outcome=Outcome.NO_DATA, on=on)


NOTHING_FOUND = [
    Searched(place=each, found=False) for each in (*REGISTERS, *OTHER_PLACES)
]
SEARCHES = {
    "not searched": ([*searched(found=False), no_data("all")], "result_2"),
    "found after all": (
        [*searched(found=False), no_data("members"), searched()[0]],
        "result_0",
    ),
    "not found after all": (
        [*searched(), granted(group="members"), searched(found=False)[0]],
        "result_0",
    ),
    "nothing anywhere": ([granted(), *NOTHING_FOUND], ""),
}


@pytest.mark.parametrize("name", SEARCHES)
def test_what_the_search_leaves_open_leads_to_the_search(desk, handler, name):
    steps, at = SEARCHES[name]
    case = case_of(desk)
    do(desk, case, known(), *steps)
    stops = handler.open(page_of(case, "answer")).soup.select(".box a")
    search = handler.open(page_of(case, "search"))

    wanted = page_of(case, f"search#{at}" if at else "search")
    assert wanted in [each["href"] for each in stops]
    assert not at or search.soup.find(id=at)


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


def test_with_a_thought_for_the_child_it_goes(desk, handler):
    case, typed = child_not_thought_of(desk)
    note = {"child": "Lapsi on 4-vuotias, eikä tiedoissa ole arkaa."}
    page = send(handler, page_of(case, "answer"), go="send", **typed | note)

    assert page.status == 200


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


# ---------------------------------------------------------------- delivered again


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


# ---------------------------------------------------------------- recipients


def test_recipients_are_settled_in_one_go(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *searched(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    typed = {
        "rowing-federation-got": "yes",
        "rowing-federation-told_on": write_day(today()),
        "accounting-got": "others",
        "newsletter-service-got": "no",
        "regatta-organisers-got": "yes",
    }
    nameless = send(handler, address, go="save", **typed)
    named = {"regatta-organisers-name": "Esimerkkiregatta ry"}
    why = {
        "regatta-organisers-why_not": "impossible",
        "regatta-organisers-why": "Järjestäjää ei enää ole.",
    }

    assert nameless.status == 422
    assert nameless.soup.select_one(".faults a")["href"] == "#regatta-organisers-name"
    assert send(handler, address, go="save", **typed | named | why).status == 303
    page = handler.open(page_of(case, "answer"))
    assert "Järjestäjää ei enää ole." in page.words
    assert not [
        each for each in page.soup.select(".box a") if "recipients" in each["href"]
    ]


def test_who_got_nothing_that_changed_is_not_told(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), *searched(), granted(Right.ERASURE))
    typed = {f"{each}-got": "others" for each in RECIPIENTS}
    stale = {"accounting-told_on": "mañana", "accounting-why": "Unohtui."}
    answer = send(handler, page_of(case, "recipients"), go="save", **typed | stale)

    assert answer.status == 303  # nor must the nameless one be named
    page = handler.open(page_of(case, "answer"))
    assert "Poistettuja tietoja ei ole annettu muille" in page.words
    assert "Unohtui." not in page.words
    assert not [
        each for each in page.soup.select(".box a") if "recipients" in each["href"]
    ]


def test_where_nothing_changed_nobody_is_told(desk, handler):
    case = case_of(desk, Right.ACCESS)
    do(desk, case, known(), granted())
    page = handler.open(page_of(case, "recipients"))

    choices = page.soup.find_all("input", {"name": "accounting-got"})
    assert [each["value"] for each in choices] == ["no", "yes"]
    assert page.soup.find(id="accounting-told_on") is None
    assert page.soup.find(id="regatta-organisers-name")


def test_all_that_is_open_is_closed_with_one_button(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    button = "button[value=nobody]"
    assert "Kukaan näistä" in handler.open(address).soup.select_one(button).get_text()
    some = send(handler, address, go="save", **{"accounting-got": "others"})
    assert some.status == 303
    assert "Kukaan muu" in handler.open(address).soup.select_one(button).get_text()
    assert send(handler, address, go="nobody").status == 303

    page = handler.open(address)
    chosen = page.soup.select("input[type=radio][checked]")
    assert sorted(each["value"] for each in chosen) == ["no", "no", "no", "others"]
    assert page.soup.select_one(button) is None


def test_what_was_chosen_is_kept_on_the_way_to_a_letter(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    typed = {"accounting-got": "yes", "newsletter-service-got": "no"}
    answer = send(handler, address, go="letter:accounting", **typed)

    assert answer.location == page_of(case, "recipients/accounting/letter")
    page = handler.open(address)
    assert len(page.soup.select("input[type=radio][checked]")) == 2
    assert send(handler, address, go="letter:nobody").status == 404


def test_a_recipient_that_the_notice_does_not_know(desk, handler):
    case = case_of(desk, Right.ERASURE)
    do(desk, case, known(), granted(Right.ERASURE))
    address = page_of(case, "recipients")
    page = send(handler, address, go="another")
    data = fields(page) | {"own-1-name": "Naapuri Oy", "own-1-got": "yes", "go": "save"}

    assert handler.post(address, data=data).status == 303
    assert "Naapuri Oy" in handler.open(address).words


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
