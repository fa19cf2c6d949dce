"""A form as the tests start it: keys of its own, made-up people, no configuration."""

from pathlib import Path

from request_app import create_app
from request_app.public.services import NAME
from request_app.sealing import keyfiles

SMALL = Path(__file__).parent.parent / "content"


def settings(engine_url, folder, **more):
    chosen = {
        "CONTENT": SMALL,
        "DATABASE_URL": engine_url,
        "FORM_KEYS": folder / "form",
        "DESK_KEYS": folder / "desk",
        "SITE_URL": "/",
        "FORM_URL": "https://soutuseura.example/request/",
        "MAIL_FROM": "tietosuoja@soutuseura.example",
        "BACKUPS": folder / "backups",
        "ONE_USER": "yes",
    }
    return {f"SELOSTE_{name}": str(value) for name, value in (chosen | more).items()}


def url_of(engine):
    return engine.url.render_as_string(hide_password=False)


def running(engine, folder, **more):
    """An app on a database that is there already."""
    if not (folder / "form").exists():
        keyfiles.create(folder / "desk", folder / "form")
    return create_app(settings(url_of(engine), folder, **more))


def client_of(app):
    return app.test_client(use_cookies=False)


def close(app):
    app.extensions[NAME].engine.dispose()
