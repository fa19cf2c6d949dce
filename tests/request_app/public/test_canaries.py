"""What a person writes is in its envelopes, and nowhere else."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from request_app.cases.messages import conversation
from request_app.logs import LOGGER, OneLine
from request_app.outbox import worker as sending
from request_app.outbox.post import PostError
from request_app.public import form_pages
from request_app.sealing import new_code, places, unseal
from request_app.sealing.keyfiles import read_keyring
from request_app.store import sealed_parts, tables
from request_app.store.database import reading, writing
from tests.support.filed_requests import NOW
from tests.support.form_app import client_of
from tests.support.planted_strings import (
    HEADERS,
    PLANT,
    is_in,
    lying_in,
    names,
    plant,
    planted,
    status_planted,
)
from tests.support.post_office import PostOffice, worker_of
from tests.support.stored_cases import only_case
from tests.support.visitor import Page, visit

HOUR = timedelta(hours=1)
WAYS = {"email": "email", "letter": "post", "phone": "phone"}
ONLY_CHOSEN = {"scope", "access_form", "whose", "reach", "reply_language"}
TICKED = {"rectify_restrict", "object_restrict"}
NEVER_FILED = {"rights", "registers", "stamp", "website"} | ONLY_CHOSEN | TICKED


class Sender:
    """Sends forms with a string in every field, by way of every page."""

    def __init__(self, app, clock):
        self.app = app
        self.client = client_of(app)
        self.stamp = visit(self.client).fields["stamp"]
        clock.shift(60)

    def send(self, button="send", **chosen):
        first = {"stamp": self.stamp} | chosen
        return self.post("/request/", planted(self.app, **first) | {"go": button})

    def follow(self, button, **chosen):
        data = status_planted(self.app, **chosen) | {"go": button}
        return self.post("/request/status/", data)

    def post(self, address, data, method="POST", **headers):
        answer = self.client.open(
            address, method=method, data=data, headers=HEADERS | headers
        )
        return Page(self.client, answer)


@pytest.fixture
def form(start, engine, clock):
    return Sender(start(engine), clock)


@pytest.fixture
def lying(request, engine):
    """Return a function that gives all that the database has on disk."""
    server = engine.dialect.name == "postgresql"
    postgres = request.getfixturevalue("postgres") if server else None
    return lambda: lying_in(engine, postgres)


def logged(caplog):
    """Every record as it is written, and as others would write it."""
    for record in caplog.records:
        yield OneLine().format(record)
        yield record.getMessage() + str(record.args) + str(record.exc_info)


def assert_not_told(caplog, capfd):
    assert LOGGER.handlers
    assert not [line for line in logged(caplog) if PLANT in line.lower()]
    assert PLANT not in "".join(capfd.readouterr()).lower()


def outside_the_form(page):
    """A page without what its own form holds."""
    for form in page.soup.select("#request"):
        form.extract()
    return str(page.soup).lower()


def test_every_field_is_planted_and_read(form):
    page = form.send("check")

    assert page.status == 200
    carried = {name for name in page.fields if plant(name) in page.fields.getlist(name)}
    assert set(names(form.app)) - carried == ONLY_CHOSEN | TICKED | {"stamp"}


@pytest.mark.parametrize("way", WAYS)
def test_the_envelopes_hold_what_belongs_to_the_request(form, engine, keys, way):
    form.send(reach=way)

    with reading(engine) as connection:
        sealed = sealed_parts.of_case(connection, only_case(engine).id)
    ring = read_keyring(keys / "desk")
    opened = b"".join(
        unseal(part.envelope, ring=ring, place=places.part(part.id))
        for part in sealed.values()
    )
    others = set(WAYS.values()) - {WAYS[way]}
    filed = {name for name in names(form.app) if plant(name).encode() in opened}
    assert filed == set(names(form.app)) - NEVER_FILED - others


@pytest.mark.parametrize("way", WAYS)
def test_the_database_holds_it_in_envelopes_only(form, lying, way):
    code = form.send(reach=way).told("Avauskoodi")
    assert form.follow("reply", code=code).status == 200
    assert form.follow("look").status == 422

    heap = lying()
    assert not is_in(PLANT, heap)
    assert not is_in(code, heap)
    assert not is_in(code.replace("-", ""), heap)


@pytest.mark.parametrize(
    "column",
    [tables.cases.c.suspicion, tables.sealed_parts.c.envelope],
    ids=["text", "bytes"],
)
def test_the_search_finds_what_lies_in_the_clear(form, engine, lying, column):
    form.send()
    value = PLANT if column.name == "suspicion" else PLANT.encode()
    with writing(engine) as connection:
        connection.execute(update(column.table).values({column: value}))

    assert is_in(PLANT, lying())


def test_no_log_tells_it_on_the_way_to_the_receipt(form, caplog, capfd):
    caplog.set_level(0)

    for button in ("what", "details", "add", "check", "send", plant("button")):
        assert form.send(button).status == 200
    form.client.get(f"/request/?right={PLANT}&register={PLANT}", headers=HEADERS)

    assert_not_told(caplog, capfd)


def test_no_log_tells_it_from_behind_the_code(form, caplog, capfd):
    code = form.send().told("Avauskoodi")
    caplog.set_level(0)

    for button in ("look", "reply", "ask-cancel", "cancel", plant("button")):
        assert form.follow(button, code=code).status == 200
        assert form.follow(button).status == 422

    assert not [line for line in logged(caplog) if code in line]
    assert_not_told(caplog, capfd)


@pytest.mark.parametrize(
    ("status", "method", "address", "more", "headers"),
    [
        (400, "POST", "/request/", {}, {"Host": f"{PLANT}.example"}),
        (404, "POST", f"/request/{PLANT}/", {}, {}),
        (404, "POST", f"/request/confirm/{PLANT:x>32}/", {}, {}),
        (405, "PUT", "/request/", {}, {}),
        (405, "POST", f"/request/static/{PLANT}", {}, {}),
        (413, "POST", "/request/", {"text": PLANT * 300_000}, {}),
        (413, "POST", "/request/", {f"{PLANT}{n}": "" for n in range(201)}, {}),
        (413, "POST", "/request/status/", {"message": PLANT * 300_000}, {}),
    ],
)
def test_no_error_page_holds_it(
    form, caplog, capfd, status, method, address, more, headers
):
    caplog.set_level(0)
    page = form.post(address, planted(form.app) | more, method, **headers)

    assert page.status == status
    assert PLANT not in page.response.text.lower()
    assert PLANT not in str(page.response.headers).lower()
    assert_not_told(caplog, capfd)


@pytest.mark.parametrize("error", [ValueError, KeyError, RuntimeError])
def test_no_error_of_ours_tells_it(form, caplog, capfd, monkeypatch, error):
    def fail(*_):
        raise error(PLANT)

    code = form.send().told("Avauskoodi")
    monkeypatch.setattr(form_pages, "_receipt", fail)
    monkeypatch.setattr(conversation, "read_as_person", fail)

    for page in (form.send(), form.follow("reply", code=code)):
        assert page.status == 500
        assert PLANT not in page.response.text.lower()
    assert_not_told(caplog, capfd)


@pytest.mark.parametrize(
    ("status", "chosen"),
    [
        *((422, {name: plant(name)}) for name in ("scope", "access_form", "whose")),
        *((422, {name: plant(name)}) for name in ("reach", "stamp")),
        (422, {"registers": plant("registers"), "scope": "some"}),
        (422, {"text": PLANT * 400}),
        (429, {"name": PLANT}),
    ],
)
def test_only_the_form_itself_shows_it_again(
    start, engine, clock, caplog, capfd, status, chosen
):
    form = Sender(start(engine, HOUR_LIMIT=1), clock)
    assert form.send().status == 200
    page = form.send(**chosen)

    assert page.status == status
    assert plant("known") in page.fields["known"]
    assert PLANT not in outside_the_form(page)
    assert_not_told(caplog, capfd)


def test_where_no_key_is_only_the_form_itself_shows_it_again(form, keys, caplog, capfd):
    code = form.send().told("Avauskoodi")
    (keys / "form" / "form.secret").unlink()
    pages = [form.send(), form.follow("look"), form.follow("reply", code=code)]

    for page in pages:
        assert page.status == 503
        assert PLANT in page.response.text
        assert PLANT not in outside_the_form(page)
    assert_not_told(caplog, capfd)


def test_after_many_wrong_codes_only_the_form_shows_it_again(form, caplog, capfd):
    pages = [form.follow("look", code=f"{PLANT} {new_code()}") for _ in range(11)]

    assert pages[-1].status == 429
    for page in pages:
        assert PLANT in page.fields["code"]
        assert PLANT not in outside_the_form(page)
    assert_not_told(caplog, capfd)


@pytest.fixture
def filed(form):
    """A request that nobody suspects, so that a mail goes out."""
    data = planted(form.app, stamp=form.stamp) | {"website": "", "go": "send"}
    assert form.post("/request/", data).title == "Saimme pyyntösi"


@pytest.mark.usefixtures("filed")
def test_no_mail_holds_it_but_for_its_address(engine, keys, small):
    office = PostOffice()
    ring = read_keyring(keys / "desk")
    sending.work(worker_of(engine, ring, office, small), now=lambda: NOW + HOUR)

    [(message, recipient)] = office.taken
    assert recipient == plant("email")
    assert message.as_string().lower().count(PLANT) == 1


@pytest.mark.usefixtures("filed")
def test_a_mail_that_is_not_taken_leaves_no_address_in_the_log(
    engine, keys, small, caplog, capfd
):
    def refuse(_message, recipient):
        raise PostError("recipient", for_good=bool(recipient))

    ring = read_keyring(keys / "desk")
    sending.work(worker_of(engine, ring, refuse, small), now=lambda: NOW + HOUR)

    assert "mail-given-up" in [record.message for record in caplog.records]
    assert_not_told(caplog, capfd)
