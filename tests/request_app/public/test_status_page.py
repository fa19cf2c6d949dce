"""Behind the access code: the stage, messages, cancelling; wrong codes are limited."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from request_app.cases.messages import conversation
from request_app.sealing import new_code
from request_app.store import audit, cases, outbox, tables
from request_app.store.database import reading, writing
from request_app.store.values import State
from tests.support.actions import acting, keys_in
from tests.support.form_app import client_of
from tests.support.stored_cases import only_case
from tests.support.visitor import filled, sent, visit

pytestmark = pytest.mark.usefixtures("clock")  # no hour ends while codes are counted


@pytest.fixture
def own(start, engine):
    """A client, a code that is good, and the page that it opens."""
    client = client_of(start(engine))
    code = sent(client).told("Avauskoodi")
    return visit(client, "/request/status/").fill(code=code)


def test_the_code_shows_stage_and_days(own):
    page = own.fill(code=own.fields["code"].lower().replace("-", " ")).press("look")

    assert page.told("Vaihe") == "Saapunut"
    assert page.told("Viimeinen vastauspäivä")


def test_an_extended_time_is_shown_with_its_new_last_day(own, engine):
    assert "Näin päivä on laskettu" in own.press("look").words
    with writing(engine) as connection:
        case = replace(only_case(engine), extended_to=date(2027, 3, 1))
        cases.save(connection, case)

    page = own.press("look")
    assert page.told("Viimeinen vastauspäivä") == "maanantai 1.3.2027"
    assert "Näin päivä on laskettu" not in page.words


def test_what_the_desk_writes_is_read_with_the_code(own, engine, keys):
    with acting(engine, **keys_in(keys)) as action:
        text = "Mitä rekisteriä tarkoitat?"
        conversation.write_to_person(action, only_case(engine), text)

    assert "Mitä rekisteriä tarkoitat?" in own.press("look").words


def test_a_reply_reaches_the_desk_and_stays_to_be_seen(own, engine, keys):
    page = own.press("look").fill(message="Jäsenrekisteriä.\nKiitos!").press("reply")

    assert "Viestisi on saapunut." in page.words
    with acting(engine, **keys_in(keys)) as action:
        [letter] = conversation.read_as_desk(action, only_case(engine))
    assert letter.text == "Jäsenrekisteriä.\nKiitos!"
    assert "Jäsenrekisteriä." in page.words


def test_who_has_replied_is_waited_for_no_more(own, engine):
    with writing(engine) as connection:
        cases.save(connection, replace(only_case(engine), state=State.WAITING))

    assert own.press("look").told("Vaihe") == "Odotamme vastaustasi"
    page = own.press("look").fill(message="Jäsenrekisteriä.").press("reply")
    assert page.told("Vaihe") == "Saimme vastauksesi"


def test_a_reply_sent_twice_is_one(own):
    page = own.press("look").fill(message="Kerran")
    page.press("reply")

    assert page.press("reply").words.count("Kerran") == 1


def test_far_too_many_replies_have_to_wait_and_lose_no_text(clock, own):
    page = own.press("look")
    for number in range(20):
        page = page.fill(message=str(number)).press("reply")
        assert page.status == 200
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    data = page.fields.to_dict() | {"message": "Liikaa", "go": "reply"}
    answer = page.client.post("/request/status/", data=data, environ_base=elsewhere)
    page = page.fill(message="Liikaa").press("reply")

    assert answer.status_code == page.status == 429
    assert page.fields["message"] == "Liikaa"
    assert "Viestiäsi ei ole lähetetty" in page.words
    assert int(page.response.headers["Retry-After"]) > 0
    clock.shift(3600)
    assert page.press("reply").status == 200


def test_an_empty_reply_is_pointed_out(own):
    page = own.press("look").press("reply")

    assert page.status == 422
    assert page.faults == ["Kirjoita viestisi."]


def test_a_person_cancels_in_two_steps(own, engine):
    asked = own.press("look").press("ask-cancel")
    assert only_case(engine).cancelled_at is None

    page = asked.press("cancel")

    assert page.told("Vaihe") == "Olet perunut tämän pyynnön"
    with reading(engine) as connection:
        trail = audit.entries(connection, case_id=only_case(engine).id)
    assert trail[-1].action == "case.cancelled"


def test_a_closed_case_cannot_be_cancelled(own, engine):
    asked = own.press("look").press("ask-cancel")
    case = only_case(engine)
    with writing(engine) as connection:
        connection.execute(update(tables.cases).values(state=State.CLOSED))

    for page in (asked.press("cancel"), own.press("ask-cancel")):
        assert page.status == 200
        assert page.told("Vaihe") == "Päättynyt"
        assert "Pyyntösi on peruttu" not in page.words
    with reading(engine) as connection:
        assert cases.by_id(connection, case.id).cancelled_at is None
        assert cases.by_id(connection, case.id).version == case.version
        trail = audit.entries(connection, case_id=case.id)
    assert trail[-1].action != "case.cancelled"


@pytest.mark.parametrize(
    "code",
    ["", "ABCD", "\x00", "x" * 9000, pytest.param(str(new_code()), id="of nobody")],
)
def test_a_wrong_code_opens_nothing(client, code):
    page = visit(client, "/request/status/").fill(code=code).press("look")

    assert page.status == 422
    assert "Tällä koodilla ei löydy pyyntöä." in page.words


def test_wrong_codes_are_limited_and_the_right_one_opens_all_the_same(own, clock):
    code = own.fields["code"]
    wrong = [own.fill(code=str(new_code())).press("look").status for _ in range(12)]

    assert wrong == [422] * 10 + [429] * 2
    assert own.fill(code=code).press("look").status == 200
    clock.shift(3600)
    assert own.fill(code=str(new_code())).press("look").status == 422


def test_a_neighbour_is_not_held_up(own):
    for _ in range(11):
        own.fill(code=str(new_code())).press("look")

    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    answer = own.client.post(
        "/request/status/", data={"code": "ABCD"}, environ_base=elsewhere
    )
    assert answer.status_code == 422


def test_a_look_at_the_confirmation_does_nothing(start, engine, clock):
    client, mail_id = confirmable(start, engine, clock)

    client.get(f"/request/confirm/{mail_id}/")
    assert only_case(engine).confirmed_at is None

    assert client.post(f"/request/confirm/{mail_id}/").status_code == 200
    assert only_case(engine).confirmed_at


def test_a_confirmation_of_nothing_says_so(client):
    assert client.post(f"/request/confirm/{'0' * 32}/").status_code == 404


def confirmable(start, engine, clock):
    """A form that sent an acknowledgement, and the id that its mail carries."""
    client = client_of(start(engine))
    page = filled(client)
    clock.shift(60)
    page.press("send")
    with reading(engine) as connection:
        [mail] = outbox.of_case(connection, only_case(engine).id)
    return client, mail.id
