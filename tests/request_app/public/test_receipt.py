"""The receipt: shown when the request is on disk, once, however often it is sent."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from request_app.sealing import places, read_code, unseal
from request_app.sealing.keyfiles import read_keyring
from request_app.store import audit, cases, outbox, sealed_parts
from request_app.store.database import reading
from request_app.store.values import Channel, Right
from tests.support.form_app import client_of
from tests.support.stored_cases import every_case, only_case
from tests.support.visitor import filled, sent

pytestmark = pytest.mark.usefixtures("clock")  # it is Sunday, 22 November 2026


def test_it_tells_reference_code_days_and_how_they_were_counted(client):
    page = sent(client)

    assert page.status == 200
    assert page.title == "Saimme pyyntösi"
    assert page.told("Saapunut") == "sunnuntai 22.11.2026 klo 16.48"
    assert page.told("Viimeinen vastauspäivä") == "tiistai 22.12.2026"
    assert "Kuukautta myöhemmin: tiistai 22.12.2026" in page.words
    read_code(page.told("Avauskoodi"))


def test_it_promises_no_more_of_the_access_code_than_it_opens(client):
    """The answer needs a delivery code, too; with one on paper it needs that alone."""
    words = sent(client).words

    assert "Vastauksen avaat noutokoodilla, jonka saat erikseen." in words
    assert "Jos se tulee sähköpostilla, tarvitset myös avauskoodin." in words


def test_it_comes_in_the_language_of_the_page(client):
    page = sent(client, "/request/en/")

    assert page.title == "We have received your request"
    assert page.told("Last day to answer") == "Tuesday 22 December 2026"


def test_the_request_is_filed_as_it_was_written(start, engine, keys):
    page = sent(
        client_of(start(engine)),
        "/request/?register=members",
        rights=["access", "rectification"],
        text="Kerro kaikki.",
        known="Olen jäsen.",
        **{"items-0-now": "Airila"},
    )

    case = only_case(engine)
    with reading(engine) as connection:
        assert case.reference == page.told("Viite")
        assert case.channel == Channel.FORM
        assert cases.rights_of(connection, case.id) == {
            Right.ACCESS,
            Right.RECTIFICATION,
        }
        assert cases.registers_of(connection, case.id) == {"members"}
        sealed = sealed_parts.of_case(connection, case.id)
    ring = read_keyring(keys / "desk")
    opened = {
        kind: json.loads(unseal(part.envelope, ring=ring, place=places.part(part.id)))
        for kind, part in sealed.items()
    }
    assert opened["person"] == {
        "whose": "own",
        "name": "Testi Testinen",
        "reach": "email",
        "email": "testi.testinen@example.com",
        "known": "Olen jäsen.",
    }
    assert opened["request"] == {
        "access_form": "electronic",
        "text": "Kerro kaikki.",
        "items": [{"now": "Airila", "right": "", "why": ""}],
    }


def test_the_same_form_gives_the_same_receipt(start, engine):
    page = filled(client_of(start(engine)))
    first, second = page.press("send"), page.press("send")

    assert first.response.data == second.response.data
    assert len(every_case(engine)) == 1


def test_other_content_is_a_request_of_its_own_that_names_the_former(client):
    page = filled(client)
    first = page.press("send")
    second = page.fill(text="Vielä tämä.").press("send")

    assert second.told("Viite") != first.told("Viite")
    assert f"Aiempi viite: {first.told('Viite')}" in second.words


def test_twenty_at_once_are_one_case_with_one_receipt(start, engine, clock):
    app = start(engine)
    page = filled(client_of(app))
    clock.shift(60)

    def send(_):
        page_of_my_own = type(page)(client_of(app), page.response)
        return page_of_my_own.press("send").told("Avauskoodi")

    with ThreadPoolExecutor(20) as pool:
        codes = set(pool.map(send, range(20)))

    assert len(codes) == 1
    case = only_case(engine)
    with reading(engine) as connection:
        assert len(audit.entries(connection, case_id=case.id)) == 1
        assert len(outbox.of_case(connection, case.id)) == 1


def test_what_must_be_done_at_once_is_said(client):
    page = sent(client, rights=["consent-withdrawal"])

    assert "Kuukauden määräaika ei koske niitä." in page.words


@pytest.mark.parametrize("reach", [{"reach": "phone", "phone": "050 000 0000"}, {}])
def test_a_mail_is_promised_to_those_who_gave_an_address(client, clock, reach):
    page = filled(client, **reach)
    clock.shift(60)

    promised = "Lähetämme sinulle vahvistuksen" in page.press("send").words
    assert promised == ("phone" not in reach)
