"""From the first page to the last: nothing typed is lost, and faults are told."""

from datetime import timedelta

import pytest

from request_app.public.services import NAME
from tests.conftest import edit
from tests.support.form_app import client_of
from tests.support.visitor import filled, visit

MEMBERS = "/request/?right=erasure&register=members"


@pytest.fixture
def app(start, engine):
    """A form on a database of each kind."""
    return start(engine)


def test_a_link_from_a_register_fills_in_right_and_register(client):
    page = visit(client, MEMBERS)

    assert page.fields.getlist("rights") == ["erasure"]
    assert page.fields["scope"] == "some"
    assert page.fields.getlist("registers") == ["members"]
    assert "Pyyntö koskee nyt vain tätä rekisteriä: Jäsenrekisteri" in page.words


def test_who_chose_registers_is_not_told_of_all_the_data(client):
    some = visit(client, MEMBERS).press("details").words
    every = visit(client, "/request/?right=erasure").press("details").words

    assert "kaikkia valitsemiesi rekisterien tietoja" in some
    assert "koskee kaikkia tietoja" in every


def test_without_a_link_the_request_covers_all_data(client):
    assert visit(client).fields["scope"] == "all"


@pytest.mark.parametrize("query", ["?right=quux&register=x", "?right=%00", "?x=1"])
def test_a_link_to_what_is_not_there_fills_in_nothing(client, query):
    page = visit(client, f"/request/{query}")

    assert page.status == 200
    assert not page.fields.getlist("rights")


def test_the_choices_are_the_registers_of_the_notice(client, small):
    offered = [box["value"] for box in visit(client).soup.select("[name=registers]")]

    assert offered == [register.id for register in small.registers]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/request/", "Tee tietosuojapyyntö"),
        ("/request/en/", "Make a data protection request"),
    ],
)
def test_each_language_has_its_address(client, address, title):
    assert visit(client, address).title == title


@pytest.mark.parametrize("address", ["/request/fi/", "/request/sv/", "/request/xx/"])
def test_other_languages_have_none(client, address):
    assert visit(client, address).status == 404


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/request/en/nowhere/", "There is no such page"),
        ("/request/nowhere/", "Sivua ei löytynyt"),
        ("/request/xx/nowhere/", "Sivua ei löytynyt"),
        ("/", "Sivua ei löytynyt"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_its_language(client, address, title):
    page = visit(client, address)

    assert page.status == 404
    assert page.title == title


def test_who_asks_for_nothing_is_told_so(client):
    page = visit(client).press("details")

    assert page.status == 422
    assert page.faults == ["Valitse, mitä haluat pyytää."]


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"name": ""}, "Kirjoita nimesi."),
        ({"reach": ""}, "Valitse, miten tavoitamme sinut."),
        (
            {"email": "testi@"},
            "Kirjoita sähköpostiosoite muodossa nimi@esimerkki.fi.",
        ),
        (
            {"email": "a@example.com, b@example.com"},
            "Kirjoita sähköpostiosoite muodossa nimi@esimerkki.fi.",
        ),
        ({"reach": "letter"}, "Kirjoita postiosoitteesi."),
        ({"reach": "phone", "phone": "soita"}, "Kirjoita puhelinnumerosi numeroin."),
        ({"access_form": "stone"}, "Valitse, missä muodossa haluat tiedot."),
        ({"whose": "child"}, "Kirjoita hänen nimensä."),
        ({"rights": ["rectification"]}, "Kirjoita, mitä pitäisi korjata."),
        ({"rights": ["marketing-objection"]}, "Kirjoita, mihin markkinointi tulee."),
        ({"text": "x" * 5001}, "Lyhennä tekstiä. Tilaa on 5 000 merkille."),
        (
            {"rights": ["rectification"], "items-0-why": "x" * 5001},
            "Lyhennä tekstiä. Tilaa on 5 000 merkille.",
        ),
    ],
)
def test_a_fault_is_told_with_a_link_to_its_field(client, answers, fault):
    page = filled(client, **answers)

    assert page.status == 422
    assert page.faults == [fault]
    for link in page.soup.select(".faults a"):
        assert page.soup.find(id=link["href"][1:])


