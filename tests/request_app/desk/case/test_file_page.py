"""The file of a case: all that was done is in it, and nothing that must stay out."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from request_app.cases.delivery.channels import Means, Sending
from request_app.cases.delivery.send_answer import Checked, send
from request_app.cases.letters import archive
from request_app.cases.letters.parts import Letter, Section, render
from request_app.cases.lifecycle.protection import Flags, put_flags
from request_app.cases.lifecycle.record import record_steps
from request_app.cases.messages.conversation import write_to_desk, write_to_person
from request_app.cases.rights import Outcome
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.notification import RecipientSettled
from request_app.cases.steps.questions import Answered
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentitySettled
from request_app.deadlines import PauseKind, local_day
from request_app.sealing import places
from request_app.store import audit, cases, notices, outbox, tables
from request_app.store.database import reading, writing
from request_app.store.values import LetterKind, Right, Way
from request_app.web.services import NAME, now
from tests.support.case_steps import ask, decide
from tests.support.delivered_answers import LETTER, packed
from tests.support.desk_cases import filed, newest_of_audit, restrict
from tests.support.filed_requests import EMAIL, SUBMISSION
from tests.support.staff_accounts import hire

POST = "Piilokatu 7 A\n00000 Testilä"
SEEN = "Ajokortti 12-34"
OWN_WORDS = "Asiakasnumerosi on 4711.\n\nTilasit: kumisaappaat."
ANSWER = Letter(
    LetterKind.ANSWER,
    "fi",
    "Vastaus pyyntöösi",
    (
        Section("head", "", f"Testi Testinen\n{POST}"),
        Section("greeting", "", "Hei,"),
        Section("own_words", "", OWN_WORDS, editable=True),
        Section("signature", "", "Terveisin"),
    ),
)
XSS = "<script>alert(1)</script>"
ASKED = replace(
    SUBMISSION,
    parts={
        "person": {**SUBMISSION.parts["person"], "post": POST},
        "request": {"text": f"Poistakaa tietoni. {XSS}"},
    },
)


@pytest.fixture
def case(desk):
    """A case in which something of every kind has happened."""
    kept = desk.extensions[NAME].published.edition().notice
    case = filed(desk, submission=ASKED)
    with writing(desk.extensions[NAME].engine) as connection:
        notices.keep(connection, kept, now=now())
        case = replace(case, notice_hash=kept.hash)
        cases.save(connection, case)
    today = local_day(now())
    settled = IdentitySettled(method=IdentityMethod.DOCUMENT_SEEN, on=today)
    enough = Answered(question=PauseKind.IDENTITY, on=today, enough=True)
    acts = [
        ProposedStep(step=ask(on=today), words={"doubt": "Kaksi samannimistä."}),
        ProposedStep(step=enough, words={"answer": SEEN}),
        ProposedStep(
            step=settled, words={"seen": SEEN, "why_sure": "Tuli itse käymään."}
        ),
        ProposedStep(step=decide(Right.ACCESS, on=today)),
        ProposedStep(
            step=decide(
                Right.ERASURE, Outcome.REFUSED, on=today, ground="exception_17_3_b"
            ),
            words={"reason": f"Asukkaat: {POST}", "kept_until": "31.12.2030"},
        ),
        ProposedStep(step=RecipientSettled(recipient="to_x", got=True, told_on=today)),
    ]
    with desk.extensions[NAME].writing("staff:aino") as action:
        record_steps(action, case, acts)
        write_to_desk(action, case, "Kiitos!", nonce=b"n" * 16)
        write_to_person(action, case, "Ole hyvä.")
        packed(action, case)
        how = Sending(means=Means.LETTER, on=today)
        send(action, case, ANSWER, how, Checked(others=False))
    return case


def keep_as_before(desk, case):
    """Keep an answer as earlier versions did: its text alone."""
    words, table = {"title": ANSWER.title, "text": render(ANSWER)}, tables.letters
    with desk.extensions[NAME].writing("staff:aino") as action:
        posting = archive.Posting(Way.LETTER, action.today)
        kept = archive.keep(action, case, ANSWER, posting)
        sealed = action.seal_json(words, places.letter(kept.id))
        row = table.update().where(table.c.id == kept.id)
        action.connection.execute(row.values(sealed=sealed))


def address(case, ending=""):
    return f"/desk/cases/{case.reference}/file{ending}"


def facts(browser, case):
    return json.loads(browser.open(address(case, ".json")).response.text)


def hide(desk, case):
    with desk.extensions[NAME].writing("test") as action:
        put_flags(action, case, Flags(hidden_address=True))


def test_the_page_tells_what_was_asked_done_and_decided(staff_client, case):
    page = staff_client(name="aino").open(address(case))

    assert page.title == f"Pyynnön asiakirjat {case.reference}"
    for told in (
        "Poistakaa tietoni.",
        EMAIL,
        "Kaksi samannimistä.",
        "Tuli itse käymään.",
        "näytti asiakirjan",
        "31.12.2030",
        "Vastaus pyyntöösi",
        "Kiitos!",
        "Ole hyvä.",
        case.notice_hash,
    ):
        assert told in page.words, told


def test_a_refusal_stands_with_its_ground_and_provision(staff_client, case):
    refused = facts(staff_client(), case)["decisions"][1]

    assert refused["right"] == "erasure"
    assert refused["outcome"] == "refused"
    assert "17 artiklan 3 kohdan" in refused["provision"]
    assert refused["ground"]
    assert refused["by"] == "staff:aino"


def test_page_file_and_json_hold_the_same_facts(staff_client, case):
    browser = staff_client()
    told = facts(browser, case)
    html = browser.open(address(case, ".html"))

    assert html.response.headers["Content-Disposition"] == (
        f'attachment; filename="{case.reference}.html"'
    )
    assert len(html.soup.select(".events > li")) == len(told["steps"]) == 6
    rows = html.soup.select("tbody tr")
    assert [row.td.get_text() for row in rows][: len(told["trail"])] == [
        str(each["seq"]) for each in told["trail"]
    ]


def test_the_file_needs_no_other_and_can_do_nothing(staff_client, case):
    soup = staff_client().open(address(case, ".html")).soup

    assert not soup.select("script, link, img, a, form, iframe")
    assert "default-src 'none'" in soup.find("meta", {"http-equiv": True})["content"]
    assert "@media print" in soup.style.get_text()


@pytest.mark.parametrize("ending", ["", ".html", ".json"])
def test_what_was_handed_over_and_shown_stays_out(staff_client, case, ending):
    text = staff_client().open(address(case, ending)).response.text

    assert SEEN not in text
    assert "4711" not in text
    assert "kumisaappaat" not in text
    assert LETTER.splitlines()[-1] not in text
    assert "vastaus.txt" not in text
    assert case.code_hash not in text


def test_only_the_own_words_of_an_answer_are_left_out(staff_client, case):
    browser = staff_client()
    [letter] = facts(browser, case)["letters"]

    head = f"Testi Testinen\n{POST}\n\nVastaus pyyntöösi"
    assert letter["text"] == f"{head}\n\nHei,\n\n[…]\n\nTerveisin\n"
    assert "Vastauksen omin sanoin kirjoitettu" in browser.open(address(case)).words


def test_of_an_older_answer_it_is_said_that_own_words_may_stand(
    desk, staff_client, case
):
    keep_as_before(desk, case)
    browser = staff_client()
    letters = facts(browser, case)["letters"]

    assert [each["own_words_left_out"] for each in letters] == [True, False]
    assert letters[1]["text"] == render(ANSWER)
    assert "tallennettiin aiemmalla versiolla" in browser.open(address(case)).words


@pytest.mark.parametrize("ending", ["", ".html", ".json"])
def test_a_secret_address_is_nowhere_in_it(desk, staff_client, case, ending):
    hide(desk, case)
    text = staff_client().open(address(case, ending)).response.text

    assert "Piilokatu" not in text
    assert "00000 Testilä" not in text
    assert "[…]" in text


def test_a_secret_address_is_cut_in_whole_words_and_not_in_the_trail(
    desk, staff_client
):
    parts = {
        "person": {"name": "Testi Testinen", "post": "Salakatu 1, Oulu, aino"},
        "request": {"text": "Koulutusrekisterin tiedot. Asun: Salakatu 1, OULU."},
    }
    case = filed(desk, submission=replace(SUBMISSION, parts=parts))
    hide(desk, case)
    told = facts(staff_client(name="aino"), case)

    text = "Koulutusrekisterin tiedot. Asun: […], […]."
    assert told["request"]["details"]["text"] == text
    assert told["trail"][-1]["by"] == "staff:aino"


@pytest.mark.parametrize("ending", ["", ".html"])
def test_what_people_write_is_text(staff_client, case, ending):
    answer = staff_client().open(address(case, ending))

    assert XSS not in answer.response.text
    assert XSS in answer.soup.get_text()


@pytest.mark.parametrize(
    ("ending", "form"), [("", "page"), (".html", "html"), (".json", "json")]
)
def test_that_it_was_taken_stays_in_the_trail(desk, staff_client, case, ending, form):
    staff_client(name="aino").open(address(case, ending))

    newest = newest_of_audit(desk)
    assert (newest.actor, newest.action) == ("staff:aino", "case.file")
    assert newest.facts["as"] == form


def test_the_rows_of_the_trail_are_those_of_the_chain(desk, staff_client, case):
    told = facts(staff_client(), case)["trail"]

    with reading(desk.extensions[NAME].engine) as connection:
        rows = audit.entries(connection, case_id=case.id)
    assert [each["digest"] for each in told] == [each.digest for each in rows]
    assert told[-1]["action"] == "case.file"


def test_the_language_is_that_of_the_notice_or_chosen(staff_client, case):
    browser = staff_client(language="en")

    assert browser.open(address(case)).soup.html["lang"] == "fi"
    english = browser.open(address(case) + "?language=en")
    assert english.soup.html["lang"] == "en"
    assert english.title.startswith("File of the request")
    assert browser.open(address(case) + "?language=xx").soup.html["lang"] == "fi"


def test_a_restricted_case_is_for_its_readers(desk, staff_client, case):
    hire(desk, "bertta")
    restrict(desk, case, "bertta")

    for ending in ("", ".html", ".json"):
        assert (
            staff_client("admin", name=f"a{ending}").open(address(case, ending)).status
            == 404
        )


def test_what_leaves_the_desk_asks_for_the_password_again(staff_client, case, clock):
    browser = staff_client()
    clock.shift(timedelta(minutes=11))

    assert browser.open(address(case)).status == 200
    answer = browser.open(address(case, ".html"))
    assert answer.status == 303
    assert "/desk/prove" in answer.location


def test_the_command_writes_the_file(desk, start, sqlite_engine, case):
    run = start(sqlite_engine).test_cli_runner().invoke
    done = run(args=["cases", "file", case.reference])

    assert done.exit_code == 0
    soup = BeautifulSoup(done.output, "html.parser")
    assert soup.h1.get_text() == f"Pyynnön asiakirjat {case.reference}"
    english = run(args=["cases", "file", case.reference, "--language", "en", "--json"])
    assert json.loads(english.output)["language"] == "en"
    assert newest_of_audit(desk).action == "case.file"


def test_the_command_too_keeps_a_secret_address_secret(
    desk, start, sqlite_engine, case
):
    hide(desk, case)
    run = start(sqlite_engine).test_cli_runner().invoke
    text = run(args=["cases", "file", case.reference]).output

    assert "Piilokatu" not in text
    assert "[…]" in text


def test_the_command_gives_no_file_of_a_restricted_case(
    desk, start, sqlite_engine, case
):
    hire(desk, "bertta")
    restrict(desk, case, "bertta")

    done = (
        start(sqlite_engine)
        .test_cli_runner()
        .invoke(args=["cases", "file", case.reference])
    )

    assert done.exit_code == 2
    assert done.output.endswith("named readers. They open it on the desk.\n")
    assert EMAIL not in done.output
    with reading(sqlite_engine) as connection:
        assert outbox.of_case(connection, case.id)
        assert audit.entries(connection)[-1].action != "case.file"
