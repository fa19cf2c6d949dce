"""The worker as a command."""

from request_app.public.services import NAME
from tests.support.form_app import client_of, create_app, settings
from tests.support.visitor import filled


def test_work_sends_what_waits(app, tmp_path, clock):
    page = filled(client_of(app))
    clock.shift(60)
    page.press("send")
    chosen = app.extensions[NAME].settings

    assert chosen.smtp == "smtp://localhost:25"
    again = create_app(
        settings(chosen.database_url, tmp_path / "keys", SMTP="console:")
    )
    done = again.test_cli_runner().invoke(args=["work", "--once"])
    assert "To: testi.testinen@example.com" in done.output
    assert "Mails sent: 1" in done.output


def test_work_wants_to_know_how_long(run):
    assert run("work").exit_code == 2
