"""What a person writes is in its envelopes, and nowhere else."""

import tempfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from request_app.logs import LOGGER, OneLine
from request_app.outbox import worker as sending
from request_app.outbox.post import PostError
from request_app.public import views
from request_app.sealing.keyfiles import read_keyring
from request_app.store.database import reading
from request_app.store.tables import metadata
from tests.request_app.filing import NOW
from tests.request_app.outbox.post_office import PostOffice, worker_of
from tests.request_app.running import client_of
from tests.request_app.visitor import filled

PLANTED = {
    "text": "Kanarianlintu-teksti",
    "name": "Kanarianlintu Nimi",
    "email": "kanarianlintu@example.com",
    "known": "Kanarianlintu-tuttu",
    "whose": "child",
    "whose_name": "Kanarianlintu Lapsi",
    "items-0-now": "kanarianlintu-nyt",
    "items-0-right": "kanarianlintu-oikein",
    "items-0-why": "kanarianlintu-miksi",
}
PLANT = "kanarianlintu"
HOUR = timedelta(hours=1)


@pytest.fixture
def page(start, engine, clock):
    made = filled(client_of(start(engine)), rights=["rectification"], **PLANTED)
    clock.shift(timedelta(minutes=1))
    return made


def plain(engine):
    """Everything in the database as it lies there."""
    with reading(engine) as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table)):
                yield from (bytes(str(value), "utf-8").lower() for value in row)
                yield from (each for each in row if isinstance(each, bytes))


def logged(caplog):
    """Every record as it is written, and as others would write it."""
    for record in caplog.records:
        yield OneLine().format(record)
        yield record.getMessage() + str(record.args) + str(record.exc_info)


def test_no_column_holds_it_in_the_clear(page, engine):
    page.press("send")

    assert not [value for value in plain(engine) if PLANT.encode() in value.lower()]


def test_no_log_and_no_temporary_file_holds_it(page, caplog, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    caplog.set_level(0)

    page.press("details").press("check").press("send")

    assert LOGGER.handlers
    assert not [line for line in logged(caplog) if PLANT in line.lower()]
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize("error", [ValueError, KeyError, RuntimeError])
def test_no_error_page_and_no_log_of_an_error_holds_it(
    page, caplog, capfd, monkeypatch, error
):
    def fail(*_):
        raise error(PLANT)

    monkeypatch.setattr(views, "_receipt", fail)
    answer = page.press("send")

    assert answer.status == 500
    assert PLANT not in answer.response.text.lower()
    assert not [line for line in logged(caplog) if PLANT in line.lower()]
    assert PLANT not in "".join(capfd.readouterr()).lower()


def test_no_mail_holds_it_but_for_its_address(page, engine, keys, small):
    page.press("send")
    office = PostOffice()
    ring = read_keyring(keys / "desk")
    sending.work(worker_of(engine, ring, office, small), now=lambda: NOW + HOUR)

    [(message, recipient)] = office.taken
    assert recipient == PLANTED["email"]
    assert message.as_string().lower().count(PLANT) == 1


def test_a_mail_that_is_not_taken_leaves_no_address_in_the_log(
    page, engine, keys, small, caplog
):
    page.press("send")

    def refuse(_message, recipient):
        raise PostError("recipient", for_good=bool(recipient))

    ring = read_keyring(keys / "desk")
    sending.work(worker_of(engine, ring, refuse, small), now=lambda: NOW + HOUR)

    assert "mail-given-up" in [record.message for record in caplog.records]
    assert not [line for line in logged(caplog) if PLANT in line.lower()]
