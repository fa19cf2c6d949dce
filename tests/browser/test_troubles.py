"""Pages of trouble are as good as others: axe and the validator find nothing."""

import pytest
from sqlalchemy import update

from request_app.public.services import NAME
from request_app.store import tables
from request_app.store.database import writing
from request_app.store.values import State
from tests.support.browser_walk import LANGUAGES

VIEWS = {
    "fi": [(320, "light"), (1280, "dark")],
    "en": [(320, "dark"), (1280, "light")],
}
CODE = {"fi": "Avauskoodi", "en": "Access code"}
STRANGER = "elsewhere.localhost"  # a name of this machine that nobody set
TEXT = "Poistakaa myös vanhat tietoni."
SEND = "[value=send]"


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def seen(vnu, tmp_path_factory):
    """The pages of all tests here; the validator is slow to start, so it runs once."""
    folder = tmp_path_factory.mktemp("seen")
    yield folder
    assert vnu(folder) == ""


@pytest.fixture
def look(walk, seen, tmp_path, language, request):
    """A way through pages that are all seen narrow and wide, light and dark."""
    made = walk(*VIEWS[language][0], VIEWS[language][1])
    yield made
    assert made.page.context.cookies() == []
    (tmp_path / "pages").rename(seen / request.node.name)


def ready(walk, address, stamp=None):
    """Fill in the form in a hurry, up to Send; its stamp can be another's."""
    with walk.hurry():
        walk.open(f"{address}?right=access")
        walk.press("[value=details]")
        walk.page.fill("#name", "Testi Testinen")
        walk.page.check("[name=reach][value=phone]")
        walk.page.fill("#phone", "050 000 0000")
        walk.press("[value=check]")
    if stamp:
        put(walk, "stamp", stamp)


def put(walk, name, value):
    """Set a field that people do not see."""
    walk.page.eval_on_selector(f"[name={name}]", "(it, to) => it.value = to", value)


def add(walk, name, value):
    """Add such a field."""
    made = "(it, [name, value]) => it.append(Object.assign("
    made += "document.createElement('input'), {type: 'hidden', name, value}))"
    walk.page.eval_on_selector("#request", made, [name, value])


def sent(walk, address, language):
    """Send a request in a hurry, and give its code."""
    ready(walk, address)
    with walk.hurry():
        walk.press(SEND)
    assert walk.status == 200
    return walk.told(CODE[language])


def opened(walk, address, code):
    """Go to what a code opens."""
    with walk.hurry():
        walk.open(f"{address}status/")
        walk.page.fill("#code", code)
        walk.press("")


def flood(walk, address, **form):
    """Send the same again and again, past the pages, until it is too much."""
    for _ in range(45):  # an hour may end meanwhile, and with it the count
        answer = walk.page.request.post(address, form=form)
        if answer.status == 429:
            return
    pytest.fail("it was never too much")


def styled(route):
    """Give the stranger's page its looks, so that colours can be judged."""
    known = route.request.url.replace(STRANGER, "127.0.0.1")
    route.fulfill(response=route.fetch(url=known))


def test_requests_that_are_refused(form, look, language, monkeypatch):
    _, address = form
    start = address + LANGUAGES[language]
    look.page.route(f"http://{STRANGER}*/**/*.css", styled)
    look.open(start.replace("127.0.0.1", STRANGER))
    assert look.status == 400
    look.open(f"{start}no-such-page")
    assert look.status == 404

    look.page.route(start, lambda route: route.continue_(method="PUT"))
    look.open(start)
    assert look.status == 405
    look.page.unroute(start)

    ready(look, start)
    add(look, "text", "x" * 3_000_000)
    look.press("[value=details]")
    assert look.status == 413

    monkeypatch.setattr(
        "request_app.public.form_pages.stamps.new_stamp", lambda _: 1 / 0
    )
    look.open(start)
    assert look.status == 500


def test_a_form_that_can_keep_nothing(form, look, language, tmp_path):
    _, address = form
    start = address + LANGUAGES[language]
    code = sent(look, start, language)
    ready(look, start)
    key = tmp_path / "form" / "form.pub"
    key.rename(key.with_suffix(".aside"))

    look.press(SEND)
    assert look.status == 503
    look.open(start)
    assert look.status == 503
    key.with_suffix(".aside").rename(key)

    opened(look, start, code)
    look.page.fill("#message", TEXT)
    database = tmp_path / "seloste.sqlite3"
    database.rename(database.with_suffix(".aside"))
    look.press("[value=reply]")
    assert look.status == 503
    assert look.page.input_value("[name=message]") == TEXT
    look.open(f"{start}status/")
    look.page.fill("#code", code)
    look.press("")
    assert look.status == 503
    look.open(f"{start}confirm/{'0' * 32}/")
    look.press("")
    assert look.status == 503


def test_more_than_is_taken_in_an_hour(open_form, look, language):
    _, address = open_form(HOUR_LIMIT=1, DAY_LIMIT=1)
    start = address + LANGUAGES[language]
    code = sent(look, start, language)
    ready(look, start)
    look.press(SEND)
    assert look.status == 429

    opened(look, start, code)
    flood(look, f"{start}status/", code=code, message=TEXT, go="reply")
    look.page.fill("#message", TEXT)
    look.press("[value=reply]")
    assert look.status == 429

    flood(look, f"{start}status/", code="ABCD")
    opened(look, start, "ABCD")
    assert look.status == 429
    look.look()


def test_receipts_that_are_not_as_usual(form, look, language):
    _, address = form
    start = address + LANGUAGES[language]
    ready(look, start, stamp="x.y")
    look.press(SEND)
    assert look.status == 422  # it was renewed

    stamp = look.page.input_value("[name=stamp]")
    add(look, "website", "https://spam.example/")
    look.press(SEND)
    assert look.status == 200  # a suspect's

    reference = look.page.inner_text("dd.code >> nth=0")
    ready(look, start, stamp=stamp)
    add(look, "text", TEXT)
    look.press(SEND)
    assert reference in look.page.inner_text(".note")  # the former one


def test_requests_that_have_ended(form, look, language):
    app, address = form
    start = address + LANGUAGES[language]
    code = sent(look, start, language)
    opened(look, start, "ABCD-" * 6 + "ABCD")
    assert look.status == 422
    look.look()

    opened(look, start, code)
    look.press("[value=ask-cancel]")
    look.press("[value=cancel]")
    opened(look, start, code)
    look.look()
    for state in set(State) - {State.RECEIVED}:
        with writing(app.extensions[NAME].engine) as connection:
            values = {"state": state, "cancelled_at": None}
            connection.execute(update(tables.cases).values(values))
        opened(look, start, code)
        look.look()

    look.open(f"{start}confirm/{'0' * 32}/")
    look.press("")
    assert look.status == 404
