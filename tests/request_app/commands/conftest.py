"""What the tests of the commands run."""

import pytest

from tests.support.form_app import create_app, settings


@pytest.fixture
def run(app):
    """Run a command on a form whose store is ready."""
    return lambda *words, **more: app.test_cli_runner().invoke(args=words, **more)


@pytest.fixture
def fresh(tmp_path):
    """A form with neither keys nor a database."""
    url = f"sqlite:///{tmp_path}/var/seloste.sqlite3"
    return create_app(settings(url, tmp_path / "var"))
