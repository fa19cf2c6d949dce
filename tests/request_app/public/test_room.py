"""What the fields allow is taken, however many bytes a script needs."""

import json

import pytest
from wtforms import StringField

from request_app.public.forms import PublicForm, most_bytes
from request_app.sealing import places, read_reference, unseal
from request_app.sealing.keyfiles import read_keyring
from request_app.store import cases, sealed_parts
from request_app.store.database import reading
from request_app.web.fields import LONGEST_LINE, LONGEST_TEXT
from request_app.web.request_questions import DETAILS, MOST_ITEMS
from tests.conftest import CHECKOUT
from tests.support.visitor import Page, filled

ITEMS = [
    f"items-{n}-{name}" for n in range(MOST_ITEMS) for name in ("now", "right", "why")
]


@pytest.fixture
def answered(client):
    """What a person has answered who asks for everything."""
    page = filled(client, rights=["access", "other"])
    page.fill(rights=[right.value for right in DETAILS], whose="child")
    return page.fields.to_dict(flat=False)


@pytest.fixture
def texts(app):
    """The names of the texts on one line, and of those on several."""
    with app.app_context():
        fields = [
            field
            for field in PublicForm(formdata=None)
            if isinstance(field, StringField)
        ]
    seen = [
        field for field in fields if field.name not in {"stamp", "website", "email"}
    ]
    short = [field.name for field in seen if field.flags.maxlength == LONGEST_LINE]
    return short, [field.name for field in seen if field.name not in short] + ITEMS


@pytest.mark.parametrize(
    "letter", ["x", "Ж", "漢", "\U00011f02"], ids=["Latin", "Cyrillic", "Han", "Kawi"]
)
def test_every_field_full_is_filed_whole(
    client, answered, texts, letter, sqlite_engine, keys
):
    short, long = texts
    full = dict.fromkeys(short, letter * LONGEST_LINE)
    full |= dict.fromkeys(long, letter * LONGEST_TEXT)
    data = answered | full | {"reach": ["letter"], "go": ["send"]}

    page = Page(client, client.post("/request/", data=data))

    assert page.status == 200
    with reading(sqlite_engine) as connection:
        case = cases.by_reference(connection, read_reference(page.told("Viite")))
        kept = sealed_parts.of_case(connection, case.id)["request"]
    ring, place = read_keyring(keys / "desk"), places.part(kept.id)
    request = json.loads(unseal(kept.envelope, ring=ring, place=place))
    assert len(request["items"]) == MOST_ITEMS
    assert all(item["why"] == letter * LONGEST_TEXT for item in request["items"])
    assert request["text"] == letter * LONGEST_TEXT


def test_what_may_be_sent_is_what_the_documents_say(app):
    with app.app_context():
        most = most_bytes()

    assert f"{221_200 * 12 + 64 * 1024}" == str(most)
    assert most < 3_000_000
    assert "up to 3 MB" in (CHECKOUT / "docs" / "requests.md").read_text()
