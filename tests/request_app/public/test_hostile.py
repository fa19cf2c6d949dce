"""Whatever is typed: no error of ours, and what can be kept is kept as it was."""

import os
import unicodedata
from ipaddress import IPv4Address

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from request_app.public import clean
from request_app.public.fields import LONGEST_LINE, LONGEST_TEXT
from request_app.sealing import read_code
from request_app.store import cases
from request_app.store.database import reading
from tests.request_app.running import client_of
from tests.request_app.visitor import Page, filled, visit

pytestmark = pytest.mark.timeout(1800)  # where there are thousands of examples
EXAMPLES = int(os.environ.get("SELOSTE_EXAMPLES", "200"))
NASTY = [
    "\x00",
    "a\x00b\x1b[31mred",
    "\ud800 lone",
    "\u202etxt.exe\u2066",
    "'; DROP TABLE cases; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s %s %d 100 %",
    "a@b.fi\r\nBcc: evil@example.com",
    "\r\n\r\n",
    "\u2028\u2029\x85\x0b",
    "e\u0301" * 50,
    "x" * 1_000_000,
    "ä" * 5000,
    "[" * 4000,
]
TYPED = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec=None), max_size=300),
    st.lists(st.sampled_from(NASTY[:-4]), max_size=4).map("".join),
)
FIELDS = st.sampled_from(
    [
        *("rights", "scope", "registers", "stamp", "website", "text", "whose"),
        *("whose_name", "name", "reach", "email", "post", "phone", "known"),
        *("items-0-now", "items-9999999-now", "items-x-right", "reply_language"),
        *("access_form", "access_period", "marketing_where", "go", "code", "message"),
    ]
)
ANSWERS = st.dictionaries(FIELDS, TYPED, min_size=1, max_size=4)
CHECKED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def client(start, sqlite_engine):
    return client_of(start(sqlite_engine, HOUR_LIMIT=10_000, DAY_LIMIT=1_000_000))


@pytest.fixture
def answered(client):
    """What a person has answered before something hostile is put in its place."""
    return filled(client).fields.to_dict(flat=False)


def encoded(value):
    """As a hostile browser sends it, halves of characters and all."""
    return value.encode("utf-8", "surrogatepass")


@CHECKED
@given(answers=ANSWERS, button=st.sampled_from(["details", "add", "check", "send"]))
def test_no_input_makes_an_error_of_ours_and_no_receipt_lies(
    client, sqlite_engine, answered, answers, button
):
    data = answered | {"go": [button]}
    data |= {name: [encoded(value)] for name, value in answers.items()}
    page = Page(client, client.post("/request/", data=data))

    assert page.status in {200, 413, 422, 429}
    assert "<script>alert" not in page.response.text
    assert "<img src=x" not in page.response.text
    if page.title == "Saimme pyyntösi":
        code = read_code(page.told("Avauskoodi"))
        with reading(sqlite_engine) as connection:
            assert cases.by_code_hash(connection, code.hash)


@pytest.mark.parametrize("number", ["²", "9" * 5000, "٣", "-1", "", "100", "0\n"])
def test_an_item_without_a_right_number_is_left_out(client, answered, number):
    data = answered | {f"items-{number}-now": "x"}

    for button in ("details", "add", "check"):
        answer = client.post("/request/", data=data | {"go": [button]})
        assert answer.status_code == 200


@CHECKED
@given(code=TYPED, message=TYPED, number=st.integers(0, 2**32 - 1))
def test_no_code_and_no_message_makes_an_error_of_ours(client, code, message, number):
    data = {"code": encoded(code), "message": encoded(message), "go": "reply"}
    somewhere = {"REMOTE_ADDR": str(IPv4Address(number))}
    answer = client.post("/request/status/", data=data, environ_base=somewhere)

    assert answer.status_code in {413, 422, 429}


@CHECKED
@given(query=TYPED)
def test_no_address_makes_an_error_of_ours(client, query):
    short = encoded(query)[:2000]
    asked = {"right": short, "register": short}

    assert client.get("/request/", query_string=asked).status_code == 200


@CHECKED
@given(text=TYPED.filter(lambda text: len(text) <= LONGEST_TEXT))
def test_nothing_that_was_typed_is_lost_from_page_to_page(client, answered, text):
    heard = text.encode("utf-8", "replace").decode()
    data = answered | {"text": [heard], "go": ["check"]}
    page = Page(client, client.post("/request/", data=data))

    assert page.fields.get("text", "") == clean.text(heard)
    assert page.press("details").fields["text"] == clean.text(heard)


@CHECKED
@given(text=st.text(st.characters(codec="utf-8")))
def test_cleaning_takes_nothing_that_can_be_seen(text):
    seen = [each for each in clean.text(text) if not each.isspace()]

    kinds = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    wanted = unicodedata.normalize("NFC", text)
    assert [each for each in seen if unicodedata.category(each) not in kinds] == [
        each
        for each in wanted
        if unicodedata.category(each) not in kinds and not each.isspace()
    ]


@CHECKED
@given(text=st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean.text(clean.text(text)) == clean.text(text)
    assert clean.line(clean.line(text)) == clean.line(text)


def test_a_line_has_room_for_what_it_says(client):
    page = visit(client).fill(rights=["access"]).press("details")
    page.fill(name="n" * LONGEST_LINE, reach="phone", phone="050 000")

    assert page.press("check").status == 200
    assert page.fill(name="n" * (LONGEST_LINE + 1)).press("check").status == 422