def test_a_fault_loses_nothing_that_was_typed(client):
    page = filled(
        client, rights=["access", "erasure"], name="", text="Älä hukkaa\ntätä"
    )

    assert page.fields["text"] == "Älä hukkaa\ntätä"
    assert page.fields.getlist("rights") == ["access", "erasure"]


def test_what_was_typed_comes_along_to_the_first_page_and_back(client):
    page = filled(client, text="Muistatko?").press("what").press("details")

    assert page.fields["text"] == "Muistatko?"


def test_the_language_changes_without_a_loss(client):
    page = filled(client, text="Kesken").press("details", "/request/en/")

    assert page.title == "Details of your request"
    assert page.fields["text"] == "Kesken"


def test_several_things_can_be_corrected(client):
    page = filled(client, rights=["rectification"], **{"items-0-now": "Airila"})
    more = page.press("details").press("add")
    check = more.fill(**{"items-1-right": "Airola"}).press("check")

    assert check.status == 200
    assert "Tieto nyt Airila Tieto oikein Airola" in check.words


def test_who_only_forbids_marketing_needs_no_name(client):
    page = filled(
        client,
        rights=["marketing-objection"],
        marketing_where="050 000",
        name="",
        reach="",
    )

    assert page.status == 200
    assert "Nimesi" not in page.words


def test_who_only_forbids_marketing_sends_no_name_typed_before(client):
    page = filled(client, name="Testi Testinen", known="Olen asiakas").press("what")
    page.fill(rights=["marketing-objection"])
    check = page.press("details").fill(marketing_where="050 000").press("check")

    assert check.status == 200
    assert "Testinen" not in check.words
    assert "asiakas" not in check.words
    assert check.press("what").fields["name"] == "Testi Testinen"


@pytest.mark.parametrize(
    "code", ["131052-308T", "010203A123K", "131052\u2013308T", "131052\u2212308T"]
)
def test_a_personal_identity_code_is_pointed_out_and_no_hindrance(client, code):
    page = filled(client, text=f"Tunnukseni on {code}.")

    assert page.status == 200
    assert "näyttää olevan henkilötunnus" in page.words
    assert page.press("send").title == "Saimme pyyntösi"


def test_only_the_way_that_was_chosen_is_sent(client):
    page = filled(client, reach="phone", phone="050 000 0000", post="Salakatu 1")

    assert "Puhelinnumero 050 000 0000" in page.words
    assert "Salakatu" not in page.words


def test_a_form_can_be_sent_after_eight_hours(client, clock):
    page = filled(client)
    clock.shift(timedelta(hours=8))

    assert page.press("send").title == "Saimme pyyntösi"


def test_a_form_with_a_stamp_of_another_secret_is_sent_at_the_second_try(client):
    page = filled(client).fill(stamp="x.y").press("send")

    assert page.status == 422
    assert "Lähetä pyyntö vielä kerran" in page.words
    assert page.press("send").title == "Saimme pyyntösi"


def test_a_register_that_goes_meanwhile_is_chosen_again(start, engine, root):
    client = client_of(start(engine, CONTENT=root))
    page = filled(client, MEMBERS, text="Tallessa")
    notice = root / "content" / "notice.yaml"
    edit(notice, "registers: [members, ", "registers: [")
    page = page.press("send")

    assert page.faults == [
        "Valitsemaasi rekisteriä ei enää ole selosteessa. Valitse uudelleen."
    ]
    assert page.fields["text"] == "Tallessa"


def test_a_notice_that_breaks_leaves_the_former_one(start, engine, root):
    app = start(engine, CONTENT=root)
    client = client_of(app)
    visit(client)
    (root / "content" / "notice.yaml").write_text("{")

    assert visit(client).status == 200
    assert app.extensions[NAME].published.edition().content.registers


def test_no_page_sets_a_cookie_or_may_be_kept(client):
    for page in (visit(client), filled(client), filled(client).press("send")):
        assert "Set-Cookie" not in page.response.headers
        assert page.response.headers["Cache-Control"] == "no-store"
