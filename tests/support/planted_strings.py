"""A string of its own in every field that a visitor can fill, and where it lies."""

import subprocess
from pathlib import Path

from wtforms import FieldList

from request_app.public.forms import AccessCodeForm, PublicForm
from request_app.store.values import Right
from tests.support.form_app import url_of

PLANT = "kanarianlintu"
SHAPES = {"email": "{}@example.com", "phone": "{} 050 000 0000"}

# What stands before the string where only one of some answers is taken.
CHOSEN = {
    "rights": list(Right),
    "scope": ["all"],
    "access_form": ["electronic"],
    "whose": ["child"],
    "reach": ["email"],
    "reply_language": ["fi"],
}
HEADERS = {
    name: f"{PLANT}-{name.lower()}"
    for name in ("User-Agent", "Cookie", "Accept-Language", "X-Forwarded-For")
} | {"Referer": f"http://localhost/request/?{PLANT}"}


def names(app, form=PublicForm):
    """The fields as the form itself has them, items and all."""
    with app.test_request_context():
        for field in form(formdata=None):
            if isinstance(field, FieldList):
                yield from (each.name for item in field for each in item.form)
            else:
                yield field.name


def plant(name):
    return SHAPES.get(name, "{}").format(f"{PLANT}-{name.replace('_', '-')}-end")


def planted(app, form=PublicForm, **chosen):
    """What a browser would send: a string in every field, and one field too many."""
    first = CHOSEN | {name: [value] for name, value in chosen.items()}
    sent = {name: [*first.get(name, ()), plant(name)] for name in names(app, form)}
    return sent | {plant("no-field"): [plant("nothing")]}


def status_planted(app, **chosen):
    return planted(app, AccessCodeForm, **chosen)


def lying_in(engine, postgres=None):
    """Every byte that the database has on disk or tells of, in small letters."""
    if postgres is None:
        folder = Path(engine.url.database).parent
        files = list(folder.glob(f"{Path(engine.url.database).name}*"))
        assert len(files) > 1, "the journal lies beside the database"
        return b"".join(path.read_bytes() for path in files).lower()
    url = url_of(engine).replace("+psycopg", "")
    dump = [postgres.bin_folder / "pg_dump", "--inserts", url]
    rows = subprocess.run(dump, check=True, capture_output=True).stdout
    return (rows + (postgres.folder / "log").read_bytes()).lower()


def is_in(text, heap):
    """Tell whether a text lies in bytes, as it is or as a dump writes bytes."""
    raw = text.lower().encode()
    return raw in heap or raw.hex().encode() in heap
