"""Whatever is typed: no error of ours, and what can be kept is kept as it was."""

import os
import unicodedata
from ipaddress import IPv4Address
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from wtforms.fields.core import UnboundField

from request_app.public.forms import PublicForm
from request_app.sealing import read_code
from request_app.store import cases
from request_app.store.database import reading
from request_app.web import clean
from request_app.web.fields import LONGEST_LINE, LONGEST_TEXT
from tests.request_app.conftest import DATABASES
from tests.support.form_app import client_of
from tests.support.visitor import Page, filled, visit

pytestmark = pytest.mark.timeout(1800)  # where there are thousands of examples
INPUTS = int(os.environ.get("SELOSTE_INPUTS", "500"))  # hostile ones, all in all
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
BUTTONS = st.sampled_from(["what", "details", "add", "check", "send", "quux", ""])
FIELDS = [
    *("go", "items-0-now", "items-0-right", "items-0-why"),
    *(
        name
        for name in dir(PublicForm)
        if isinstance(getattr(PublicForm, name), UnboundField)
    ),
]
STRANGE = [  # near the names of fields, or names of what a form is made of
    *("items-9999999-now", "items-x-right", "items-0-", "items-00-now", "items--1-now"),
    *("items-99-why", "items-0-now-now", "items-0-quux", "items-²-now", "items"),
    *("", "go ", "GO", "text[]", "text\x00", "__class__", "csrf_token", "data"),
    *("errors", "meta", "validate", "_fields", "message", "code", "mail_id"),
]
NAMES = st.one_of(st.sampled_from(FIELDS), st.sampled_from(STRANGE), TYPED)

# What a server passes on of a header is any byte but an end of line.
HEADER = st.one_of(
    st.sampled_from(["", ",", ";", "x" * 8000, "a=b; a=b", "%00", "\x00", "\xff\xfe"]),
    st.sampled_from(["fi;q=x", "en-" * 500, "*;q=0", "http://[", "null", "::1, ::"]),
    st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=100),
)
HOST = st.sampled_from(
    [
        *("localhost", "LOCALHOST", "localhost:8000", "127.0.0.1:1", "localhost:99999"),
        *(
            "localhost.",
            "localhost:",
            "localhost:x",
            "evil.example",
            "",
            "[::1]",
            "a@b",
        ),
    ]
)
FORM = "application/x-www-form-urlencoded"
KIND = st.sampled_from(
    [
        *(FORM, FORM.upper(), f"{FORM}; charset=utf-16", f"{FORM}; charset=quux"),
        *("multipart/form-data", "multipart/form-data; boundary=", "text/plain"),
        *(
            "multipart/form-data; boundary=x",
            f"multipart/form-data; boundary={'x' * 99}",
        ),
        *("application/json", "quux", ";;;", ""),
    ]
)
LENGTH = st.sampled_from(
    ["0", "1", "-1", "+10", "1_0", "١", "0x10", "9" * 30, "", " 5"]
)
SENDER = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(["HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE", "HTTP_REFERER"], HEADER),
        **dict.fromkeys(["HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE"], HEADER),
        **dict.fromkeys(["HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR"], HEADER),
        **dict.fromkeys(["HTTP_X_FORWARDED_PROTO", "HTTP_RANGE"], HEADER),
        **dict.fromkeys(["HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_EXPECT"], HEADER),
        "HTTP_HOST": HOST,
        "CONTENT_TYPE": KIND,
        "CONTENT_LENGTH": LENGTH,
    },
)
ANSWERS = st.dictionaries(NAMES, TYPED, min_size=1, max_size=4)
RECEIPTS = {
    "Saimme pyyntösi": "Avauskoodi",
    "We have received your request": "Access code",
}
KEPT = "Tämä ei saa kadota."


KINDS = len(DATABASES)
shared_out = []


