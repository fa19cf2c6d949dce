"""The answer is fetched with its codes, saved as files, and seen by nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from request_app.cases.delivery.delivery_code import remove_fetched, withdraw
from request_app.deadlines import local_day
from request_app.formatting import day
from request_app.logs import OneLine
from request_app.public import fetch_page
from request_app.public.services import now
from request_app.sealing import new_code, read_code
from request_app.store import cases, deliveries, tables
from request_app.store.database import StoreUnavailableError, reading, writing
from request_app.store.values import State, Way
from tests.support.actions import acting, keys_in
from tests.support.delivered_answers import LETTER, SHEET, handed, packed
from tests.support.form_app import client_of
from tests.support.visitor import sent, visit

FORM = "/request/answer/"
ODD_NAME = 'Tietosi äö; "x"\r\nSet-Cookie: a=b.csv'
PLANT = "Kanarianlintu"


class Person:
    """Who asked, what the desk sends them, and their browser."""

    def __init__(self, app, engine, keys, client):
        self.app, self.engine, self.keys, self.client = app, engine, keys, client
        self.access_code = sent(client).told("Avauskoodi")
        self.package = None

    @property
    def case(self):
        with reading(self.engine) as connection:
            code = read_code(self.access_code)
            return cases.by_code_hash(connection, code.hash)

    def gets(self, way=Way.EMAIL, letter=LETTER, first="vastaus.txt"):
        """Let the desk deliver an answer; return its code."""
        case = self.case
        with acting(self.engine, **keys_in(self.keys)) as action:
            package = packed(action, case, first=first, letter=letter, sheet=ODD_NAME)
            code, self.delivery = handed(action, case, package, way=way)
        return str(code)

    def opens(self, delivery, access="", address=FORM):
        page = visit(self.client, address)
        return page.fill(delivery=delivery, access=access).press("open")

    def saves(self, page, number):
        button = page.soup.select("button[name=file]")[number]
        data = page.fields.to_dict() | {"file": button["value"]}
        return self.client.post(FORM, data=data)

    @property
    def fetched_at(self):
        with reading(self.engine) as connection:
            return deliveries.by_id(connection, self.delivery.id).fetched_at


@pytest.fixture
def person(start, engine, keys):
    app = start(engine)
    return Person(app, engine, keys, client_of(app))


def test_both_codes_show_the_letter_and_the_files(person):
    code = person.gets()

    page = person.opens(code.lower(), person.access_code)

    assert page.status == 200
    assert page.title == "Vastaus pyyntöösi"
    assert page.soup.select_one(".reply").get_text() == LETTER
    assert "tietosi" in page.words.lower()
    assert person.fetched_at


def test_the_codes_may_be_mixed_up(person):
    assert person.opens(person.access_code, person.gets()).status == 200


def test_a_look_at_the_form_fetches_nothing(person):
    person.gets()

    assert visit(person.client, FORM).status == 200
    assert person.fetched_at is None


def test_a_code_by_mail_needs_the_access_code_as_well(person):
    page = person.opens(person.gets())

    assert page.status == 422
    assert page.faults[0].startswith("Kirjoita myös avauskoodi")
    assert person.fetched_at is None


def test_a_code_on_paper_is_enough(person):
    assert person.opens(person.gets(Way.LETTER)).status == 200


@pytest.mark.parametrize(
    "delivery",
    ["", "ABCD", "\x00", "x" * 9000, pytest.param(str(new_code()), id="of nobody")],
)
def test_a_wrong_code_opens_nothing_and_stays_to_be_mended(person, delivery):
    person.gets()
    page = person.opens(delivery, person.access_code)

    assert page.status == 422
    assert page.faults[0].startswith("Näillä koodeilla ei avaudu vastausta.")
    assert page.fields["access"] == person.access_code
    assert person.fetched_at is None


def test_an_impostor_with_the_access_code_gets_nothing(person):
    person.gets()

    for codes in (
        (person.access_code,),
        (person.access_code, person.access_code),
        (str(new_code()), person.access_code),
    ):
        page = person.opens(*codes)
        assert page.status == 422
        assert LETTER.strip() not in page.response.text


def test_wrong_codes_are_limited_and_the_right_ones_open_all_the_same(person):
    code = person.gets()
    wrong = [person.opens(str(new_code()), "ABCD").status for _ in range(12)]

    assert wrong == [422] * 10 + [429] * 2
    assert person.opens(code, person.access_code).status == 200


def test_wrong_codes_of_both_pages_are_counted_together(person):
    for _ in range(10):
        person.client.post("/request/status/", data={"code": "ABCD"})

    page = person.opens("ABCD")
    assert page.status == 429
    assert int(page.response.headers["Retry-After"]) > 0


def test_while_the_database_is_away_the_codes_stay(person, monkeypatch):
    def away(*_, **__):
        raise StoreUnavailableError

    code = person.gets()
    with monkeypatch.context() as patched:
        patched.setattr(fetch_page, "fetch", away)
        page = person.opens(code, person.access_code)

    assert page.status == 503
    assert int(page.response.headers["Retry-After"]) > 0
    assert page.fields["delivery"] == code
    assert page.press("open").status == 200


def test_a_file_is_saved_and_never_shown(person):
    page = person.opens(person.gets(), person.access_code)
    answer = person.saves(page, 1)

    assert answer.data == SHEET
    headers = answer.headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert (
        "filename*=UTF-8''Tietosi%20%C3%A4%C3%B6%3B" in headers["Content-Disposition"]
    )
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_needs_the_codes_and_is_one_of_this_answer(person):
    page = person.opens(person.gets(), person.access_code)
    button = page.soup.select_one("button[name=file]")["value"]

    assert person.client.post(FORM, data={"file": button}).status_code == 422
    wrong = page.fields.to_dict() | {"file": "0" * 32}
    assert person.client.post(FORM, data=wrong).status_code == 404


def test_what_the_letter_says_is_text(person):
    page = person.opens(
        person.gets(letter="<script>alert(1)</script>"), person.access_code
    )

    assert page.soup.select_one(".reply script") is None
    assert page.soup.select_one(".reply").get_text() == "<script>alert(1)</script>"


def test_a_first_file_of_another_kind_is_to_be_saved(person):
    page = person.opens(person.gets(first="vastaus.pdf"), person.access_code)

    assert page.soup.select_one(".reply") is None
    assert len(page.soup.select("button[name=file]")) == 2


def test_a_withdrawn_code_says_so(person):
    code = person.gets()
    with acting(person.engine) as action:
        withdraw(action, person.case, person.delivery)

    page = person.opens(code, person.access_code)
    assert page.status == 422
    assert page.faults[0].startswith("Tämä noutokoodi ei ole enää käytössä.")


def test_a_removed_answer_says_so(clock, person):
    code = person.gets(Way.LETTER)
    person.opens(code)
    clock.shift(86400)
    with acting(person.engine, at=now()) as action:
        assert remove_fetched(action, now()) == 1

    page = person.opens(code)
    assert page.status == 410
    assert "Olet jo saanut tämän vastauksen" in page.words


def test_the_language_changes_with_the_codes_in_place(person):
    page = visit(person.client, FORM).fill(delivery="ABCD", access="EFGH")
    page = page.press("ask", "/request/en/answer/")

    assert page.title == "Fetch the answer"
    assert (page.fields["delivery"], page.fields["access"]) == ("ABCD", "EFGH")
    assert page.faults == []


def test_an_open_answer_changes_the_language(person):
    page = person.opens(person.gets(), person.access_code)
    page = page.press("open", "/request/en/answer/")

    assert page.title == "The answer to your request"
    assert page.soup.select_one(".reply")["lang"] == "fi"


def test_the_status_page_says_until_when_the_answer_opens(clock, person):
    status = visit(person.client, "/request/status/").fill(code=person.access_code)
    person.opens(person.gets(way=Way.LETTER))
    with writing(person.engine) as connection:
        closed = {"state": State.CLOSED, "closed_at": now()}
        connection.execute(update(tables.cases).values(**closed))
    page = status.press("look")
    clock.shift(timedelta(days=31))
    later = status.press("look")  # as it stays where a case is held

    until = day(local_day(person.fetched_at) + timedelta(days=30), language="fi")
    assert f"Voit avata vastauksen täällä viimeistään: {until}" in page.words
    assert "Nouda vastaus" in later.words
    assert "täällä viimeistään" not in later.words


def test_the_status_page_leads_to_an_answer_that_is_ready(person):
    status = visit(person.client, "/request/status/").fill(code=person.access_code)
    person.gets()
    assert "Nouda vastaus" not in status.press("look").words
    with writing(person.engine) as connection:
        connection.execute(update(tables.cases).values(state=State.READY))

    page = status.press("look")
    form = page.soup.find("form", action=FORM)
    fields = {each["name"]: each["value"] for each in form.select("input, button")}
    asked = person.client.post(FORM, data=fields)

    assert person.access_code in asked.text
    assert "Nouda vastaus" in asked.text


def test_no_code_stands_in_an_address_and_no_cookie_is_set(person):
    page = person.opens(person.gets(), person.access_code)

    assert "Set-Cookie" not in page.response.headers
    for each in page.soup.select("a[href], form[action]"):
        address = each.get("href") or each.get("action")
        assert person.access_code not in address
        assert page.fields["delivery"] not in address


def test_the_answer_lies_nowhere_in_the_clear(person, caplog):
    caplog.set_level(0)
    code = person.gets(letter=PLANT, first=f"{PLANT}.txt")
    page = person.opens(code, person.access_code)
    person.saves(page, 0)
    person.opens("ABCD")

    assert PLANT in page.words
    with reading(person.engine) as connection:
        for table in tables.metadata.tables.values():
            for row in connection.execute(select(table)):
                assert not [each for each in row if planted(each, PLANT, code)]
    for record in caplog.records:
        line = OneLine().format(record) + record.getMessage() + str(record.args)
        assert not planted(line, PLANT, code)


def planted(value, *secrets):
    raw = value if isinstance(value, bytes) else str(value).encode()
    return any(secret.encode() in raw for secret in secrets)