def share(percent, kinds=KINDS):
    """So much of all hostile inputs, split between the kinds of database."""
    shared_out.append(percent)
    return settings(
        max_examples=-(-INPUTS * percent // 100 // kinds),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


@pytest.fixture
def client(start, engine):
    limits = {"HOUR_LIMIT": 1_000_000, "DAY_LIMIT": 1_000_000}
    return client_of(start(engine, PROXIES=1, **limits))


@pytest.fixture
def answered(client):
    """What a person has answered before something hostile is put in its place."""
    return filled(client, text=KEPT).fields.to_dict(flat=False)


def body_of(data):
    """A form as it goes over the line; names may be any bytes."""
    return urlencode(data, doseq=True).encode()


def encoded(value):
    """As a hostile browser sends it, halves of characters and all."""
    return value.encode("utf-8", "surrogatepass")


def assert_nothing_lost(page, engine):
    """What was typed is in the store where a receipt says so, or on the page."""
    if page.title in RECEIPTS:
        code = read_code(page.told(RECEIPTS[page.title]))
        with reading(engine) as connection:
            assert cases.by_code_hash(connection, code.hash)
    elif page.status in {200, 422, 429}:
        assert page.fields["text"] == KEPT


@share(35)
@given(answers=ANSWERS, button=BUTTONS)
def test_no_input_makes_an_error_of_ours_and_no_receipt_lies(
    client, engine, answered, answers, button
):
    data = answered | {"go": [button]}
    data |= {encoded(name): [encoded(value)] for name, value in answers.items()}
    page = Page(client, client.post("/request/", data=body_of(data), content_type=FORM))

    assert page.status in {200, 413, 422, 429}
    assert "<script>alert" not in page.response.text
    assert "<img src=x" not in page.response.text
    if "text" not in answers:
        assert_nothing_lost(page, engine)


@share(30)
@given(sender=SENDER, button=BUTTONS, language=st.sampled_from(["", "en/"]))
def test_no_header_makes_an_error_of_ours_and_no_receipt_lies(
    client, engine, answered, sender, button, language
):
    data = answered | {"go": [button]}
    address = f"/request/{language}"
    page = Page(client, client.post(address, data=data, environ_overrides=sender))

    assert page.status in {200, 400, 413, 422, 429}
    assert "Set-Cookie" not in page.response.headers
    if not {"CONTENT_TYPE", "CONTENT_LENGTH"} & set(sender):
        assert_nothing_lost(page, engine)


@pytest.mark.parametrize("number", ["²", "9" * 5000, "٣", "-1", "", "100", "0\n"])
def test_an_item_without_a_right_number_is_left_out(client, answered, number):
    data = answered | {f"items-{number}-now": "x"}

    for button in ("details", "add", "check"):
        answer = client.post("/request/", data=data | {"go": [button]})
        assert answer.status_code == 200


@share(15)
@given(code=TYPED, message=TYPED, number=st.integers(0, 2**32 - 1))
def test_no_code_and_no_message_makes_an_error_of_ours(client, code, message, number):
    data = {"code": encoded(code), "message": encoded(message), "go": "reply"}
    somewhere = {"REMOTE_ADDR": str(IPv4Address(number))}
    answer = client.post("/request/status/", data=data, environ_base=somewhere)

    assert answer.status_code in {413, 422, 429}


@share(10)
@given(query=TYPED)
def test_no_address_makes_an_error_of_ours(client, query):
    short = encoded(query)[:2000]
    asked = {"right": short, "register": short}

    assert client.get("/request/", query_string=asked).status_code == 200


@share(10)
@given(text=TYPED.filter(lambda text: len(text) <= LONGEST_TEXT))
def test_nothing_that_was_typed_is_lost_from_page_to_page(client, answered, text):
    heard = text.encode("utf-8", "replace").decode()
    data = answered | {"text": [heard], "go": ["check"]}
    page = Page(client, client.post("/request/", data=data))

    assert page.fields.get("text", "") == clean.text(heard)
    assert page.press("details").fields["text"] == clean.text(heard)


@share(10, kinds=1)
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


@share(10, kinds=1)
@given(text=st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean.text(clean.text(text)) == clean.text(text)
    assert clean.line(clean.line(text)) == clean.line(text)


def test_a_line_has_room_for_what_it_says(client):
    page = visit(client).fill(rights=["access"]).press("details")
    page.fill(name="n" * LONGEST_LINE, reach="phone", phone="050 000")

    assert page.press("check").status == 200
    assert page.fill(name="n" * (LONGEST_LINE + 1)).press("check").status == 422


def test_the_shares_are_the_whole():
    """The last two are no requests: what they try is not counted."""
    assert sum(shared_out[:-2]) == 100
